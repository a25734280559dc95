import type { Controller } from '../../controller/controller.ts';
import type { ReloadReport } from '../../controller/reloading.ts';
import type { Need } from '../door/caller.ts';
import type { Answer } from './answer.ts';
import type { Asked } from './asked.ts';

/** A route that is answered. */
export interface Route {
  /** Below `/api/`, parameters as `:host`. The older words (`slave`) are the table of synonyms' to know. */
  readonly path: string;
  readonly needs: Need;
  /**
   * Who answers where several controllers share an etcd: whoever was asked, or the one that leads. Unsaid, what only
   * looks is answered here, and what changes something by the leader.
   */
  readonly by?: 'here' | 'leader';
  /** Made once for all who ask at about the same time: large, or long in the making, and the same for everybody. */
  readonly isShared?: true;
  readonly answer: (asked: Asked, served: Served) => Answer | Promise<Answer>;
}

/** A route of orchestrator's that answers `ERROR` with this sentence, and why. */
export interface LeftOut {
  readonly path: string;
  readonly because: string;
}

/** What answers stand on. */
export interface Served {
  readonly controller: Controller;
  /** Reads the configuration again. */
  readonly reload: (who: string) => Promise<ReloadReport>;
}
