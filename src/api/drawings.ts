import { Worker } from 'node:worker_threads';
import { drawnMachine } from '../drawing/drawn-machine.ts';
import type { DrawnMachine } from '../drawing/geometry.ts';
import { machines } from '../drawing/machines.ts';

type Drawings = ReadonlyMap<string, Promise<DrawnMachine>>;

let known: Drawings | null = null;

/**
 * A machine of this build, drawn; null where there is none of that name. All are laid out once, the first that is asked for
 * before the others, in a thread of their own: it takes some hundred milliseconds, in which whoever watches servers must
 * not stand still.
 */
export async function drawnAside(name: string): Promise<DrawnMachine | null> {
  // Threads run what was built; Node runs no TypeScript.
  if (import.meta.url.endsWith('.ts')) return drawnMachine(name);
  if (!machines.some((one) => one.name === name)) return null;
  known ??= drawnInThread(name);
  try {
    return (await known.get(name)) ?? null;
  } catch (error) {
    known = null;
    throw error;
  }
}

function drawnInThread(first: string): Drawings {
  const worker = new Worker(new URL('./drawing-worker.js', import.meta.url), { workerData: first });
  worker.setMaxListeners(2 * machines.length);
  // Who waits for nothing else need not wait for it.
  worker.unref();
  const come = (name: string) =>
    new Promise<DrawnMachine>((resolve, reject) => {
      worker.on('message', (drawn: DrawnMachine) => {
        if (drawn.name === name) resolve(drawn);
      });
      worker.once('error', reject);
    });
  const drawings = new Map(machines.map(({ name }) => [name, come(name)]));
  // Those that nobody has asked for yet fail unheard; whoever asks is told.
  for (const drawing of drawings.values()) drawing.catch(() => {});
  return drawings;
}
