import { longestTimerMs, spoken } from '../../kernel/duration.ts';

/** Why a run is ended before it ends by itself. */
export interface Cause {
  readonly ended: 'timed-out' | 'signalled';
  readonly because: string;
}

/** What may end a run early: its deadline, or somebody's word. The first of them counts. */
export class Interruption {
  readonly cause: Promise<Cause>;
  #interrupt: (cause: Cause) => void = () => {};
  #timer: NodeJS.Timeout | null = null;

  constructor(timeoutMs: number | null) {
    this.cause = new Promise((resolve) => {
      this.#interrupt = resolve;
    });
    if (timeoutMs === null) return;
    const late: Cause = { ended: 'timed-out', because: `its time was ${spoken(timeoutMs)}` };
    this.#wait(performance.now() + timeoutMs, late);
  }

  #wait(until: number, late: Cause): void {
    const leftMs = until - performance.now();
    this.#timer =
      leftMs > longestTimerMs
        ? setTimeout(() => this.#wait(until, late), longestTimerMs)
        : setTimeout(() => this.#interrupt(late), leftMs);
  }

  stop(because: string): void {
    this.#interrupt({ ended: 'signalled', because: `it was stopped: ${because}` });
  }

  /** The run has ended: no deadline matters any more. */
  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
  }
}
