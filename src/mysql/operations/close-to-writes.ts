import type { InstanceKey } from '../../kernel/instance-key.ts';
import type { Server } from '../../topology/observation.ts';
import { waitsSeconds } from '../act-lock.ts';
import { flag, number } from '../flavours/columns.ts';
import type { Flavour } from '../flavours/flavour.ts';
import type { AskNow } from '../link.ts';
import { endConnections } from './end-connections.ts';
import { semiSyncVariable } from './means.ts';

interface Closing {
  readonly ask: AskNow;
  readonly flavour: Flavour;
  readonly server: Server;
  readonly ownUser: string;
  readonly isSuper: boolean;
}

/** ER_LOCK_WAIT_TIMEOUT: a commit kept it from becoming read-only for as long as it was to wait. */
const lockWaitTimeout = 1205;
const mostRounds = 4;

/**
 * Makes a server read-only on which commits may wait for a replica without end, and `SET GLOBAL read_only` with them. No
 * client is told that a commit was acknowledged (docs/decisions/0018-commits-that-wait.md). Throws what the server said.
 */
export async function closeToWrites(key: InstanceKey, closing: Closing): Promise<void> {
  const { ask, flavour, server, ownUser, isSuper } = closing;
  if (flavour.killedCommitsWait && server.semiSync.primaryEnabled && (await mayGoOffline(ask)))
    return closeOffline(key, closing);
  const { processlist } = flavour;
  for (let round = 1; ; round += 1) {
    // One that will not be ended is bound by read_only all the same.
    await endConnections(key, { ask, processlist, ownUser, evenCommitting: true }).catch(() => {});
    await endWaitingAppliers(ask, processlist);
    try {
      await ask(`SET SESSION lock_wait_timeout = 1;\n${flavour.setReadOnly(true, isSuper)}`);
      return;
    } catch (error) {
      if ((error as { errno?: number }).errno !== lockWaitTimeout || round === mostRounds) throw error;
    } finally {
      await ask(`SET SESSION lock_wait_timeout = ${waitsSeconds}`);
    }
  }
}

/**
 * A former co-primary applies what its successor writes, and what it applies waits for a replica as any commit does. What is
 * ended so is committed and stays in the relay log; on MySQL it goes on waiting.
 */
async function endWaitingAppliers(ask: AskNow, processlist: string): Promise<void> {
  const [waiting = []] = await ask(
    `SELECT ID id FROM ${processlist} WHERE USER = 'system user' AND STATE LIKE 'Waiting for semi-sync ACK%'`,
  );
  // One that has ended by itself needs no end.
  for (const row of waiting) await ask(`KILL ${number(row, 'id')}`).catch(() => {});
}

/**
 * MySQL's commits go on waiting though their connections are killed, and end well as soon as nobody waits for replicas.
 * So for that moment nobody is let in who could hear of it. One message: the server does all of it, whatever becomes of us.
 */
async function closeOffline(key: InstanceKey, { ask, flavour, isSuper }: Closing): Promise<void> {
  const [own] = await ask('SELECT @@global.offline_mode was');
  const isOffline = flag(own?.[0] ?? {}, 'was');
  const semiSync = await semiSyncVariable({ instance: key, side: 'primary' }, flavour, ask);
  const closing = [`SET GLOBAL ${semiSync} = 0`, flavour.setReadOnly(true, isSuper)];
  if (isOffline) await ask(closing.join(';\n'));
  else await insideOffline(closing, ask);
}

async function insideOffline(statements: readonly string[], ask: AskNow): Promise<void> {
  const reopened = 'SET GLOBAL offline_mode = 0';
  try {
    await ask(['SET GLOBAL offline_mode = 1', ...statements, reopened].join(';\n'));
  } catch (error) {
    await ask(reopened);
    throw error;
  }
}

/** Whom offline_mode does not shut out. MySQL before 8.0.31 lets others switch it on too, and shuts them out with it. */
async function mayGoOffline(ask: AskNow): Promise<boolean> {
  const [grants = []] = await ask('SHOW GRANTS');
  return grants.some((row) =>
    /\b(CONNECTION_ADMIN|SUPER|ALL PRIVILEGES)\b.* ON \*\.\*/.test(String(Object.values(row)[0])),
  );
}
