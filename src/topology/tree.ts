import { compareKeys, type InstanceKey } from '../kernel/instance-key.ts';
import { isCoPrimary } from './clusters.ts';
import { isDetached, isReplicating, type Server, usesGtid } from './observation.ts';
import { type Instance, isCheckValid, isDowntimed } from './snapshot.ts';

/** The moment that a tree is drawn for, and what counts as fresh and as lagging then. */
export interface TreeView {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly instancePollSeconds: number;
  readonly reasonableMaintenanceReplicationLagSeconds: number;
}

/**
 * A cluster as a tree in text, one line an instance, as orchestrator-client's `topology` prints it
 * (orchestrator 3.2.6): `+` before a replica that replicates and was read lately, `-` before one that
 * does not; then lag, state, version, ro or rw, binlog format and whatever else is worth a word.
 */
export function topologyText(instances: readonly Instance[], view: TreeView): string {
  const entries = entriesOf(instances);
  const width = Math.max(0, ...entries.map((entry) => head(entry, view).length));
  return entries
    .map((entry) => `${head(entry, view).padEnd(width)} [${words(entry.instance, view).join(',')}]`)
    .join('\n');
}

interface Entry {
  readonly instance: Instance;
  readonly depth: number;
}

/**
 * Every instance below the one it replicates from, and once only. Co-primaries stand side by side
 * and one step in, for neither is above the other.
 */
function entriesOf(instances: readonly Instance[]): Entry[] {
  const inOrder = instances.toSorted((a, b) => compareKeys(a.key, b.key));
  const members = new Map(inOrder.map((each) => [each.key, { ...each, source: sourceOf(each) }]));
  const goesRound = new Set(inOrder.filter(({ key }) => isCoPrimary(key, members)));
  const branch = (instance: Instance, depth: number): Entry[] => {
    const replicas = inOrder.filter((each) => sourceOf(each) === instance.key && !goesRound.has(each));
    return [{ instance, depth }, ...replicas.flatMap((replica) => branch(replica, depth + 1))];
  };
  return inOrder.flatMap((instance) => {
    if (goesRound.has(instance)) return branch(instance, 1);
    const source = sourceOf(instance);
    return source === null || !members.has(source) ? branch(instance, 0) : [];
  });
}

function head({ instance, depth }: Entry, view: TreeView): string {
  const alias = instance.alias === '' ? '' : ` (${instance.alias})`;
  const name = `${instance.key}${alias}`;
  if (depth === 0) return name;
  const healthy = isReplicating(instance.server) && isCheckValid(instance) && isFresh(instance, view);
  return `${'  '.repeat(depth - 1)}${healthy ? '+' : '-'} ${name}`;
}

function words(instance: Instance, view: TreeView): string[] {
  const { server } = instance;
  return [
    lag(instance, view),
    state(instance, view),
    ...(server === null ? [] : properties(server, instance)),
    instance.replaced === null ? '' : 'replaced',
    isDowntimed(instance, view.now) ? 'downtimed' : '',
  ].filter((word) => word !== '');
}

function lag(instance: Instance, view: TreeView): string {
  if (!isCheckValid(instance) || !isFresh(instance, view)) return 'unknown';
  const replication = instance.server?.replication ?? null;
  if (replication === null) return '0s';
  if (!isReplicating(instance.server) || replication.lagSeconds === null) return 'null';
  return `${replication.lagSeconds}s`;
}

function state(instance: Instance, view: TreeView): string {
  if (!isCheckValid(instance)) return 'invalid';
  if (!isFresh(instance, view)) return 'unchecked';
  const replication = instance.server?.replication ?? null;
  if (replication === null) return 'ok';
  if (!isReplicating(instance.server)) return 'nonreplicating';
  return (replication.lagSeconds ?? 0) > view.reasonableMaintenanceReplicationLagSeconds ? 'lag' : 'ok';
}

function properties(server: Server, { gtidErrant, usesPseudoGtid }: Instance): string[] {
  const { semiSync } = server;
  return [
    server.version,
    server.readOnly ? 'ro' : 'rw',
    server.logBin ? server.binlogFormat : 'nobinlog',
    server.logBin && server.logReplicaUpdates ? '>>' : '',
    usesGtid(server) ? (gtidErrant === '' ? 'GTID' : 'GTID:errant') : '',
    usesPseudoGtid ? 'P-GTID' : '',
    semiSync.primaryStatus ? 'semi:master' : '',
    semiSync.replicaStatus ? 'semi:replica' : '',
    server.detachedFrom === null ? '' : 'detached',
  ];
}

/** orchestrator calls recent what is not older than five polls. */
function isFresh({ checks }: Instance, { now, instancePollSeconds }: TreeView): boolean {
  return now - checks.checkedAt <= 5 * instancePollSeconds * 1_000;
}

function sourceOf({ server }: Instance): InstanceKey | null {
  const detachedFrom = server !== null && isDetached(server) ? server.detachedFrom : null;
  return server?.replication?.source ?? detachedFrom;
}
