import { type Peer, whyNotReplicate } from '../../analysis/choice/can-replicate.ts';
import type { Order } from '../../engine/ports.ts';
import type { Replication } from '../../topology/observation.ts';
import type { Instance } from '../../topology/snapshot.ts';
import {
  type Action,
  find,
  noSource,
  ordered,
  refused,
  type ReshapingPlan,
  type Shape,
  whyUnread,
} from './shape.ts';

/** What it has received is applied first, so that the place where it stands is the same in both ways of saying it. */
export function switchGtid(shape: Shape, known: Instance, on: boolean): ReshapingPlan {
  const { key: instance } = known;
  const replication = known.server?.replication ?? null;
  if (replication === null) return noSource(instance);
  const order: Order = { verb: 'useGtid', instance, on };
  if ((replication.position !== 'coordinates') === on) return ordered(order);
  const against = on ? whyNotByGtid(shape, known, replication) : whyNotByPlace(known, replication);
  const isReceiving = replication.ioThread !== 'stopped' && replication.ioThread !== 'none';
  const receiving: Action[] = isReceiving
    ? [{ kind: 'order', order: { verb: 'startReceiving', instance } }]
    : [];
  return {
    refusals: against,
    actions: [
      { kind: 'order', order: { verb: 'stopReceiving', instance } },
      { kind: 'await', instance, has: instance },
      { kind: 'order', order },
      ...receiving,
    ],
  };
}

function whyNotByGtid(shape: Shape, known: Instance, replication: Replication): readonly string[] {
  const { key, server } = known;
  const source = find(shape, replication.source);
  if (server === null || source === null) return [`${replication.source}, its source, is not watched`];
  const unread = whyUnread(source);
  if (unread.length > 0) return unread;
  const isMariadb = server.flavour === 'mariadb';
  if (!isMariadb && !server.gtidMode.toUpperCase().startsWith('ON'))
    return [`the gtid_mode of ${key} is ${server.gtidMode === '' ? 'OFF' : server.gtidMode}`];
  if (server.executedGtid === '' && source.server?.executedGtid !== '')
    return [
      `${key} has executed no transaction with a GTID, and would ask for all that ${source.key} ever had`,
    ];
  const position = isMariadb ? ('mariadb-gtid' as const) : ('mysql-gtid' as const);
  const asIf: Peer = { ...known, server: { ...server, replication: { ...replication, position } } };
  return whyNotReplicate(asIf, source, shape.rules);
}

function whyNotByPlace({ key }: Instance, { source, execCoordinates }: Replication): readonly string[] {
  if (execCoordinates !== null && execCoordinates.file !== '') return [];
  return refused(`${key} does not say where in the log of ${source} it stands`).refusals;
}
