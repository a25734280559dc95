import type { HookBody, HookOutcome, HookStage } from '../engine/record.ts';
import type { HookRun, HookRunner } from '../hooks/runner.ts';
import type { Clock } from '../kernel/clock.ts';

/** How the hooks of a stage behave; a number is an exit code. */
export type Manner = 'works' | 'hangs' | number;

/** How a stage's hooks behave, and how long they take before they end. */
interface Behaviour {
  readonly manner: Manner;
  readonly takesMs: number;
}

/** A hook that was really started. */
export interface StartedHook {
  readonly key: string;
  readonly stage: string;
  readonly script: string;
  readonly at: number;
}

const usually: Behaviour = { manner: 'works', takesMs: 10 };

/** Runs no script: writes down what was started, and ends it as the story says. It outlives the controller, like the spawner. */
export class PretendedHooks implements HookRunner {
  readonly started: StartedHook[] = [];
  readonly #behaviours = new Map<string, Behaviour>();
  readonly #outcomes = new Map<string, Promise<HookOutcome>>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** `only` those of its hooks that have this in their script. */
  behave(stage: HookStage, behaviour: Partial<Behaviour>, only = ''): void {
    const name = `${stage} ${only}`;
    this.#behaviours.set(name, { ...usually, ...this.#behaviours.get(name), ...behaviour });
  }

  /** Nobody knows any more how hooks ended that were started before, as when the spawner died too. */
  forget(): void {
    this.#outcomes.clear();
  }

  run(
    { key, body, variables, timeoutMs }: HookRun,
    signal: AbortSignal,
    said?: (text: string) => void,
  ): Promise<HookOutcome> {
    const stage = variables['BATON_STAGE'] ?? '';
    const script = textOf(body);
    this.started.push({ key, stage, script, at: this.#clock.now() });
    const output = echoed(script);
    if (output !== '') said?.(output);
    const outcome = this.#end(this.#behaviourOf(stage, script), { timeoutMs, output }, signal);
    this.#outcomes.set(key, outcome);
    return outcome;
  }

  async outcomeOf(key: string): Promise<HookOutcome | null> {
    return (await this.#outcomes.get(key)) ?? null;
  }

  #behaviourOf(stage: string, script: string): Behaviour {
    const named = [...this.#behaviours].find(([name]) => {
      const only = name.slice(stage.length + 1);
      return name.startsWith(`${stage} `) && only !== '' && script.includes(only);
    });
    return named?.[1] ?? this.#behaviours.get(`${stage} `) ?? usually;
  }

  known(key: string): void {
    this.#outcomes.delete(key);
  }

  async #end(
    { manner, takesMs }: Behaviour,
    { timeoutMs, output }: { readonly timeoutMs: number | null; readonly output: string },
    signal: AbortSignal,
  ): Promise<HookOutcome> {
    const began = this.#clock.now();
    const ended = (how: Pick<HookOutcome, 'ended' | 'exitCode' | 'signal'>): HookOutcome => ({
      ...how,
      tookMs: this.#clock.now() - began,
      output,
      because: null,
    });
    try {
      await this.#clock.sleep(manner === 'hangs' ? (timeoutMs ?? Number.POSITIVE_INFINITY) : takesMs, signal);
    } catch {
      return ended({ ended: 'signalled', exitCode: null, signal: 'SIGTERM' });
    }
    if (manner === 'hangs') return ended({ ended: 'timed-out', exitCode: null, signal: 'SIGKILL' });
    return ended({ ended: 'exited', exitCode: manner === 'works' ? 0 : manner, signal: null });
  }
}

/** What a script says that does nothing else; the quotes are those that keep data from becoming code. */
function echoed(script: string): string {
  const [, words] = /^echo ([^;&|<>$`]*)$/.exec(script) ?? [];
  return words === undefined ? '' : `${words.replaceAll("'", '')}\n`;
}

function textOf(body: HookBody): string {
  if (body.kind === 'shell') return body.script;
  return body.kind === 'exec' ? body.argv.join(' ') : `POST ${body.url}`;
}
