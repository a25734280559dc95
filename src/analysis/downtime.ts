import type { Facts } from './facts.ts';
import type { FindingCode } from './table.ts';

/** Findings whose cause lies in the replicas, so that the replicas' downtime explains them. */
const aboutReplicas: ReadonlySet<string> = new Set<FindingCode>([
  'AllMasterReplicasNotReplicating',
  'AllMasterReplicasNotReplicatingOrDead',
  'MasterSingleReplicaDead',
  'AllCoMasterReplicasNotReplicating',
  'DeadIntermediateMasterWithSingleReplica',
  'DeadIntermediateMasterWithSingleReplicaFailingToConnect',
  'DeadIntermediateMasterAndReplicas',
  'DeadIntermediateMasterAndSomeReplicas',
  'AllIntermediateMasterReplicasFailingToConnectOrDead',
  'AllIntermediateMasterReplicasNotReplicating',
]);

/**
 * Whether a finding is neither acted upon nor announced: the instance is in downtime, or the finding
 * is about its replicas and all of them are (orchestrator 3.2.6, section 2.4).
 */
export function isSkippedForDowntime(code: string, facts: Facts): boolean {
  if (facts.isDowntimed) return true;
  return aboutReplicas.has(code) && facts.downtimedReplicas === facts.replicas;
}
