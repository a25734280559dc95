import type { Order } from '../engine/ports.ts';
import { BatonError } from '../kernel/errors.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';
import { beginCloning } from './cloning.ts';
import { emptiesIn, keptIn } from './gtid-writes.ts';
import { execute, newReplication, type SimulatedServer } from './server.ts';

/** One statement of an order: what it is called when it is refused, and what it does. */
export interface Statement {
  readonly words: string;
  /** Throws `act-failed` where the server refuses it. */
  readonly take: (now: number) => void;
}

/**
 * An order as a pretended server takes it, statement by statement, like src/mysql/operations/orders.ts:
 * a controller that dies between two of them leaves the first one done. `fleet` knows what else was written.
 */
export function statementsOf(
  order: Order,
  server: SimulatedServer,
  fleet: readonly SimulatedServer[] = [server],
): readonly Statement[] {
  const { replication, detached } = server;
  switch (order.verb) {
    case 'stopReceiving':
      return [
        ...keptApplying(order.instance, server),
        { words: 'STOP SLAVE IO_THREAD', take: () => stopReceiving(server) },
      ];
    case 'startReceiving':
      return [{ words: 'START SLAVE IO_THREAD', take: (now) => startReceiving(server, now) }];
    case 'reconnect':
      return [reconnecting(server, 'STOP SLAVE IO_THREAD; START SLAVE IO_THREAD')];
    case 'stopApplying':
      return [{ words: 'STOP SLAVE SQL_THREAD', take: () => stopApplying(server) }];
    case 'startApplying':
      return [{ words: 'START SLAVE SQL_THREAD', take: () => startApplying(server) }];
    case 'forget':
      return [{ words: 'RESET SLAVE ALL', take: () => forget(server) }];
    case 'promote':
      return promoting(server);
    case 'follow':
      if (replication?.source === order.source)
        return [{ words: 'START SLAVE', take: (now) => startBoth(server, now) }];
      return [{ words: 'CHANGE MASTER TO …', take: (now) => change(server, order.source, now) }];
    case 'detach':
      return replication === null ? [] : [{ words: 'CHANGE MASTER TO …', take: () => detach(server) }];
    case 'reattach':
      return detached === null
        ? []
        : [{ words: 'CHANGE MASTER TO …', take: (now) => change(server, detached.source, now) }];
    case 'setReadOnly': {
      const isSuper = server.flavour === 'mysql' && order.readOnly && order.evenSuper === true;
      const words = isSuper
        ? 'SET GLOBAL super_read_only = 1'
        : `SET GLOBAL read_only = ${order.readOnly ? 1 : 0}`;
      const take = () => {
        setReadOnly(server, order.readOnly, order.evenCommitting === true);
        server.superReadOnly = order.readOnly && (isSuper || server.superReadOnly);
      };
      return [{ words, take }];
    }
    case 'endConnections':
      return [{ words: 'KILL …', take: () => endConnections(server, order.evenCommitting === true) }];
    case 'setSemiSync':
      return switchingSemiSync(order, server);
    case 'setDelay':
      return [{ words: 'CHANGE MASTER TO MASTER_DELAY=…', take: () => delay(server, order.seconds) }];
    case 'useGtid':
      if (order.on) return [];
      throw new BatonError('act-failed', `${server.key} is pretended, and replicates by GTID only`);
    case 'rotateBinlog':
      return [{ words: 'FLUSH BINARY LOGS', take: () => {} }];
    case 'purgeBinlog':
      return [{ words: 'PURGE BINARY LOGS TO …', take: () => {} }];
    case 'endStatement':
      throw new BatonError('act-failed', `${server.key} has no connection ${order.connection}`);
    case 'skipTransaction':
      return [{ words: 'SET GLOBAL sql_slave_skip_counter = 1', take: (now) => skip(server, now) }];
    case 'injectEmpty':
      return emptiesIn(order, server, fleet).map((write) => ({
        words: "SET SESSION GTID_NEXT = '…'",
        take: (now) => execute(server, write, now),
      }));
    case 'clone':
      if (server.flavour === 'mariadb')
        throw new BatonError('act-failed', `${server.key} is MariaDB, which has no CLONE`);
      return [{ words: 'CLONE INSTANCE FROM …', take: (now) => beginCloning(server, order.donor, now) }];
    case 'resetBinlog':
      return [{ words: 'RESET MASTER', take: () => resetBinlog(server, keptIn(order, server)) }];
  }
}

function promoting(server: SimulatedServer): readonly Statement[] {
  const opening = { words: 'SET GLOBAL read_only = 0', take: () => setReadOnly(server, false) };
  if (server.replication === null && server.detached === null) return [opening];
  return [
    { words: 'STOP SLAVE', take: () => stopBoth(server) },
    opening,
    { words: 'RESET SLAVE ALL', take: () => forget(server) },
  ];
}

/** On MariaDB the receiving thread is never the second to stop (docs/decisions/0005-mariadb-relay-logs.md). */
function keptApplying(
  instance: InstanceKey,
  { flavour, replication }: SimulatedServer,
): readonly Statement[] {
  if (flavour === 'mysql' || replication === null || replication.applying) return [];
  if (replication.sqlError === '')
    return [{ words: 'START SLAVE SQL_THREAD', take: () => (replication.applying = true) }];
  throw new BatonError(
    'act-failed',
    `${instance} cannot apply what it has received (${replication.sqlError}); were its receiving thread stopped too, MariaDB would throw its relay log away`,
  );
}

function reconnecting(server: SimulatedServer, words: string, before: () => void = () => {}): Statement {
  return {
    words,
    take: (now) => {
      before();
      stopReceiving(server);
      startReceiving(server, now);
    },
  };
}

function stopReceiving({ replication }: SimulatedServer): void {
  if (replication !== null) replication.io = 'stopped';
}

function startReceiving({ flavour, replication }: SimulatedServer, now: number): void {
  if (replication === null || replication.io !== 'stopped') return;
  replication.io = 'connecting';
  replication.ioError = '';
  replication.retryAt = now;
  // Where both threads stood still, MariaDB asks its source anew for all it has not applied.
  if (flavour === 'mariadb' && !replication.applying) replication.relay.length = 0;
  replication.cursor = 0;
}

function startBoth(server: SimulatedServer, now: number): void {
  startReceiving(server, now);
  startApplying(server);
}

function stopBoth(server: SimulatedServer): void {
  stopReceiving(server);
  stopApplying(server);
}

function stopApplying({ replication }: SimulatedServer): void {
  if (replication !== null) replication.applying = false;
}

/** It meets the same error again until somebody has it leave the transaction out. */
function startApplying({ flavour, replication }: SimulatedServer): void {
  if (replication === null || replication.sqlError !== '' || replication.applying) return;
  if (flavour === 'mariadb' && replication.io === 'stopped') replication.relay.length = 0;
  replication.applying = true;
}

function forget(server: SimulatedServer): void {
  server.replication = null;
  server.detached = null;
}

/** Throws the relay log away, but where MySQL goes on applying meanwhile. */
function change(server: SimulatedServer, source: InstanceKey, now: number): void {
  const { flavour, replication, detached } = server;
  const { lagMs, delaySeconds, patienceMs } =
    replication ?? detached ?? newReplication(source, { lagMs: 0, now });
  const isKept = flavour === 'mysql' && replication?.applying === true;
  server.replication = {
    ...newReplication(source, { lagMs, now }),
    delaySeconds,
    patienceMs,
    relay: isKept ? replication.relay : [],
  };
  server.detached = null;
}

function detach(server: SimulatedServer): void {
  const { flavour, replication } = server;
  if (replication === null) return;
  // MySQL applies on; here it is done with it at once.
  if (flavour === 'mysql' && replication.applying)
    for (const { write, at } of replication.relay) execute(server, write, at);
  server.detached = { ...replication, io: 'stopped', relay: [] };
  server.replication = null;
}

/** As a real one waits for commits under way, and gives up; or lets them go with nobody to hear of them. */
function setReadOnly(server: SimulatedServer, readOnly: boolean, evenCommitting = false): void {
  if (evenCommitting) server.semiSync.waiting.length = 0;
  if (evenCommitting && server.flavour === 'mysql') server.semiSync.primary = false;
  if (readOnly && server.semiSync.waiting.length > 0)
    throw new BatonError(
      'act-failed',
      `${server.key} answered "SET GLOBAL read_only = 1" with: Lock wait timeout exceeded; try restarting transaction`,
    );
  server.readOnly = readOnly;
}

function endConnections({ key, semiSync }: SimulatedServer, evenCommitting: boolean): void {
  if (evenCommitting) semiSync.waiting.length = 0;
  if (semiSync.waiting.length > 0)
    throw new BatonError(
      'act-failed',
      `${semiSync.waiting.length} connections of ${key} went on committing: what they wrote is in its binary log`,
    );
}

function switchingSemiSync(
  { side, enabled }: Extract<Order, { verb: 'setSemiSync' }>,
  server: SimulatedServer,
): readonly Statement[] {
  const words = `SET GLOBAL rpl_semi_sync_${side === 'primary' ? 'master' : 'slave'}_enabled = ${enabled ? 1 : 0}`;
  const set = () => {
    server.semiSync[side] = enabled;
    if (side === 'primary') server.semiSync.inForce = enabled;
  };
  const { replication } = server;
  if (side === 'primary' || replication === null || replication.io === 'stopped')
    return [{ words, take: set }];
  if (!replication.applying)
    throw new BatonError('act-failed', `${server.key} does not apply what it has received`);
  return [reconnecting(server, words, set)];
}

/** What MariaDB has yet to apply it throws away and asks for again; both threads go on as they were. */
function delay({ flavour, replication }: SimulatedServer, seconds: number): void {
  if (replication === null) return;
  Object.assign(replication, { delaySeconds: seconds, lagMs: 1_000 * seconds });
  if (flavour !== 'mariadb') return;
  replication.relay.length = 0;
  replication.cursor = 0;
}

/** Counts as executed, and changes nothing. */
function skip(server: SimulatedServer, now: number): void {
  const { replication } = server;
  if (replication === null || replication.sqlError === '') return;
  const bad = replication.relay.shift();
  if (bad !== undefined) execute(server, bad.write, now);
  replication.sqlError = '';
}

function resetBinlog(server: SimulatedServer, kept: SimulatedServer['log']): void {
  server.log.splice(0, server.log.length, ...kept);
  server.executed.clear();
  for (const { write } of kept) server.executed.add(write.id);
}
