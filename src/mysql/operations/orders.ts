import type { Order } from '../../engine/ports.ts';
import { hostOf, portOf } from '../../kernel/instance-key.ts';
import type { Server } from '../../topology/observation.ts';
import type { Flavour } from '../flavours/flavour.ts';

/**
 * The statements of an order, in the words of a flavour. `server` is as it was just seen. Each list
 * may be run again from its beginning after an interruption.
 *
 * Evidence (P4): on MariaDB with GTID, starting a replica whose two threads both stand still throws
 * its relay log away and asks the source anew; so a receiving thread is stopped and started alone,
 * and a source is changed only on a replica that need not give evidence any more.
 */
export function statementsFor(
  order: Order,
  server: Server,
  flavour: Flavour,
  useSuperReadOnly: boolean,
): readonly string[] {
  switch (order.verb) {
    case 'stopReceiving':
      return flavour.stopReceiving;
    case 'startReceiving':
      return flavour.startReceiving;
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
