import type { InstanceKey } from '../kernel/instance-key.ts';
import { type Coordinates, compareCoordinates } from './coordinates.ts';
import { type Echo, type Hindrance, isDetached, type Observation, type Server } from './observation.ts';
import type { Replacement } from './replaced.ts';

/** orchestrator's promotion rules, best first. */
export const promotionRules = ['must', 'prefer', 'neutral', 'prefer_not', 'must_not'] as const;
export type PromotionRule = (typeof promotionRules)[number];

/** When an instance was looked at, in milliseconds since 1970; 0 for never. */
export interface Checks {
  /** The last look that ended, well or not. */
  readonly checkedAt: number;
  /** The last look that began. */
  readonly attemptedAt: number;
  /** The last look that read everything. */
  readonly seenAt: number;
  /** The last sign of life, be it only an answer to a pulse. */
  readonly heardAt: number;
  /** The last failing look got an answer to its first question. */
  readonly partial: boolean;
  /** What came back to the last look, and its sentence where it did not read everything. */
  readonly echo: Echo;
  readonly hindrance: Hindrance | null;
  readonly error: string | null;
  /** When the first of the looks began to which nothing of the server's own came back; null while it answers anything. */
  readonly unheardSince: number | null;
  /** About the least that a reading over a kept connection takes, in milliseconds; null where there was none. */
  readonly answerMs: number | null;
  /** It fell silent over a connection that had served before, so not only new ones get no answer. */
  readonly fellSilent: boolean;
}

/** A person's word that an instance is not to be acted upon until `until`. */
export interface Downtime {
  readonly owner: string;
  readonly reason: string;
  readonly until: number;
}

/** One instance as it is known: the last full reading, how fresh it is, and what people said of it. */
export interface Instance {
  readonly key: InstanceKey;
  /** orchestrator's cluster name: host:port of the cluster's primary when last known. */
  readonly clusterName: string;
  readonly checks: Checks;
  /** The last full reading; null for an instance that never answered. */
  readonly server: Server | null;
  readonly depth: number;
  readonly isCoPrimary: boolean;
  readonly alias: string;
  readonly dataCenter: string;
  readonly region: string;
  readonly environment: string;
  readonly promotionRule: PromotionRule;
  /** DetectSemiSyncEnforcedQuery: who comes first in semi-sync, 0 for never; null where nobody has said. */
  readonly semiSyncPriority: number | null;
  readonly downtime: Downtime | null;
  readonly inMaintenance: boolean;
  /** Another is the primary in its place; null where none is. */
  readonly replaced: Replacement | null;
  /** Own binlog coordinates that have not moved since `since`. */
  readonly staleCoordinates: { readonly coordinates: Coordinates; readonly since: number } | null;
  readonly group: GroupMembership | null;
  readonly gtidErrant: string;
  /** When it was last seen to acknowledge what its source commits (semi-sync), milliseconds since 1970; 0 for never. */
  readonly acknowledgedAt: number;
  readonly isBinlogServer: boolean;
  readonly usesPseudoGtid: boolean;
}

export interface GroupMembership {
  readonly name: string;
  readonly state: string;
  readonly role: string;
}

/** All that is known at one moment: the only thing analysis may look at. */
export interface Snapshot {
  readonly takenAt: number;
  readonly instances: readonly Instance[];
}

/** The replicas of every instance that has any, in one walk through the snapshot. */
export function replicasBySource(snapshot: Snapshot): ReadonlyMap<InstanceKey, readonly Instance[]> {
  const found = new Map<InstanceKey, Instance[]>();
  for (const instance of snapshot.instances) {
    const source = instance.server?.replication?.source;
    if (source === undefined) continue;
    const replicas = found.get(source) ?? [];
    replicas.push(instance);
    found.set(source, replicas);
  }
  return found;
}

/** Those of these instances that replicate from `source`. */
export function replicasAmong(instances: readonly Instance[], source: InstanceKey): readonly Instance[] {
  return instances.filter(({ server }) => server?.replication?.source === source);
}

/** The last look read everything. */
export function isCheckValid({ checks }: Instance): boolean {
  return checks.seenAt > 0 && checks.checkedAt <= checks.seenAt;
}

/** A downtime that has not run out at `now`, milliseconds since 1970. */
export function isDowntimed({ downtime }: Instance, now: number): boolean {
  return downtime !== null && downtime.until > now;
}

/** An instance of which only the address is known. */
export function newInstance(key: InstanceKey): Instance {
  return {
    key,
    clusterName: key,
    checks: neverLooked(),
    server: null,
    depth: 0,
    isCoPrimary: false,
    alias: '',
    dataCenter: '',
    region: '',
    environment: '',
    promotionRule: 'neutral',
    semiSyncPriority: null,
    downtime: null,
    inMaintenance: false,
    replaced: null,
    staleCoordinates: null,
    group: null,
    gtidErrant: '',
    acknowledgedAt: 0,
    isBinlogServer: false,
    usesPseudoGtid: false,
  };
}

/** The checks of an instance that nobody has looked at in this life of the controller. */
export function neverLooked(): Checks {
  return {
    checkedAt: 0,
    attemptedAt: 0,
    seenAt: 0,
    heardAt: 0,
    partial: false,
    echo: 'silent',
    hindrance: null,
    error: null,
    unheardSince: null,
    answerMs: null,
    fellSilent: false,
  };
}

/** Takes a newer look into what was known; a look that failed keeps the last full reading. */
export function withObservation(known: Instance, seen: Observation): Instance {
  const read = seen.outcome === 'read';
  return {
    ...known,
    server: read ? seen.server : known.server,
    group: read ? (seen.server?.group ?? null) : known.group,
    staleCoordinates: read ? standstill(known, seen) : known.staleCoordinates,
    acknowledgedAt: acknowledges(seen) ? seen.at : known.acknowledgedAt,
    checks: {
      checkedAt: seen.at,
      attemptedAt: Math.max(known.checks.attemptedAt, seen.at - seen.tookMs),
      seenAt: read ? seen.at : known.checks.seenAt,
      heardAt: seen.echo === 'answered' ? seen.at : known.checks.heardAt,
      partial: seen.outcome === 'partial',
      echo: seen.echo,
      hindrance: seen.hindrance ?? null,
      error: seen.error,
      unheardSince: seen.echo === 'answered' ? null : (known.checks.unheardSince ?? seen.at - seen.tookMs),
      answerMs: answerTime(known.checks.answerMs, seen),
      fellSilent:
        seen.echo !== 'answered' &&
        (known.checks.fellSilent || (seen.echo === 'silent' && seen.overKept === true)),
    },
  };
}

function acknowledges({ server }: Observation): boolean {
  return server?.semiSync.replicaStatus === true && server.replication?.ioThread === 'running';
}

/**
 * Where the log of a primary stands whose commits wait for more semi-sync replicas than there are. One that has
 * stood there for long is taken for locked (orchestrator 3.2.6, section 2.6).
 */
function standstill(
  { staleCoordinates }: Instance,
  { server, at }: Observation,
): Instance['staleCoordinates'] {
  const { semiSync, binlogCoordinates } = server ?? {};
  if (semiSync === undefined || !semiSync.primaryEnabled || !semiSync.primaryStatus) return null;
  if (binlogCoordinates == null || semiSync.clients >= semiSync.waitForReplicas) return null;
  const stood =
    staleCoordinates !== null && compareCoordinates(staleCoordinates.coordinates, binlogCoordinates) === 0;
  return stood ? staleCoordinates : { coordinates: binlogCoordinates, since: at };
}

/**
 * Whom an instance follows: its source, be it detached from it, or where it is a secondary of a replication group, the
 * group's primary, so that a group is one cluster (orchestrator 3.2.6, section 7 row 10).
 */
export function upstreamOf({ key, server }: Pick<Instance, 'key' | 'server'>): InstanceKey | null {
  const detachedFrom = server !== null && isDetached(server) ? server.detachedFrom : null;
  const source = server?.replication?.source ?? detachedFrom;
  const group = server?.group ?? null;
  if (source !== null || group?.role !== 'SECONDARY') return source;
  const primary = group.members.find(({ role }) => role === 'PRIMARY');
  return primary === undefined || primary.key === key ? null : primary.key;
}

/** Follows the least at once and what is more only slowly, so that a busy moment does not make a server look far away. */
function answerTime(known: number | null, { outcome, overKept, tookMs }: Observation): number | null {
  if (outcome !== 'read' || overKept !== true) return known;
  return known === null ? tookMs : Math.min(tookMs, known * 1.1 + 1);
}
