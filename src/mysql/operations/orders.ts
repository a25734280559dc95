import type { Order } from '../../engine/ports.ts';
import { spelled } from '../../engine/telling.ts';
import { BatonError } from '../../kernel/errors.ts';
import { hostOf, type InstanceKey, portOf } from '../../kernel/instance-key.ts';
import type { Server } from '../../topology/observation.ts';
import type { Flavour } from '../flavours/flavour.ts';

/**
 * The statements of an order, in the words of a flavour. `server` is as it was just seen. Each list
 * may be run again from its beginning after an interruption. Throws `act-failed` where doing it would
 * destroy evidence (P4).
 */
export function statementsFor(
  order: Order,
  server: Server,
  flavour: Flavour,
  useSuperReadOnly: boolean,
): readonly string[] {
  if (order.verb !== 'setReadOnly') mustHaveOneSource(order, server);
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
      return server.replication === null ? [] : [...flavour.stopReplica, flavour.forgetSource];
    case 'detach':
    case 'reattach':
    case 'endConnections':
    case 'setSemiSync':
    case 'skipTransaction':
    case 'injectEmpty':
    case 'resetBinlog':
      throw new BatonError('act-failed', `${order.instance} cannot be asked to ${spelled(order)} yet`);
    case 'promote':
      // Cut loose first: a server that still had a source must not take writes.
      return [
        ...(server.replication === null ? [] : [...flavour.stopReplica, flavour.forgetSource]),
        flavour.setReadOnly(false, useSuperReadOnly),
      ];
    case 'follow': {
      if (server.replication?.source === order.source) return flavour.startReplica;
      const change = flavour.changeSource(hostOf(order.source), portOf(order.source));
      return [...flavour.stopReplica, change, ...flavour.startReplica];
    }
    case 'setReadOnly':
      return [flavour.setReadOnly(order.readOnly, useSuperReadOnly)];
  }
}

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
