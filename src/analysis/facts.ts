import { compareCoordinates } from '../topology/coordinates.ts';
import { isLost } from '../topology/lost.ts';
import {
  type Echo,
  type Hindrance,
  isDelayed,
  isDetached,
  isReplicating,
  type Replication,
  type Server,
} from '../topology/observation.ts';
import { type Instance, isCheckValid, isDowntimed } from '../topology/snapshot.ts';
import type { AnalysisSettings } from './settings.ts';

/**
 * What the decision table is written in: one instance and the sum of its direct replicas, computed
 * once and then only read (orchestrator 3.2.6, section 2.1). Where an instance cannot be reached,
 * what it last said of itself stands.
 */
export interface Facts {
  /** It replicates from nothing, and if it is in a replication group, it is the group's primary. */
  readonly isPrimary: boolean;
  readonly isCoPrimary: boolean;
  readonly isGroupMember: boolean;
  readonly isBinlogServer: boolean;
  readonly depth: number;
  readonly isDowntimed: boolean;
  /** A recovery has put another in its place, and it does not follow that one. */
  readonly isReplaced: boolean;
  /** It stays in the cluster of whoever has taken its place, and may follow that one again. */
  readonly hasSuccessor: boolean;

  /** Its last look read everything, and no look has been under way for much too long since. */
  readonly reachable: boolean;
  /** The last look that failed got its first question answered. */
  readonly answersInPart: boolean;
  /** What came back to the last look, and what was said of that look where it did not read everything. */
  readonly echo: Echo;
  readonly words: string | null;
  /** Why it could not be read although it answers. */
  readonly hindrance: Hindrance | null;
  /** What it keeps from our account, a sentence each. */
  readonly lacks: readonly string[];
  /** Milliseconds since it last gave any sign of life, and since it was last read. */
  readonly silentMs: number;
  readonly unreadMs: number;
  readonly readOnly: boolean;
  /** It is a replica that applies, and says that it cannot connect to its source. */
  readonly failsToConnect: boolean;

  readonly replicas: number;
  /** Replicas whose last look read everything. */
  readonly validReplicas: number;
  /** Valid replicas that receive and apply. */
  readonly replicatingReplicas: number;
  /** Valid replicas whose connection to this instance stands, whether they apply or not. */
  readonly connectedReplicas: number;
  /** Valid replicas that try to connect to this instance and have not succeeded: the witnesses of its death. */
  readonly tryingReplicas: number;
  /** Valid replicas that say they cannot connect to this instance. */
  readonly replicasFailingToConnect: number;
  readonly laggingReplicas: number;
  /** Replicas that lag on purpose. */
  readonly delayedReplicas: number;
  readonly downtimedReplicas: number;

  readonly semiSync: SemiSyncFacts;
  readonly recoversNonWriteable: boolean;
}

export interface SemiSyncFacts {
  readonly enabled: boolean;
  /** Commits really wait for replicas. */
  readonly inForce: boolean;
  /** How many replicas a commit waits for, and how many there are. */
  readonly wanted: number;
  readonly clients: number;
  /** Nothing has been written for as long as a lock is believed. */
  readonly standsStill: boolean;
  readonly mustBeExact: boolean;
}

/** `now` is the snapshot's moment, milliseconds since 1970; `replicas` are those of `instance`. */
export function factsAbout(
  { instance, server, replicas }: { instance: Instance; server: Server; replicas: readonly Instance[] },
  { now, settings }: { now: number; settings: AnalysisSettings },
): Facts {
  const valid = replicas.filter(isCheckValid);
  const count = (which: (replica: Instance) => boolean) => replicas.filter(which).length;
  const { group } = instance;
  return {
    isPrimary:
      server.replication === null && !isDetached(server) && (group === null || group.role === 'PRIMARY'),
    isCoPrimary: instance.isCoPrimary || replicas.some((replica) => replica.isCoPrimary),
    isGroupMember: group !== null && group.state !== 'OFFLINE',
    isBinlogServer: instance.isBinlogServer,
    depth: instance.depth,
    isDowntimed: isDowntimed(instance, now),
    isReplaced: isLost(instance),
    hasSuccessor: instance.replaced !== null,

    reachable: isCheckValid(instance) && !isHanging(instance, settings),
    answersInPart: instance.checks.partial,
    echo: instance.checks.echo,
    words: instance.checks.error,
    hindrance: instance.checks.hindrance,
    lacks: server.lacks,
    silentMs: now - Math.max(instance.checks.heardAt, instance.checks.seenAt),
    unreadMs: now - instance.checks.seenAt,
    readOnly: server.readOnly,
    failsToConnect: failsToConnect(server.replication),

    replicas: replicas.length,
    validReplicas: valid.length,
    replicatingReplicas: valid.filter((replica) => isReplicating(replica.server)).length,
    connectedReplicas: valid.filter((replica) => replicationOf(replica)?.ioThread === 'running').length,
    tryingReplicas: valid.filter((replica) => replicationOf(replica)?.ioThread === 'connecting').length,
    replicasFailingToConnect: valid.filter((replica) => failsToConnect(replicationOf(replica))).length,
    laggingReplicas: count(
      (replica) => (replicationOf(replica)?.lagSeconds ?? 0) > settings.reasonableReplicationLagSeconds,
    ),
    delayedReplicas: count((replica) => isDelayed(replica.server)),
    downtimedReplicas: count((replica) => isDowntimed(replica, now)),

    semiSync: {
      enabled: server.semiSync.primaryEnabled,
      inForce: server.semiSync.primaryStatus,
      wanted: server.semiSync.waitForReplicas,
      clients: server.semiSync.clients,
      standsStill: standsStill(
        instance,
        server,
        now - settings.reasonableLockedSemiSyncMasterSeconds * 1_000,
      ),
      // MariaDB always waits for one and cannot be told how many there shall be.
      mustBeExact: settings.enforceExactSemiSyncReplicas && server.flavour !== 'mariadb',
    },
    recoversNonWriteable: settings.recoverNonWriteableMaster,
  };
}

/** The last look began so long after the last reading that its answer should have come. */
function isHanging({ checks }: Instance, settings: AnalysisSettings): boolean {
  const patience = settings.instancePollSeconds + settings.reasonableInstanceCheckSeconds;
  return checks.attemptedAt > checks.seenAt + patience * 1_000;
}

/** Newer MySQL says "source" where orchestrator's pattern has only "master". */
const connectionError = /error .*connecting to (master|source)/is;

function failsToConnect(replication: Replication | null): boolean {
  if (replication === null || replication.ioThread === 'running') return false;
  return replication.sqlThread === 'running' && connectionError.test(replication.lastIoError);
}

function standsStill({ staleCoordinates }: Instance, { binlogCoordinates }: Server, before: number): boolean {
  if (staleCoordinates === null || binlogCoordinates === null) return false;
  const { coordinates, since } = staleCoordinates;
  return compareCoordinates(coordinates, binlogCoordinates) === 0 && since < before;
}

function replicationOf({ server }: Instance): Replication | null {
  return server?.replication ?? null;
}
