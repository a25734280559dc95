import type { HookOutcome } from '../../engine/record.ts';

/** What a rehearsal has to say of one side of a hook's behaviour. */
export interface Check {
  readonly about: 'run' | 'time' | 'output' | 'again' | 'stop' | 'left' | 'detached';
  /** A note is worth knowing and no fault. */
  readonly is: 'ok' | 'note' | 'warning' | 'problem';
  /** One or more sentences. */
  readonly text: string;
  /** The last lines of what the hook said, where they may tell why; else empty. */
  readonly output: string;
}

export function check(about: Check['about'], is: Check['is'], text: string): Check {
  return { about, is, text, output: '' };
}

const mostLines = 10;

/** The check with the last lines that the hook said in this run. */
export function withOutput(of: Check, { output }: HookOutcome): Check {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  return { ...of, output: lines.slice(-mostLines).join('\n') };
}
