import type { HookBody, HookOutcome } from '../engine/record.ts';

/** One run of one hook. */
export interface HookRun {
  /** Names the run for as long as anybody may ask for its outcome. */
  readonly key: string;
  readonly body: HookBody;
  /** Set on top of the environment that every hook gets. */
  readonly variables: Readonly<Record<string, string>>;
  /** For standard input, or the body of a request; null for nothing. */
  readonly document: string | null;
  /** Null for no timeout. */
  readonly timeoutMs: number | null;
  /** Nobody waits for it. */
  readonly detached: boolean;
}

/** Who runs hooks: the spawner, or a story's pretended one. */
export interface HookRunner {
  /**
   * Answers how it ended; an aborted signal ends it. Never rejects for what a hook does. `said` hears
   * its output while it runs, as far as it is kept.
   */
  run(run: HookRun, signal: AbortSignal, said?: (text: string) => void): Promise<HookOutcome>;
  /**
   * How a run ended that was started by this life or an earlier one of the controller; waits for one
   * that goes on. Null where that cannot be learned.
   */
  outcomeOf(key: string, signal: AbortSignal): Promise<HookOutcome | null>;
  /** The journal has how this run ended: nobody will ask for it again. */
  known(key: string): void;
}
