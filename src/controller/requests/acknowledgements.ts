import { isActing, orchestratorRecovery } from '../../../workflows/acting.ts';
import { detection } from '../../../workflows/detection.ts';
import type { Journal, RunSummary, Teller } from '../../engine/ports.ts';
import type { Clock } from '../../kernel/clock.ts';
import { BatonError } from '../../kernel/errors.ts';
import type { InstanceKey } from '../../kernel/instance-key.ts';
import { shortUid } from '../../kernel/uid.ts';
import { aboutOf } from '../../steps/past-run.ts';
import type { Cluster } from '../../topology/cluster.ts';
import { changingNames } from '../changes.ts';

/** So far back are runs looked for. */
const lookedAt = 1_000;

/** What a person may have seen: one run, all of an instance, of a cluster, or of everything (orchestrator 3.2.6, section 2.7). */
export type Acknowledged =
  | { readonly kind: 'recovery'; readonly name: string }
  | { readonly kind: 'instance'; readonly instance: InstanceKey }
  | { readonly kind: 'cluster'; readonly cluster: Cluster }
  | { readonly kind: 'all' };

/** What people say about runs that have ended: that they have seen how, so that they hold nothing back any more. */
export class Acknowledgements {
  readonly #journal: Journal;
  readonly #clock: Clock;
  readonly #teller: Teller;
  readonly #forgive: (instance: InstanceKey) => Promise<void>;

  constructor(options: {
    journal: Journal;
    clock: Clock;
    teller: Teller;
    /** A failure of this instance may be announced afresh. */
    forgive: (instance: InstanceKey) => Promise<void>;
  }) {
    this.#journal = options.journal;
    this.#clock = options.clock;
    this.#teller = options.teller;
    this.#forgive = options.forgive;
  }

  /**
   * Acknowledges every ended run that is meant and was not acknowledged before; gives their uids. Of an instance and
   * of a cluster that includes detections that a hook said no to, and failures may be announced afresh. Throws
   * `run-unknown`, and `run-active` for one run that goes on.
   */
  async acknowledge(what: Acknowledged, by: string, why: string): Promise<readonly string[]> {
    const runs =
      what.kind === 'recovery' ? [await runNamed(this.#journal, what.name)] : await this.#meantBy(what);
    const now = this.#clock.now();
    for (const { opening } of runs) {
      const { uid, workflow } = opening;
      await this.#journal.acknowledge(uid, by, why, now);
      this.#teller.tell(`${by} has acknowledged ${workflow} ${shortUid(uid)}: ${why}`, { [workflow]: uid });
    }
    if (what.kind === 'instance' || what.kind === 'cluster') {
      const failed = runs.flatMap(({ opening }) => aboutOf(opening.input).failed ?? []);
      for (const instance of new Set(failed)) await this.#forgive(instance);
    }
    return runs.map(({ opening }) => opening.uid);
  }

  async #meantBy(what: Exclude<Acknowledged, { kind: 'recovery' }>): Promise<readonly RunSummary[]> {
    const workflow = [...changingNames, ...(what.kind === 'all' ? [] : [detection.name])];
    const subject = what.kind === 'cluster' ? { subject: what.cluster.id } : {};
    const runs = await this.#journal.list({ workflow, ...subject, limit: lookedAt });
    return runs.filter(
      ({ opening, end, acknowledged }) =>
        end !== null &&
        acknowledged === null &&
        isSomethingToSee(opening.workflow, end.state) &&
        (what.kind !== 'instance' || isAbout(opening.input, end.output, what.instance)),
    );
  }
}

/** Of detections those that a hook said no to; of operations and rejoins those that failed. */
function isSomethingToSee(workflow: string, state: string): boolean {
  if (isActing(workflow) || workflow === orchestratorRecovery) return true;
  return state === (workflow === detection.name ? 'vetoed' : 'failed');
}

/** It failed in that run, or was made the primary by it. */
function isAbout(input: unknown, output: unknown, instance: InstanceKey): boolean {
  const { failed, successor } = aboutOf(input, output);
  return failed === instance || successor === instance;
}

/** A run that changes a cluster; or a detection that led to none, for hooks may have said no to it. Throws `run-unknown`. */
export async function runNamed(journal: Pick<Journal, 'list'>, name: string): Promise<RunSummary> {
  for (const workflow of [changingNames, detection.name]) {
    const runs = await journal.list({ workflow, limit: lookedAt });
    const found = runs.find(({ opening: { uid } }) => uid === name || shortUid(uid).startsWith(name));
    if (found !== undefined) return found;
  }
  throw new BatonError('run-unknown', `there is no recovery "${name}" in the journal`);
}
