import { type DetectionInput, detection } from '../../workflows/detection.ts';
import { actingNames, remedies } from '../../workflows/acting.ts';
import type { Finding } from '../analysis/finding.ts';
import { type Gate, type GateFacts, gatesOf } from '../analysis/gates.ts';
import type { RunSummary } from '../engine/ports.ts';
import type { Cluster } from '../topology/cluster.ts';
import type { StepSettings, StepWorld } from './step-world.ts';

/** A veto stands among the latest detections of its cluster: whatever else is found meanwhile is far fewer. */
const detectionsLookedAt = 50;

/** How every gate stands for this finding at this moment: what deciding, explaining and waiting all ask. */
export async function gatesNow(
  { journal, settings }: StepWorld,
  finding: Finding,
  cluster: Cluster,
  now: number,
): Promise<readonly Gate[]> {
  const subject = cluster.id;
  const runs = await journal.list({ workflow: actingNames, subject, limit: 1 });
  const anywhere = await journal.list({ workflow: actingNames, limit: Math.max(1, settings.brake.most) });
  const detections = await journal.list({ workflow: detection.name, subject, limit: detectionsLookedAt });
  return gatesOf(finding, {
    cluster,
    now,
    hasRemedy: remedies[finding.treatment] !== undefined,
    automatic: isAutomatic(settings, finding, cluster),
    disabledBecause: settings.disabledBecause(),
    recoveries: runs.map(({ opening, endedAt, acknowledged }) => ({
      uid: opening.uid,
      endedAt,
      acknowledged: acknowledged !== null,
    })),
    quietMs: settings.quietMs,
    veto: vetoOf(finding, detections, settings.vetoHoldsMs),
    openedAt: anywhere.map(({ opening }) => opening.at),
    brake: settings.brake,
  });
}

function isAutomatic(settings: StepSettings, { treatment }: Finding, cluster: Cluster): boolean {
  if (treatment === 'dead-intermediate' || treatment === 'dead-group-member')
    return settings.autoIntermediateMasterRecovery(cluster);
  if (treatment === 'non-writeable-primary') return true;
  return treatment === 'semi-sync' ? settings.semiSyncMending !== null : settings.autoMasterRecovery(cluster);
}

/** Acknowledged, or after its time, a veto is history. */
function vetoOf(
  { instance }: Finding,
  detections: readonly RunSummary[],
  holdsMs: number,
): GateFacts['veto'] {
  const last = detections.find(
    ({ opening, end }) =>
      end?.state === 'vetoed' && (opening.input as DetectionInput).finding.instance === instance,
  );
  if (last === undefined || last.end === null || last.acknowledged !== null) return null;
  const { reason } = last.end.output as { reason: string };
  return { uid: last.opening.uid, because: reason, until: last.opening.at + holdsMs };
}
