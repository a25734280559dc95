import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Publisher, Told } from '../engine/ports.ts';
import { messageOf } from '../kernel/errors.ts';
import { InstanceKey } from '../kernel/instance-key.ts';
import { fileValue } from '../protocols/keepalived/role/priority.ts';
import { writeWhole } from './whole-file.ts';

/** keepalived hears of a file within 3 ms; the server that is allowed must listen before the one that holds the address leaves. */
const betweenMs = 50;

/**
 * Keeps a file for the keepalived beside each server, tracked with weight 0: 0 in it allows the address, anything else
 * forbids it. The new primary is allowed before the others are forbidden, so that the address moves within one skew; a
 * withdrawal forbids it everywhere.
 */
export function trackFilePublisher(files: Readonly<Record<string, string>>): Publisher {
  const all = Object.entries(files).map(([key, file]) => ({ key: InstanceKey.parse(key), file }));

  async function forbid(others: typeof all): Promise<void> {
    const outcomes = await Promise.allSettled(others.map(({ file }) => write(file, 1)));
    const faults = outcomes.flatMap((one) => (one.status === 'rejected' ? [messageOf(one.reason)] : []));
    if (faults.length > 0) throw new Error(faults.join('; '));
  }

  return {
    async publish(_cluster, primary, signal) {
      const own = all.filter(({ key }) => key === primary);
      const others = all.filter(({ key }) => key !== primary);
      await Promise.all(own.map(({ file }) => write(file, 0)));
      if (own.length > 0) await sleep(betweenMs, undefined, { signal });
      await forbid(others);
      if (own.length === 0) throw new Error(`no file is named for ${primary}, so the address is nowhere`);
    },
    withdraw: () => forbid(all),
    async published() {
      const values = await Promise.all(
        all.map(async ({ key, file }) => ({ key, value: await valueIn(file) })),
      );
      // keepalived takes a missing file for one that allows.
      if (values.some(({ value }) => value === null)) return ['unknown'];
      const allowed = values.filter(({ value }) => value === 0).map(({ key }): Told => key);
      return allowed.length === 0 ? [null] : allowed;
    },
    async preview(_cluster, primary) {
      return all
        .toSorted((a, b) => Number(b.key === primary) - Number(a.key === primary))
        .map(({ key, file }) => `${file}: ${key === primary ? 0 : 1}`);
    },
  };
}

/** Null where there is none. */
async function valueIn(file: string): Promise<number | null> {
  try {
    return fileValue(await readFile(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** One event for keepalived. */
function write(file: string, value: 0 | 1): Promise<void> {
  return writeWhole(file, `${value}\n`);
}
