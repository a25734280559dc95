import { parentPort, workerData } from 'node:worker_threads';
import { drawnMachine } from '../drawing/drawn-machine.ts';
import { machines } from '../drawing/machines.ts';

/** The thread that lays out every machine, that of the given name first; it tells each as it is drawn, and is gone. */
const names = new Set([String(workerData), ...machines.map(({ name }) => name)]);
for (const name of names) parentPort?.postMessage(await drawnMachine(name));
