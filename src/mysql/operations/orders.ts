import mysql from 'mysql2';
import type { Order } from '../../engine/ports.ts';
import { BatonError } from '../../kernel/errors.ts';
import { hostOf, type InstanceKey, portOf } from '../../kernel/instance-key.ts';
import type { Server } from '../../topology/observation.ts';
import { detachedHost } from '../../topology/source-address.ts';
import type { Account } from '../account.ts';
import type { Flavour } from '../flavours/flavour.ts';
import { beginningAnew } from './binlog.ts';
import { cloning } from './clone.ts';
import { injected } from './inject.ts';
import { delaying, findingPlace } from './source-settings.ts';

/** What an order needs to know besides the server as it was seen. */
export interface Means {
  readonly useSuperReadOnly: boolean;
  /** What a server that has no account of its own signs in with. */
  readonly account: Account | null;
  /** The variable by which this server switches semi-sync on the side of the order; null where the order is another. */
  readonly semiSyncVariable: string | null;
  /** The GTID at which the applying thread has stopped; null where the server names none. */
  readonly stoppedAt: string | null;
}

/**
 * The statements of an order, in the words of a flavour. `server` is as it was just seen. Each list
 * may be run again from its beginning after an interruption. Throws `act-failed` where doing it would
 * destroy evidence (P4).
 */
export function statementsFor(
  order: Order,
  server: Server,
  flavour: Flavour,
  means: Means,
): readonly string[] {
  if (!concernsServer.has(order.verb)) mustHaveOneSource(order, server);
  switch (order.verb) {
    case 'stopReceiving':
      return [...keptApplying(order.instance, server, flavour), ...flavour.stopReceiving];
    case 'startReceiving':
      return flavour.startReceiving;
    case 'reconnect':
      mustApply(order.instance, server);
      // One message: the server does both, whatever becomes of us meanwhile.
      return [[...flavour.stopReceiving, ...flavour.startReceiving].join(';\n')];
    case 'stopApplying':
      return flavour.stopApplying;
    case 'startApplying':
      return flavour.startApplying;
    case 'forget':
      return forgetting(server, flavour);
    case 'promote':
      return promoting(server, flavour, means.useSuperReadOnly);
    case 'follow':
      return following(order, server, flavour, means.account);
    case 'detach':
      return detaching(server, flavour);
    case 'reattach':
      return reattaching(server, flavour);
    case 'setReadOnly':
      return [flavour.setReadOnly(order.readOnly, order.evenSuper ?? means.useSuperReadOnly)];
    case 'setSemiSync':
      return switchingSemiSync(order, server, flavour, means.semiSyncVariable);
    case 'setDelay':
      return delaying(order, server, flavour);
    case 'useGtid':
      return findingPlace(order, server, flavour);
    case 'rotateBinlog':
      return ['FLUSH BINARY LOGS'];
    case 'purgeBinlog':
      return [`PURGE BINARY LOGS TO ${mysql.escape(order.before)}`];
    case 'endStatement':
      return [`KILL QUERY ${order.connection}`];
    case 'skipTransaction':
      return (server.replication?.lastSqlError ?? '') === '' ? [] : flavour.skip(means.stoppedAt);
    case 'injectEmpty':
      return injected(order, server, flavour);
    case 'resetBinlog':
      return beginningAnew(order, server, flavour);
    case 'clone':
      return cloning(order, server, means.account);
    case 'endConnections':
      // One by one, as the list of connections shows them: src/mysql/operations/end-connections.ts.
      return [];
  }
}

/** Verbs that leave all sources of a server as they are. */
const concernsServer: ReadonlySet<Order['verb']> = new Set([
  'setReadOnly',
  'endConnections',
  'endStatement',
  'rotateBinlog',
  'purgeBinlog',
  'injectEmpty',
]);

/** The orders speak of the default channel only, and forgetting a source would forget all of them (P4). */
function mustHaveOneSource({ instance }: Order, { replication }: Server): void {
  if (replication === null || (replication.channels === 1 && replication.channel === '')) return;
  const how =
    replication.channels > 1
      ? `from ${replication.channels} sources`
      : `over the channel "${replication.channel}"`;
  throw new BatonError(
    'act-failed',
    `${instance} replicates ${how}, which this version of Baton does not change`,
  );
}

/**
 * MariaDB with GTID throws a replica's relay log away when it starts again after both of its threads
 * stood still, and asks the source anew for what was in it; a dead source has nothing to give. So the
 * receiving thread is never the second to stop (docs/decisions/0005-mariadb-relay-logs.md).
 */
function keptApplying(instance: InstanceKey, server: Server, flavour: Flavour): readonly string[] {
  const { replication } = server;
  if (!flavour.dropsRelayLogOnceStill || replication === null || replication.sqlThread === 'running')
    return [];
  if (replication.lastSqlError === '') return flavour.startApplying;
  throw new BatonError(
    'act-failed',
    `${instance} cannot apply what it has received (${replication.lastSqlError}); were its receiving thread stopped too, MariaDB would throw its relay log away`,
  );
}

/** With the applying thread at rest, a receiving thread that starts anew may cost MariaDB its relay log. */
function mustApply(instance: InstanceKey, { replication }: Server): void {
  if (replication?.sqlThread === 'running') return;
  throw new BatonError(
    'act-failed',
    `${instance} does not apply what it has received, and might lose it by connecting to its source anew`,
  );
}

/**
 * Standing still first: a server that still received from a source must not take writes. Forgetting the source waits for the
 * disk, on MySQL longer than all the rest, so nobody is kept from writing meanwhile (docs/decisions/0016-planned-takeover.md).
 */
function promoting(server: Server, flavour: Flavour, useSuperReadOnly: boolean): readonly string[] {
  const [opening, cut] = [flavour.setReadOnly(false, useSuperReadOnly), forgetting(server, flavour)];
  return cut.length === 0 ? [opening] : [...flavour.stopReplica, opening, flavour.forgetSource];
}

/** A server that is detached still has a source, and an account, to forget. */
function forgetting({ replication, detachedFrom }: Server, flavour: Flavour): readonly string[] {
  return replication === null && detachedFrom === null ? [] : [...flavour.stopReplica, flavour.forgetSource];
}

function following(
  { source, at }: Extract<Order, { verb: 'follow' }>,
  server: Server,
  flavour: Flavour,
  account: Account | null,
): readonly string[] {
  const { replication, executedGtid } = server;
  // The place may be long past: who has the source already goes on from where it is.
  if (replication?.source === source && account === null) return flavour.startReplica;
  const change = { host: hostOf(source), port: portOf(source), account };
  if (at === undefined && replication !== null && isKeptApplying(server, flavour))
    return [
      ...flavour.stopReceiving,
      flavour.changeSource({ ...change, finds: 'asBefore' }),
      ...flavour.startReceiving,
    ];
  return [
    ...flavour.stopReplica,
    ...(replication === null && at === undefined ? flavour.beginAfter(executedGtid) : []),
    flavour.changeSource({ ...change, finds: at ?? 'gtid' }),
    ...flavour.startReplica,
  ];
}

/** The applying thread may go on over a change of source, and what was received is kept. */
function isKeptApplying({ replication }: Server, flavour: Flavour): boolean {
  return (
    flavour.changesWhileApplying &&
    replication?.sqlThread === 'running' &&
    replication.position === 'mysql-gtid'
  );
}

function detaching(server: Server, flavour: Flavour): readonly string[] {
  const { replication } = server;
  if (replication === null) return [];
  const change = { host: detachedHost(hostOf(replication.source)), port: portOf(replication.source) };
  const { position, execCoordinates } = replication;
  const finds = position === 'coordinates' && execCoordinates !== null ? execCoordinates : 'asBefore';
  return [
    ...(isKeptApplying(server, flavour) ? flavour.stopReceiving : flavour.stopReplica),
    flavour.changeSource({ ...change, finds, account: null }),
  ];
}

function reattaching({ detachedFrom, detachedAt }: Server, flavour: Flavour): readonly string[] {
  if (detachedFrom === null) return [];
  return [
    ...(detachedAt === null && flavour.changesWhileApplying ? flavour.stopReceiving : flavour.stopReplica),
    flavour.changeSource({
      host: hostOf(detachedFrom),
      port: portOf(detachedFrom),
      finds: detachedAt ?? 'asBefore',
      account: null,
    }),
    ...flavour.startReplica,
  ];
}

/** A replica tells its source whether it takes part when it connects, so one that receives connects anew. */
function switchingSemiSync(
  { instance, side, enabled }: Extract<Order, { verb: 'setSemiSync' }>,
  server: Server,
  flavour: Flavour,
  variable: string | null,
): readonly string[] {
  const change = `SET GLOBAL ${variable} = ${enabled ? 1 : 0}`;
  const { replication } = server;
  const isReceiving = replication !== null && replication.ioThread !== 'stopped';
  if (side === 'primary' || !isReceiving) return [change];
  mustApply(instance, server);
  return [[change, ...flavour.stopReceiving, ...flavour.startReceiving].join(';\n')];
}
