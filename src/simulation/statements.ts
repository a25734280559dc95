import type { Order } from '../engine/ports.ts';
import { spelled } from '../engine/telling.ts';
import { BatonError } from '../kernel/errors.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';
import { newReplication, type SimulatedServer } from './server.ts';

/** One statement of an order: what it is called when it is refused, and what it does. */
export interface Statement {
  readonly words: string;
  readonly take: (now: number) => void;
}

/**
 * An order as a pretended server takes it, statement by statement, like src/mysql/operations/orders.ts:
 * a controller that dies between two of them leaves the first one done.
 */
export function statementsOf(order: Order, server: SimulatedServer): readonly Statement[] {
  const { replication } = server;
  switch (order.verb) {
    case 'stopReceiving':
      return [
        ...keptApplying(order.instance, server),
        { words: 'STOP SLAVE IO_THREAD', take: () => stopReceiving(server) },
      ];
    case 'startReceiving':
      return [{ words: 'START SLAVE IO_THREAD', take: (now) => startReceiving(server, now) }];
    case 'reconnect':
      return [
        {
          words: 'STOP SLAVE IO_THREAD; START SLAVE IO_THREAD',
          take: (now) => {
            stopReceiving(server);
            startReceiving(server, now);
          },
        },
      ];
    case 'stopApplying':
      return [{ words: 'STOP SLAVE SQL_THREAD', take: () => applies(server, false) }];
    case 'startApplying':
      return [{ words: 'START SLAVE SQL_THREAD', take: () => applies(server, true) }];
    case 'forget':
      return [{ words: 'RESET SLAVE ALL', take: () => forget(server) }];
    case 'detach':
    case 'reattach':
    case 'setSemiSync':
    case 'skipTransaction':
    case 'injectEmpty':
    case 'resetBinlog':
      throw new BatonError('act-failed', `${order.instance} is pretended, and cannot ${spelled(order)}`);
    case 'endConnections':
      return [{ words: 'KILL …', take: () => {} }];
    case 'promote':
      return [
        ...(replication === null ? [] : [{ words: 'RESET SLAVE ALL', take: () => forget(server) }]),
        { words: 'SET GLOBAL read_only = 0', take: () => setReadOnly(server, false) },
      ];
    case 'follow': {
      if (replication?.source === order.source)
        return [{ words: 'START SLAVE', take: (now) => startBoth(server, now) }];
      const lagMs = replication?.lagMs ?? 0;
      const change = (now: number) => {
        // Changing the source throws the relay log away.
        server.replication = newReplication(order.source, { lagMs, now });
      };
      return [{ words: 'CHANGE MASTER TO …', take: change }];
    }
    case 'setReadOnly': {
      const words = `SET GLOBAL read_only = ${order.readOnly ? 1 : 0}`;
      return [{ words, take: () => setReadOnly(server, order.readOnly) }];
    }
  }
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
  if (server.replication !== null) server.replication.applying = true;
}

function applies({ replication }: SimulatedServer, applying: boolean): void {
  if (replication !== null) replication.applying = applying;
}

function forget(server: SimulatedServer): void {
  server.replication = null;
}

function setReadOnly(server: SimulatedServer, readOnly: boolean): void {
  server.readOnly = readOnly;
}
