import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Loaded into a controller before its own code: at each SIGUSR2 it writes what the event loop did since
 * the last one to the file that BATON_BENCH_LOOP names, and begins anew.
 */
export interface LoopDelay {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  /** What is still held when everything that is not has been collected. */
  readonly heapMegabytes: number;
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const resolutionMs = 10;
const file = process.env['BATON_BENCH_LOOP'];
const delays = monitorEventLoopDelay({ resolution: resolutionMs });

if (file !== undefined) {
  delays.enable();
  process.on('SIGUSR2', () => {
    writeFileSync(file, JSON.stringify(sinceTheLastTime()));
    delays.reset();
  });
}

/** The histogram counts the time between two looks, too. */
function sinceTheLastTime(): LoopDelay {
  collect();
  const late = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - resolutionMs);
  return {
    p50Ms: late(delays.percentile(50)),
    p99Ms: late(delays.percentile(99)),
    maxMs: late(delays.max),
    heapMegabytes: process.memoryUsage().heapUsed / 2 ** 20,
  };
}
