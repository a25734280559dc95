import { rmSync } from 'node:fs';
import type { HookOutcome } from '../../engine/record.ts';
import { Interruption } from './interruption.ts';
import { markRun } from './life.ts';
import { startPost } from './post.ts';
import { startProgram } from './program.ts';
import type { Start, Started } from './started.ts';

/** A hook on its way. `stop` ends it early, for a reason that its outcome repeats. */
export interface Work {
  readonly outcome: Promise<HookOutcome>;
  stop(because: string): void;
  /** Takes the mark away: only now is it no longer being worked on. */
  clear(): void;
}

/**
 * Runs a hook to its end, its deadline or a stop, whichever comes first. `life` is the spawner's folder.
 * Throws what the disk says when there is no room for it.
 */
export function startWork(of: Omit<Start, 'interruption' | 'mark'> & { readonly life: string }): Work {
  const { run, life } = of;
  const began = performance.now();
  const mark = markRun(life, run.key, run.body.kind === 'shell' ? run.body.script : '');
  const interruption = new Interruption(run.timeoutMs);
  try {
    const started = startKind({ ...of, mark, interruption });
    const outcome = started.ended.then((ended) => {
      interruption.close();
      return { ...ended, tookMs: Math.round(performance.now() - began) };
    });
    const clear = () => {
      started.clear();
      rmSync(mark, { force: true });
    };
    return { outcome, stop: (because) => interruption.stop(because), clear };
  } catch (error) {
    interruption.close();
    rmSync(mark, { force: true });
    throw error;
  }
}

function startKind(start: Start): Started {
  const { body } = start.run;
  return body.kind === 'http' ? startPost(start, body) : startProgram(start, body);
}
