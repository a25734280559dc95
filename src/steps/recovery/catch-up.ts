import type { RecoveryStory } from '../../../workflows/recovery.ts';
import { type Backlog, backlogOf } from '../../analysis/choice/backlog.ts';
import { unreadableGtidOf } from '../../analysis/choice/candidates.ts';
import { wasRead } from '../../engine/acts.ts';
import { refuse, type StepContext } from '../../engine/step-context.ts';
import type { Clock } from '../../kernel/clock.ts';
import { spoken } from '../../kernel/duration.ts';
import type { Server } from '../../topology/observation.ts';
import { electedIn } from './elected.ts';
import { Standstill } from '../standstill.ts';
import { lookAgainMs, lookAt, type StepSettings, type StepWorld } from '../step-world.ts';

/** Waits until the candidate has applied everything it has received, or for as long as the policy has it wait. */
export async function catchUp(
  world: StepWorld,
  story: RecoveryStory,
  { clock, signal, teller }: StepContext,
) {
  const candidate = electedIn(story);
  const policy = world.settings.applyDeadlinePolicy;
  const progress = new Progress(clock, world.settings);
  let isLate = false;
  while (true) {
    const [seen] = await lookAt(world, [candidate], signal);
    if (!wasRead(seen))
      return refuse('candidate-lost', `${candidate} no longer answers: ${seen?.error ?? ''}`);
    const unreadable = unreadableGtidOf(seen.server);
    if (unreadable !== null) return refuse('candidate-lost', `${candidate} ${unreadable}`);
    const backlog = backlogOf(seen.server);
    if (backlog.left === 0n)
      return { applied: true, because: `${candidate} has applied all it received`, unapplied: '' };
    if (progress.isFirst)
      teller.tell(`${candidate} has ${backlog.words} left to apply`, { instance: candidate });
    const late = progress.whyLate(backlog, seen.server);
    if (late !== null) {
      const because = `${candidate} ${late.because}`;
      if (policy === 'fail') return refuse(late.code, `${because}; promoting it now would drop them`);
      if (policy === 'promote-and-report')
        return {
          applied: false,
          because: `${because}; it is promoted without them, as ApplyDeadlinePolicy says`,
          unapplied: backlog.text,
        };
      if (!isLate)
        teller.warn(`${because}; it is waited for, as ApplyDeadlinePolicy says`, { instance: candidate });
      isLate = true;
    }
    await clock.sleep(lookAgainMs, signal);
  }
}

/** How applying goes on, from one look to the next. */
class Progress {
  readonly #clock: Clock;
  readonly #settings: StepSettings;
  readonly #began: number;
  #isFirst = true;
  readonly #standstill: Standstill;

  constructor(clock: Clock, settings: StepSettings) {
    this.#clock = clock;
    this.#settings = settings;
    this.#began = clock.monotonic();
    this.#standstill = new Standstill(clock, settings.applyStallMs);
  }

  get isFirst(): boolean {
    return this.#isFirst;
  }

  /** Why no more is to be expected of it; null while it goes on as it should. */
  whyLate({ left, words }: Backlog, { replication }: Server): { code: string; because: string } | null {
    this.#isFirst = false;
    const standsStill = this.#standstill.isReached(left);
    const has = `has ${words} to apply`;
    if (replication?.sqlThread !== 'running')
      return { code: 'apply-stopped', because: `${has}, but its applying thread does not run` };
    const delay = replication.sqlDelaySeconds;
    const onPurpose = delay === 0 ? '' : `, and lags by ${spoken(delay * 1_000)} on purpose`;
    if (standsStill)
      return {
        code: 'apply-stalled',
        because: `has stopped applying with ${words} to go${onPurpose}`,
      };
    const { applyDeadlineMs } = this.#settings;
    if (applyDeadlineMs > 0 && this.#clock.monotonic() - this.#began > applyDeadlineMs)
      return {
        code: 'apply-deadline',
        because: `${has} after the ${spoken(applyDeadlineMs)} of ApplyDeadlineSeconds${onPurpose}`,
      };
    return null;
  }
}
