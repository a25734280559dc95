import type { Facts } from './facts.ts';
import type { Emergency, Treatment } from './finding.ts';

/**
 * One row of the decision table. `code` and `description` are what hooks, the API and orchestrator's
 * users know a failure by; `because` is what we say of it.
 */
export interface Row {
  readonly code: string;
  readonly description: string;
  readonly because: string;
  readonly treatment: Treatment;
  /** Nothing where it is absent. */
  readonly emergency?: Emergency;
  readonly when: (facts: Facts) => boolean;
}

const deadMaster = 'Master cannot be reached by orchestrator and none of its replicas is replicating';
const unreachableMaster =
  'Master cannot be reached by orchestrator but it has replicating replicas; possibly a network/host issue';
const replicasIdle = 'Master is reachable but none of its replicas is replicating';

/**
 * The decision table for everything but members of replication groups. Rows are tried from the top
 * and the first that matches names the finding (orchestrator 3.2.6, sections 2.2 and 3.1).
 */
export const table = [
  {
    code: 'DeadMasterWithoutReplicas',
    description: 'Master cannot be reached by orchestrator and has no replica',
    because: 'the primary cannot be reached, and it has no replica that could take its place',
    treatment: 'none',
    when: (f) => f.isPrimary && !f.reachable && f.replicas === 0,
  },
  {
    code: 'DeadMaster',
    description: deadMaster,
    because: 'the primary cannot be reached, all its replicas can, and none of them replicates',
    treatment: 'dead-primary',
    when: (f) => f.isPrimary && !f.reachable && allValid(f) && f.replicatingReplicas === 0,
  },
  {
    code: 'DeadMasterAndReplicas',
    description: deadMaster,
    because: 'neither the primary nor any of its replicas can be reached',
    treatment: 'announce',
    emergency: 'look-again',
    when: (f) => f.isPrimary && !f.reachable && f.validReplicas === 0,
  },
  {
    code: 'DeadMasterAndSomeReplicas',
    description:
      'Master cannot be reached by orchestrator; some of its replicas are unreachable and none of its reachable replicas is replicating',
    because: 'the primary and some replicas cannot be reached, and the replicas that can do not replicate',
    treatment: 'dead-primary',
    when: (f) => f.isPrimary && !f.reachable && someValid(f) && f.replicatingReplicas === 0,
  },
  {
    code: 'UnreachableMasterWithLaggingReplicas',
    description: 'Master cannot be reached by orchestrator and all of its replicas are lagging',
    because: 'the primary cannot be reached; all its replicas lag, so they may not have noticed yet',
    treatment: 'announce',
    emergency: 'ask-replicas',
    when: (f) => f.isPrimary && !f.reachable && allLag(f) && f.replicatingReplicas > 0,
  },
  {
    code: 'UnreachableMaster',
    description: unreachableMaster,
    because: 'the primary cannot be reached, yet replicas still replicate from it',
    treatment: 'announce',
    emergency: 'ask-replicas',
    when: (f) => f.isPrimary && !f.reachable && !f.answersInPart && f.replicatingReplicas > 0,
  },
  {
    code: 'UnreachableMaster',
    description: unreachableMaster,
    because: 'the primary answers in part only, some replicas cannot connect to it and others replicate',
    treatment: 'announce',
    emergency: 'ask-replicas',
    when: (f) =>
      f.isPrimary &&
      !f.reachable &&
      f.answersInPart &&
      f.replicasFailingToConnect > 0 &&
      f.replicatingReplicas > 0,
  },
  {
    code: 'LockedSemiSyncMaster',
    description: "Semi sync master is locked since it doesn't get enough replica acknowledgements",
    because: 'the primary waits for more semi-sync replicas than it has, and has written nothing for long',
    treatment: 'semi-sync',
    when: (f) => f.isPrimary && lacksClients(f) && f.semiSync.standsStill,
  },
  {
    code: 'LockedSemiSyncMasterHypothesis',
    description: 'Semi sync master seems to be locked, more samplings needed to validate',
    because:
      'the primary waits for more semi-sync replicas than it has; whether it stands still is not known yet',
    treatment: 'none',
    emergency: 'look-again',
    when: (f) => f.isPrimary && lacksClients(f),
  },
  {
    code: 'MasterWithTooManySemiSyncReplicas',
    description: 'Semi sync master has more semi sync replicas than configured',
    because: 'the primary has more semi-sync replicas than it waits for, and the number shall be exact',
    treatment: 'semi-sync',
    when: (f) =>
      f.semiSync.mustBeExact && f.isPrimary && semiSyncWaits(f) && f.semiSync.clients > f.semiSync.wanted,
  },
  {
    code: 'NoWriteableMasterStructureWarning',
    description: 'Master with replicas is read_only',
    because: 'the primary can be reached and has replicas, but takes no writes',
    treatment: 'non-writeable-primary',
    when: (f) =>
      f.isPrimary && f.reachable && f.readOnly && f.replicatingReplicas > 0 && f.recoversNonWriteable,
  },
  {
    code: 'MasterSingleReplicaNotReplicating',
    description: 'Master is reachable but its single replica is not replicating',
    because: 'the only replica of the primary can be reached and does not replicate',
    treatment: 'none',
    when: (f) => f.isPrimary && f.reachable && f.replicas === 1 && allValid(f) && f.replicatingReplicas === 0,
  },
  {
    code: 'MasterSingleReplicaDead',
    description: 'Master is reachable but its single replica is dead',
    because: 'the only replica of the primary cannot be reached',
    treatment: 'none',
    when: (f) => f.isPrimary && f.reachable && f.replicas === 1 && f.validReplicas === 0,
  },
  {
    code: 'AllMasterReplicasNotReplicating',
    description: replicasIdle,
    because: 'the primary and all its replicas can be reached, and none of them replicates',
    treatment: 'announce',
    emergency: 'look-again',
    when: (f) => f.isPrimary && f.reachable && f.replicas > 1 && allValid(f) && f.replicatingReplicas === 0,
  },
  {
    code: 'AllMasterReplicasNotReplicatingOrDead',
    description: replicasIdle,
    because: 'the primary can be reached; some replicas cannot, and the others do not replicate',
    treatment: 'announce',
    emergency: 'look-again',
    when: (f) => f.isPrimary && f.reachable && f.replicas > 1 && someValid(f) && f.replicatingReplicas === 0,
  },
  {
    code: 'DeadCoMaster',
    description: 'Co-master cannot be reached by orchestrator and none of its replicas is replicating',
    because: 'the co-primary cannot be reached, all its replicas can, and none of them replicates',
    treatment: 'dead-co-primary',
    when: (f) =>
      f.isCoPrimary && !f.reachable && f.replicas > 0 && allValid(f) && f.replicatingReplicas === 0,
  },
  {
    code: 'DeadCoMasterAndSomeReplicas',
    description:
      'Co-master cannot be reached by orchestrator; some of its replicas are unreachable and none of its reachable replicas is replicating',
    because: 'the co-primary and some replicas cannot be reached, and the replicas that can do not replicate',
    treatment: 'dead-co-primary',
    when: (f) => f.isCoPrimary && !f.reachable && someValid(f) && f.replicatingReplicas === 0,
  },
  {
    code: 'UnreachableCoMaster',
    description:
      'Co-master cannot be reached by orchestrator but it has replicating replicas; possibly a network/host issue',
    because: 'the co-primary cannot be reached, yet replicas still replicate from it',
    treatment: 'none',
    emergency: 'ask-replicas',
    when: (f) => f.isCoPrimary && !f.reachable && !f.answersInPart && f.replicatingReplicas > 0,
  },
  {
    code: 'AllCoMasterReplicasNotReplicating',
    description: 'Co-master is reachable but none of its replicas is replicating',
    because: 'the co-primary can be reached and none of its replicas replicates',
    treatment: 'none',
    when: (f) => f.isCoPrimary && f.reachable && f.replicas > 0 && f.replicatingReplicas === 0,
  },
  {
    code: 'DeadIntermediateMasterWithSingleReplicaFailingToConnect',
    description:
      'Intermediate master cannot be reached by orchestrator and its (single) replica is failing to connect',
    because: 'the intermediate source cannot be reached, and its only replica cannot connect to it either',
    treatment: 'dead-intermediate',
    when: (f) =>
      !f.isPrimary &&
      !f.reachable &&
      f.replicas === 1 &&
      allValid(f) &&
      f.replicasFailingToConnect === 1 &&
      f.replicatingReplicas === 0,
  },
  {
    code: 'DeadIntermediateMasterWithSingleReplica',
    description:
      'Intermediate master cannot be reached by orchestrator and its (single) replica is not replicating',
    because: 'the intermediate source cannot be reached, and its only replica does not replicate',
    treatment: 'none',
    when: (f) =>
      !f.isPrimary && !f.reachable && f.replicas === 1 && allValid(f) && f.replicatingReplicas === 0,
  },
  {
    code: 'DeadIntermediateMaster',
    description:
      'Intermediate master cannot be reached by orchestrator and none of its replicas is replicating',
    because: 'the intermediate source cannot be reached, all its replicas can, and none of them replicates',
    treatment: 'dead-intermediate',
    when: (f) => !f.isPrimary && !f.reachable && f.replicas > 1 && allValid(f) && f.replicatingReplicas === 0,
  },
  {
    code: 'DeadIntermediateMasterAndSomeReplicas',
    description:
      'Intermediate master cannot be reached by orchestrator; some of its replicas are unreachable and none of its reachable replicas is replicating',
    because:
      'the intermediate source and some replicas cannot be reached, and the replicas that can do not replicate',
    treatment: 'dead-intermediate',
    when: (f) => !f.isPrimary && !f.reachable && someValid(f) && f.replicatingReplicas === 0,
  },
  {
    code: 'DeadIntermediateMasterAndReplicas',
    description:
      'Intermediate master cannot be reached by orchestrator and all of its replicas are unreachable',
    because: 'neither the intermediate source nor any of its replicas can be reached',
    treatment: 'announce',
    when: (f) => !f.isPrimary && !f.reachable && f.replicas > 0 && f.validReplicas === 0,
  },
  {
    code: 'UnreachableIntermediateMasterWithLaggingReplicas',
    description: 'Intermediate master cannot be reached by orchestrator and all of its replicas are lagging',
    because:
      'the intermediate source cannot be reached; all its replicas lag, so they may not have noticed yet',
    treatment: 'announce',
    emergency: 'ask-replicas',
    when: (f) => !f.isPrimary && !f.reachable && allLag(f) && f.replicatingReplicas > 0,
  },
  {
    code: 'UnreachableIntermediateMaster',
    description:
      'Intermediate master cannot be reached by orchestrator but it has replicating replicas; possibly a network/host issue',
    because: 'the intermediate source cannot be reached, yet replicas still replicate from it',
    treatment: 'none',
    emergency: 'ask-replicas',
    when: (f) => !f.isPrimary && !f.reachable && !f.answersInPart && f.replicatingReplicas > 0,
  },
  {
    code: 'AllIntermediateMasterReplicasFailingToConnectOrDead',
    description: 'Intermediate master is reachable but all of its replicas are failing to connect',
    because: 'the intermediate source can be reached by us, but by none of its replicas',
    treatment: 'dead-intermediate',
    when: (f) =>
      !f.isPrimary &&
      f.reachable &&
      f.replicas > 1 &&
      f.replicatingReplicas === 0 &&
      f.replicasFailingToConnect > 0 &&
      f.replicasFailingToConnect === f.validReplicas,
  },
  {
    code: 'AllIntermediateMasterReplicasNotReplicating',
    description: 'Intermediate master is reachable but none of its replicas is replicating',
    because: 'the intermediate source can be reached and none of its replicas replicates',
    treatment: 'none',
    when: (f) => !f.isPrimary && f.reachable && f.replicas > 0 && f.replicatingReplicas === 0,
  },
  {
    code: 'BinlogServerFailingToConnectToMaster',
    description: 'Binlog server is unable to connect to its master',
    because: 'the binlog server says that it cannot connect to its source',
    treatment: 'none',
    when: (f) => f.isBinlogServer && f.failsToConnect,
  },
  {
    code: 'FirstTierReplicaFailingToConnectToMaster',
    description:
      '1st tier replica (directly replicating from topology master) is unable to connect to the master',
    because: 'a direct replica of the primary says that it cannot connect to it',
    treatment: 'none',
    emergency: 'look-at-source',
    when: (f) => f.depth === 1 && f.failsToConnect,
  },
] as const satisfies readonly Row[];

/** The one row for members of replication groups, of which no other row speaks. */
export const groupTable = [
  {
    code: 'DeadReplicationGroupMemberWithReplicas',
    description: 'Group member is unreachable and all its reachable replicas are not replicating',
    because: 'the group member cannot be reached, and none of its reachable replicas replicates',
    treatment: 'dead-group-member',
    when: (f) => !f.reachable && f.replicas > 0 && f.replicatingReplicas === 0,
  },
] as const satisfies readonly Row[];

export type FindingCode = (typeof table | typeof groupTable)[number]['code'];

/** Null where nothing is wrong. */
export function rowFor(facts: Facts): Row | null {
  const rows: readonly Row[] = facts.isGroupMember ? groupTable : table;
  return rows.find(({ when }) => when(facts)) ?? null;
}

function allValid(f: Facts): boolean {
  return f.validReplicas === f.replicas;
}

function someValid(f: Facts): boolean {
  return f.validReplicas > 0 && f.validReplicas < f.replicas;
}

/** Not where all lag on purpose: they say nothing then. */
function allLag(f: Facts): boolean {
  return f.laggingReplicas === f.replicas && f.delayedReplicas < f.replicas;
}

function semiSyncWaits({ semiSync }: Facts): boolean {
  return semiSync.enabled && semiSync.inForce && semiSync.wanted > 0;
}

function lacksClients(f: Facts): boolean {
  return semiSyncWaits(f) && f.semiSync.clients < f.semiSync.wanted;
}
