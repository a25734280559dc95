import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

/** What a process and its children have used so far, as /proc tells it. */
export interface Usage {
  readonly cpuSeconds: number;
  readonly residentMegabytes: number;
  /** Bytes that went to the disk. */
  readonly writtenBytes: number;
}

/** The kernel counts time in hundredths of a second (USER_HZ, proc(5)). */
const ticksPerSecond = 100;

export async function usageOf(pid: number): Promise<Usage> {
  const own = await usageOfOne(pid);
  const children = await Promise.all((await childrenOf(pid)).map(usageOf));
  return children.reduce(
    (sum, child) => ({
      cpuSeconds: sum.cpuSeconds + child.cpuSeconds,
      residentMegabytes: sum.residentMegabytes + child.residentMegabytes,
      writtenBytes: sum.writtenBytes + child.writtenBytes,
    }),
    own,
  );
}

async function usageOfOne(pid: number): Promise<Usage> {
  const [stat, status, io] = await Promise.all(
    ['stat', 'status', 'io'].map((name) => readFile(`/proc/${pid}/${name}`, 'utf8')),
  );
  // The name of the program may hold blanks and brackets; the fields after it are numbers from the third on.
  const fields =
    stat
      ?.slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number) ?? [];
  const ticks = fields.slice(11, 15).reduce((sum, each) => sum + each, 0);
  return {
    cpuSeconds: ticks / ticksPerSecond,
    residentMegabytes: Number(/VmRSS:\s+(\d+)/.exec(status ?? '')?.[1]) / 1_024,
    writtenBytes: Number(/^write_bytes: (\d+)/m.exec(io ?? '')?.[1]),
  };
}

async function childrenOf(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return text
    .trim()
    .split(' ')
    .filter((each) => each !== '')
    .map(Number);
}

/** What was used between two moments, by the minute. */
export interface Minute {
  readonly cpuSeconds: number;
  readonly writtenBytes: number;
  /** At the end. */
  readonly residentMegabytes: number;
}

export function perMinute(before: Usage, after: Usage, seconds: number): Minute {
  const rate = (field: 'cpuSeconds' | 'writtenBytes') => ((after[field] - before[field]) * 60) / seconds;
  return {
    cpuSeconds: rate('cpuSeconds'),
    writtenBytes: rate('writtenBytes'),
    residentMegabytes: after.residentMegabytes,
  };
}

/** Milliseconds for the same work at all times: how fast the machine is now, and how much others leave of it. */
export function referenceMs(): number {
  const block = Buffer.alloc(1_048_576, 'x');
  const began = performance.now();
  for (let round = 0; round < 200; round += 1) createHash('sha256').update(block).digest();
  return performance.now() - began;
}

const withinMs = 300_000;

/** Asks again and again until it is so. */
export async function until(what: string, isSo: () => Promise<boolean>, everyMs = 50): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`${what}: not within ${withinMs / 1_000} s`);
    await pause(everyMs);
  }
}
