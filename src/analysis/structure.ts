import type { InstanceKey } from '../kernel/instance-key.ts';
import { majorVersionOf } from '../topology/compatibility.ts';
import type { Server } from '../topology/observation.ts';
import { type Instance, isCheckValid, isDowntimed } from '../topology/snapshot.ts';

/**
 * How an instance's direct replicas are set up, apart from how they fare: what decides whether a
 * recovery would go well (orchestrator 3.2.6, sections 2.1 and 2.3). A logging replica is one that
 * writes what it replicates into its own binlog, so that others can replicate from it.
 */
export interface Structure {
  readonly loggingReplicas: number;
  /** Which binlog formats logging replicas use. */
  readonly loggingFormats: { readonly statement: boolean; readonly mixed: boolean; readonly row: boolean };
  /** How many different major versions logging replicas have. */
  readonly loggingMajorVersions: number;
  /** Whether all valid replicas, of which there is one at least, are of a kind. */
  readonly allByMysqlGtid: boolean;
  readonly allByMariadbGtid: boolean;
  readonly allBinlogServers: boolean;
  readonly usesPseudoGtid: boolean;
  /** Some replica's gtid_mode is not the instance's own. */
  readonly gtidModesDiffer: boolean;
  /** Replicas, those in downtime left out, that have transactions their source never had, and which. */
  readonly errantReplicas: readonly { readonly instance: InstanceKey; readonly gtids: string }[];
}

export function structureOf(
  { instance, server, replicas }: { instance: Instance; server: Server; replicas: readonly Instance[] },
  now: number,
): Structure {
  const logging = replicas.flatMap((replica) => (isLogging(replica.server) ? [replica.server] : []));
  const formats = new Set(logging.map(({ binlogFormat }) => binlogFormat.toUpperCase()));
  const valid = replicas.filter(isCheckValid);
  const all = (which: (replica: Instance) => boolean) => valid.length > 0 && valid.every(which);
  return {
    loggingReplicas: logging.length,
    loggingFormats: {
      statement: formats.has('STATEMENT'),
      mixed: formats.has('MIXED'),
      row: formats.has('ROW'),
    },
    loggingMajorVersions: new Set(logging.map(majorVersionOf)).size,
    allByMysqlGtid: all((replica) => replica.server?.replication?.position === 'mysql-gtid'),
    allByMariadbGtid: all((replica) => replica.server?.replication?.position === 'mariadb-gtid'),
    allBinlogServers: all((replica) => replica.isBinlogServer),
    usesPseudoGtid: instance.usesPseudoGtid,
    gtidModesDiffer: replicas.some((replica) => replica.server?.gtidMode !== server.gtidMode),
    errantReplicas: replicas.flatMap((replica) =>
      replica.gtidErrant === '' || isDowntimed(replica, now)
        ? []
        : [{ instance: replica.key, gtids: replica.gtidErrant }],
    ),
  };
}

function isLogging(server: Server | null): server is Server {
  return server?.logBin === true && server.logReplicaUpdates;
}
