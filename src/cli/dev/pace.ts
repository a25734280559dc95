import { setTimeout as sleep } from 'node:timers/promises';
import type { Stage } from '../../simulation/stage/stage.ts';

const beatMs = 20;
/** What a busy machine owes beyond this is let go, or it would never catch up. */
const mostMs = 200;

/** Lets the time of a stage pass as the wall's does. */
export async function keepPace(stage: Stage, signal: AbortSignal): Promise<void> {
  for (let last = performance.now(); !signal.aborted; ) {
    await sleep(beatMs, undefined, { signal }).catch(() => {});
    const now = performance.now();
    await stage.pass(Math.min(now - last, mostMs));
    last = now;
  }
}
