import type { AllClearInput } from '../../workflows/all-clear.ts';
import type { RecoveryStory } from '../../workflows/recovery.ts';
import type { HookFacts } from '../engine/ports.ts';
import { compareKeys, type InstanceKey } from '../kernel/instance-key.ts';
import { coordinatesText } from '../topology/coordinates.ts';
import type { StepWorld } from './step-world.ts';

/** The name a recovery keeps from its detection to its last hook: the uids of what belongs to it are this with a prefix. */
export function detectionUid(recoveryUid: string): string {
  return `detection/${recoveryUid}`;
}

export function suspicionUid(recoveryUid: string): string {
  return `suspicion/${recoveryUid}`;
}

export function allClearUid(recoveryUid: string): string {
  return `all-clear/${recoveryUid}`;
}

export function returnUid(uid: string): string {
  return `return/${uid}`;
}

export function rejoinUid(uid: string): string {
  return `rejoin/${uid}`;
}

export function recoveryUidOf(uid: string): string {
  return uid.slice(uid.lastIndexOf('/') + 1);
}

/** What a run must know of itself for its hooks to be told. */
export type ToldStory = AllClearInput &
  Partial<Pick<RecoveryStory, 'request' | 'successor' | 'lost' | 'verdict'>> & {
    /** Who is to be, or was to be, the new primary of a planned takeover. */
    readonly designated?: InstanceKey | null;
  };

/** What hooks are told of a failure and of what has come of it so far (orchestrator 3.2.6, section 1.4). */
export function hookFacts(world: StepWorld, story: ToldStory, uid: string): HookFacts {
  const { finding, cluster } = story;
  const { settings } = world;
  const { request, lost = [] } = story;
  const successor = story.successor ?? story.designated ?? null;
  const members = world.inventory.members(cluster.id);
  const promoted = members.find(({ key }) => key === successor);
  const coordinates = promoted?.server?.binlogCoordinates ?? null;
  return {
    failureType: finding.code,
    instanceType: finding.instanceType,
    isMaster: finding.isPrimary,
    isCoMaster: finding.isCoPrimary,
    failureDescription: finding.description,
    command: request?.command ?? '',
    failed: finding.instance,
    failureCluster: cluster.name,
    failureClusterAlias: cluster.alias,
    failureClusterDomain: cluster.domain,
    countReplicas: finding.replicas.length,
    isDowntimed: finding.isDowntimed,
    autoMasterRecovery: settings.autoMasterRecovery(cluster),
    autoIntermediateMasterRecovery: settings.autoIntermediateMasterRecovery(cluster),
    orchestratorHost: settings.hostname,
    recoveryUid: recoveryUidOf(uid),
    isSuccessful: (story.successor ?? null) !== null,
    successor:
      successor === null
        ? null
        : {
            instance: successor,
            alias: promoted?.alias ?? '',
            binlogCoordinates: coordinates === null ? null : coordinatesText(coordinates),
          },
    lostReplicas: lost.map(({ instance }) => instance).toSorted(compareKeys),
    replicas: finding.replicas.toSorted(compareKeys),
    initiator: request?.who ?? 'automatic',
    reason: request?.why ?? finding.evidence,
    dataVerdict: story.verdict ?? null,
  };
}
