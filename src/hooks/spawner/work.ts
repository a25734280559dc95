import { rmSync } from 'node:fs';
import type { HookOutcome } from '../../engine/record.ts';
import { Interruption } from './interruption.ts';
import { markRun } from './life.ts';
import type { RunRequest, SpawnerSettings } from './messages.ts';
import { startPost } from './post.ts';
import { startProgram } from './program.ts';

/** How a run ended, without what is measured alike for all of them. */
export type Ended = Omit<HookOutcome, 'tookMs'>;

/** A hook of some kind on its way. */
export interface Started {
  /** Resolves soon after an interruption too. */
  readonly ended: Promise<Ended>;
  /** Takes away what it left on the disk. */
  clear(): void;
}

/** What every kind is started with. */
export interface Start extends Omit<RunRequest, 'kind' | 'isHeard'> {
  readonly settings: SpawnerSettings;
  /** The file that says that the run goes on; a script's own text. */
  readonly mark: string;
  readonly interruption: Interruption;
  /** Null where nobody listens. */
  readonly heard: ((text: string) => void) | null;
}

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
