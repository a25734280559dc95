import { BatonError } from '../kernel/errors.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';
import type { AskNow } from './link.ts';

/**
 * The lock that a controller holds on each server it changes. A server belongs to one cluster, so its
 * name need not say which: two controllers with two state files, which know the cluster by two ids,
 * still meet on it (docs/decisions/0003-act-lock.md).
 */
const actLock = 'baton/act';
const holderHasSeconds = 2;
/** A statement that waits for others is given up by the server before we give up waiting for it: nothing is done late. */
export const waitsSeconds = 8;

/**
 * Takes the lock on a fresh connection. Whoever holds it is an earlier life of this controller or a
 * deposed one: its connection is killed, so that nothing it still had in flight can follow ours. `mustLead`
 * throws where we are the deposed one. It is asked when the holder is known: who held the lock while we led is not
 * whoever leads after us, however long we stand still before we end it.
 */
export async function takeActLock(key: InstanceKey, ask: AskNow, mustLead: () => void): Promise<void> {
  // Values are written with backslashes, which a server's own sql_mode may take for letters.
  await ask(`SET SESSION sql_mode = '', SESSION lock_wait_timeout = ${waitsSeconds}`);
  if (await tryLock(ask, 0)) return;
  const [rows] = await ask(`SELECT IS_USED_LOCK('${actLock}') holder`);
  const holder = Number(rows?.[0]?.['holder'] ?? 0);
  mustLead();
  // The holder may go between the question and the order; the lock is then simply free.
  if (holder > 0) await ask(`KILL ${holder}`).catch(() => {});
  if (await tryLock(ask, holderHasSeconds)) return;
  throw new BatonError(
    'act-failed',
    `${key} is held by connection ${holder} of another controller, which could not be ended`,
  );
}

async function tryLock(ask: AskNow, seconds: number): Promise<boolean> {
  const [rows] = await ask(`SELECT GET_LOCK('${actLock}', ${seconds}) got`);
  return Number(rows?.[0]?.['got']) === 1;
}
