import { readFile, rm, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { BatonError, messageOf } from '../../kernel/errors.ts';
import { isAlive } from '../../process/is-alive.ts';

/** How one instance of a running keepalived stands. */
export interface DumpedInstance {
  readonly name: string;
  readonly state: 'INIT' | 'BACKUP' | 'MASTER' | 'FAULT';
  readonly priority: number;
}

const states = ['INIT', 'BACKUP', 'MASTER', 'FAULT'] as const;

const Dump = z.array(
  z.object({
    data: z.object({
      iname: z.string(),
      state: z.int().min(0).max(3),
      effective_priority: z.int(),
    }),
  }),
);

/** `keepalived --signum=JSON` of 2.x on Linux. */
const jsonSignal = 36;
const waitMs = 2_000;

/** Whether the process that a file names is there; a file that is gone names none, for keepalived removes it when it ends. */
export async function isRunning(pidFile: string): Promise<boolean> {
  const text = await readFile(pidFile, 'utf8').catch(() => '');
  const pid = Number(text.trim());
  return pid > 1 && isAlive(pid);
}

/**
 * Asks a running keepalived how its instances stand: it writes that into `file` at a signal. The FIFO tells of changes only.
 * Throws `fifo-unusable` where it does not.
 */
export async function readStateDump(pidFile: string, file: string): Promise<readonly DumpedInstance[]> {
  try {
    const pid = Number((await readFile(pidFile, 'utf8')).trim());
    if (!Number.isInteger(pid) || pid < 2) throw new Error(`${pidFile} names no process`);
    await rm(file, { force: true });
    process.kill(pid, jsonSignal);
    return parseStateDump(await written(file));
  } catch (error) {
    throw new BatonError('fifo-unusable', `keepalived does not say how it stands: ${messageOf(error)}.`, {
      cause: error,
    });
  }
}

/** The text of `keepalived.json`. */
function parseStateDump(text: string): readonly DumpedInstance[] {
  return Dump.parse(JSON.parse(text)).map(({ data }) => ({
    name: data.iname,
    state: states[data.state] ?? 'INIT',
    priority: data.effective_priority,
  }));
}

/** It is whole when it is JSON. */
async function written(file: string): Promise<string> {
  for (let left = waitMs; left > 0; left -= 10) {
    const facts = await stat(file).catch(() => null);
    if (facts?.isFile() && facts.size > 0) {
      const text = await readFile(file, 'utf8');
      if (isJson(text)) return text;
    }
    await sleep(10);
  }
  throw new Error(`it wrote nothing into ${file} within ${waitMs / 1_000} s`);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
