import type { View } from '../../../controller/view.ts';
import { isDetached, isReplicating } from '../../../topology/observation.ts';
import { type Instance, isCheckValid, isDowntimed } from '../../../topology/snapshot.ts';
import { isFresh } from '../shapes/instance.ts';

/**
 * What stands behind an instance in a topology: lag, status, version, ro or rw, binlog format, and what else there is
 * (orchestrator 3.2.6, section 6.1). A column may be empty.
 */
export function descriptionOf(instance: Instance, view: View): readonly string[] {
  const { server } = instance;
  return [
    lagOf(instance, view),
    statusOf(instance, view),
    server?.version ?? '',
    server === null || server.readOnly ? 'ro' : 'rw',
    server?.logBin === true ? server.binlogFormat : 'nobinlog',
    extrasOf(instance, view).join(','),
  ];
}

/** Whether it may stand behind a `+`: it replicates, and was asked of late. */
export function isHealthy(instance: Instance, view: View): boolean {
  return isReplicating(instance.server) && isCheckValid(instance) && isFresh(instance, view, 5);
}

function lagOf(instance: Instance, view: View): string {
  const { server } = instance;
  if (server !== null && isDetached(server)) return 'detached';
  if (server === null || !isCheckValid(instance) || !isFresh(instance, view, 5)) return 'unknown';
  if (server.replication === null) return '0s';
  const { lagSeconds } = server.replication;
  return !isReplicating(server) || lagSeconds === null ? 'null' : `${lagSeconds}s`;
}

function statusOf(instance: Instance, view: View): string {
  const { server } = instance;
  if (!isCheckValid(instance)) return 'invalid';
  if (!isFresh(instance, view, 5)) return 'unchecked';
  const replication = server?.replication ?? null;
  if (replication === null) return 'ok';
  if (!isReplicating(server)) return 'nonreplicating';
  const tolerated = view.config.ReasonableMaintenanceReplicationLagSeconds;
  return (replication.lagSeconds ?? 0) > tolerated ? 'lag' : 'ok';
}

function extrasOf(instance: Instance, { now }: View): readonly string[] {
  const { server, gtidErrant, usesPseudoGtid } = instance;
  const position = server?.replication?.position ?? 'coordinates';
  const byGtid = position !== 'coordinates' || server?.gtidMode.toUpperCase() === 'ON';
  return [
    server?.logBin === true && server.logReplicaUpdates ? '>>' : '',
    byGtid ? (gtidErrant === '' ? 'GTID' : 'GTID:errant') : '',
    usesPseudoGtid ? 'P-GTID' : '',
    server?.semiSync.primaryStatus === true ? 'semi:master' : '',
    server?.semiSync.replicaStatus === true ? 'semi:replica' : '',
    isDowntimed(instance, now()) ? 'downtimed' : '',
  ].filter((word) => word !== '');
}
