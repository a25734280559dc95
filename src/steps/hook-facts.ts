import type { DetectionStory } from '../../workflows/detection.ts';
import type { RecoveryStory } from '../../workflows/recovery.ts';
import type { HookFacts } from '../engine/ports.ts';
import { compareKeys } from '../kernel/instance-key.ts';
import { coordinatesText } from '../topology/coordinates.ts';
import type { StepWorld } from './step-world.ts';

/** The name a recovery keeps from its detection to its last hook: a detection's uid is this with a prefix. */
const detectionPrefix = 'detection/';

export function detectionUid(recoveryUid: string): string {
  return `${detectionPrefix}${recoveryUid}`;
}

export function recoveryUidOf(uid: string): string {
  return uid.startsWith(detectionPrefix) ? uid.slice(detectionPrefix.length) : uid;
}

/** What hooks are told of a failure and of what has come of it so far (orchestrator 3.2.6, section 1.4). */
export function hookFacts(world: StepWorld, story: DetectionStory | RecoveryStory, uid: string): HookFacts {
  const { finding, cluster } = story;
  const { settings } = world;
  const successor = 'successor' in story ? story.successor : null;
  const members = world.inventory.members(cluster.id);
  const promoted = members.find(({ key }) => key === successor);
  const coordinates = promoted?.server?.binlogCoordinates ?? null;
  return {
    failureType: finding.code,
    instanceType: finding.instanceType,
    isMaster: finding.isPrimary,
    isCoMaster: finding.isCoPrimary,
    failureDescription: finding.description,
    command: '',
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
    isSuccessful: successor !== null,
    successor:
      successor === null
        ? null
        : {
            instance: successor,
            alias: promoted?.alias ?? '',
            binlogCoordinates: coordinates === null ? null : coordinatesText(coordinates),
          },
    lostReplicas: 'lost' in story ? story.lost.map(({ instance }) => instance).toSorted(compareKeys) : [],
    replicas: finding.replicas.toSorted(compareKeys),
  };
}
