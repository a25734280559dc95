import type { HookOutcome } from '../../engine/record.ts';
import type { Interruption } from './interruption.ts';
import type { RunRequest, SpawnerSettings } from './messages.ts';

/** How a run ended, without what is measured alike for all of them. */
export type Ended = Omit<HookOutcome, 'tookMs'>;

/** A hook of some kind on its way. */
export interface Started {
  /** Resolves soon after an interruption too. */
  readonly ended: Promise<Ended>;
  /** Takes away what it left on the disk. */
  clear(): void;
}

/** What every kind is started with. */
export interface Start extends Omit<RunRequest, 'kind' | 'isHeard'> {
  readonly settings: SpawnerSettings;
  /** The file that says that the run goes on; a script's own text. */
  readonly mark: string;
  readonly interruption: Interruption;
  /** Null where nobody listens. */
  readonly heard: ((text: string) => void) | null;
}
