import type { HookOutcome } from '../engine/record.ts';
import type { HookRun, HookRunner } from './runner.ts';

/** Something that a run of a hook has said, or its end. */
export type Utterance =
  | { readonly kind: 'output'; readonly run: string; readonly text: string }
  | { readonly kind: 'ended'; readonly run: string; readonly outcome: HookOutcome };

/** Where one may listen to hooks that run on this machine. */
export interface Voices {
  /**
   * Calls `hear` with what hooks say from now on; of those that run now it gives what they have said, by the key of the
   * run. `stop` ends the listening.
   */
  listen(hear: (utterance: Utterance) => void): {
    readonly spoken: ReadonlyMap<string, string>;
    readonly stop: () => void;
  };
}

/** A runner of hooks that may be listened to. What each has said is remembered until it ends; the runner bounds it. */
export class HookVoices implements HookRunner, Voices {
  readonly #runner: HookRunner;
  readonly #spoken = new Map<string, string>();
  readonly #listeners = new Set<(utterance: Utterance) => void>();

  constructor(runner: HookRunner) {
    this.#runner = runner;
  }

  async run(run: HookRun, signal: AbortSignal, said?: (text: string) => void): Promise<HookOutcome> {
    const { key } = run;
    this.#spoken.set(key, '');
    try {
      const outcome = await this.#runner.run(run, signal, (text) => {
        this.#spoken.set(key, `${this.#spoken.get(key) ?? ''}${text}`);
        this.#tell({ kind: 'output', run: key, text });
        said?.(text);
      });
      this.#tell({ kind: 'ended', run: key, outcome });
      return outcome;
    } finally {
      this.#spoken.delete(key);
    }
  }

  outcomeOf(key: string, signal: AbortSignal): Promise<HookOutcome | null> {
    return this.#runner.outcomeOf(key, signal);
  }

  known(key: string): void {
    this.#runner.known(key);
  }

  listen(hear: (utterance: Utterance) => void) {
    this.#listeners.add(hear);
    return { spoken: this.#spoken, stop: () => void this.#listeners.delete(hear) };
  }

  #tell(utterance: Utterance): void {
    for (const hear of this.#listeners) hear(utterance);
  }
}

/** Where no hooks run. */
export const silence: Voices = { listen: () => ({ spoken: new Map(), stop: () => {} }) };
