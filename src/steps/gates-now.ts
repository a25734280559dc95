import { recovery } from '../../workflows/recovery.ts';
import type { Finding } from '../analysis/finding.ts';
import { type Gate, gatesOf } from '../analysis/gates.ts';
import type { Cluster } from '../topology/cluster.ts';
import type { StepWorld } from './step-world.ts';

/** How every gate stands for this finding at this moment: what deciding, explaining and waiting all ask. */
export async function gatesNow(
  { journal, settings }: StepWorld,
  finding: Finding,
  cluster: Cluster,
  now: number,
): Promise<readonly Gate[]> {
  const runs = await journal.list({ workflow: recovery.name, subject: cluster.id, limit: 1 });
  const anywhere = await journal.list({ workflow: recovery.name, limit: Math.max(1, settings.brake.most) });
  return gatesOf(finding, {
    cluster,
    now,
    automatic: settings.autoMasterRecovery(cluster),
    disabledBecause: settings.disabledBecause(),
    recoveries: runs.map(({ opening, endedAt, acknowledged }) => ({
      uid: opening.uid,
      endedAt,
      acknowledged: acknowledged !== null,
    })),
    quietMs: settings.quietMs,
    openedAt: anywhere.map(({ opening }) => opening.at),
    brake: settings.brake,
  });
}
