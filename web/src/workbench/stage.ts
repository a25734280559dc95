import type { z } from 'zod';
import type * as answers from '../../../src/api/answers/stage.ts';
import type { Control } from '../../../src/simulation/stage/stage.ts';
import { ask, tell } from '../api/client.ts';

export type StageState = z.output<typeof answers.Stage>;
export type StageLine = StageState['lines'][number];
export type Story = z.output<typeof answers.PlayableStory>;

const pollMs = 400;
/** As many lines are shown. */
const mostLines = 600;

/** The stage as it was last heard of, and what was said on it; null until then. */
export interface Seen {
  readonly stage: StageState;
  readonly lines: readonly StageLine[];
}

/**
 * What stands on the stage, asked again and again while somebody looks: it changes with each moment. A story that is
 * begun anew begins its lines anew.
 */
class StageWatch {
  seen: Seen | null = null;
  readonly #listeners = new Set<() => void>();
  #timer: number | null = null;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) this.#again(0);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0 || this.#timer === null) return;
      window.clearTimeout(this.#timer);
      this.#timer = null;
    };
  };

  /** Has something done. Throws `Refusal`. */
  async control(control: Control): Promise<void> {
    this.#hear(await tell<StageState>(`/stage?from=${this.#from}`, control));
  }

  get #from(): number {
    return this.seen?.stage.next ?? 0;
  }

  #again(ms: number): void {
    this.#timer = window.setTimeout(() => {
      void ask<StageState>(`/stage?from=${this.#from}`)
        .then((answer) => this.#hear(answer))
        // What cannot be asked now is asked again; that the line is lost is said by the shell.
        .catch(() => {})
        .finally(() => {
          if (this.#listeners.size > 0) this.#again(pollMs);
        });
    }, ms);
  }

  #hear(stage: StageState): void {
    const before = this.seen;
    // Nothing that is known here is of the new world.
    if (before !== null && stage.play !== before.stage.play) {
      window.location.reload();
      return;
    }
    // Two answers may cross; a line is taken once.
    if (before !== null && stage.next < before.stage.next) return;
    const known = before === null ? [] : before.lines;
    const news = before === null ? stage.lines : stage.lines.slice(-(stage.next - before.stage.next));
    const fresh = before !== null && stage.next === before.stage.next ? [] : news;
    this.seen = { stage, lines: [...known, ...fresh].slice(-mostLines) };
    for (const listener of this.#listeners) listener();
  }
}

export const stageWatch = new StageWatch();
