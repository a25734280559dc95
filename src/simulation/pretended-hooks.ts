import type { HookBody, HookOutcome, HookStage } from '../engine/record.ts';
import type { HookRun, HookRunner } from '../hooks/runner.ts';
import type { Clock } from '../kernel/clock.ts';

/** How the hooks of a stage behave. */
export type Manner = 'works' | 'fails' | 'hangs';

/** A hook that was really started. */
export interface StartedHook {
  readonly key: string;
  readonly stage: string;
  readonly script: string;
  readonly at: number;
}

const takesMs = 10;

/** Runs no script: writes down what was started, and ends it as the story says. It outlives the controller, like the spawner. */
export class PretendedHooks implements HookRunner {
  readonly started: StartedHook[] = [];
  readonly #manners = new Map<string, Manner>();
  readonly #outcomes = new Map<string, Promise<HookOutcome>>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  behave(stage: HookStage, manner: Manner): void {
    this.#manners.set(stage, manner);
  }

  /** Nobody knows any more how hooks ended that were started before, as when the spawner died too. */
  forget(): void {
    this.#outcomes.clear();
  }

  run({ key, body, variables, timeoutMs }: HookRun, signal: AbortSignal): Promise<HookOutcome> {
    const stage = variables['BATON_STAGE'] ?? '';
    this.started.push({ key, stage, script: textOf(body), at: this.#clock.now() });
    const outcome = this.#end(this.#manners.get(stage) ?? 'works', timeoutMs, signal);
    this.#outcomes.set(key, outcome);
    return outcome;
  }

  async outcomeOf(key: string): Promise<HookOutcome | null> {
    return (await this.#outcomes.get(key)) ?? null;
  }

  async #end(manner: Manner, timeoutMs: number | null, signal: AbortSignal): Promise<HookOutcome> {
    const began = this.#clock.now();
    const ended = (how: Pick<HookOutcome, 'ended' | 'exitCode' | 'signal'>): HookOutcome => ({
      ...how,
      tookMs: this.#clock.now() - began,
      output: '',
      because: null,
    });
    try {
      await this.#clock.sleep(manner === 'hangs' ? (timeoutMs ?? Number.POSITIVE_INFINITY) : takesMs, signal);
    } catch {
      return ended({ ended: 'signalled', exitCode: null, signal: 'SIGTERM' });
    }
    if (manner === 'hangs') return ended({ ended: 'timed-out', exitCode: null, signal: 'SIGKILL' });
    return ended({ ended: 'exited', exitCode: manner === 'fails' ? 1 : 0, signal: null });
  }
}

function textOf(body: HookBody): string {
  if (body.kind === 'shell') return body.script;
  return body.kind === 'exec' ? body.argv.join(' ') : `POST ${body.url}`;
}
