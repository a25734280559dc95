import type { Order } from '../../engine/ports.ts';
import { BatonError } from '../../kernel/errors.ts';
import type { Server } from '../../topology/observation.ts';
import type { Flavour } from '../flavours/flavour.ts';

type ResetBinlog = Extract<Order, { verb: 'resetBinlog' }>;

/** One message, so that no life of ours ends with the threads stopped or the position unsaid. */
export function beginningAnew(order: ResetBinlog, server: Server, flavour: Flavour): readonly string[] {
  mustBeLeftAlone(order, server);
  // Line ends of a long set are no part of it.
  const reset = flavour.resetBinlog(order.executed.replace(/\s+/g, ''));
  const { replication } = server;
  if (replication === null) return [reset];
  const again = [
    ...(replication.ioThread === 'stopped' ? [] : flavour.startReceiving),
    ...(replication.sqlThread === 'stopped' ? [] : flavour.startApplying),
  ];
  return [[...flavour.stopReplica, reset, ...again].join(';\n')];
}

/** Replicas would be left without what they have yet to receive (orchestrator refuses as well). */
function mustBeLeftAlone({ instance }: ResetBinlog, { listedReplicas }: Server): void {
  if (listedReplicas.length === 0) return;
  throw new BatonError(
    'act-failed',
    `${listedReplicas.join(', ')} replicate from ${instance}, whose binary log they still need: relocate them first`,
  );
}
