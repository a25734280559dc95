import { relocation } from '../../workflows/relocation.ts';
import { hasSucceeded } from '../../workflows/acting.ts';
import { RecoveryOutcome } from '../../workflows/recovery.ts';
import type { Finding } from '../analysis/finding.ts';
import type { End } from '../engine/drive.ts';
import type { Meter, Opening } from '../engine/ports.ts';
import type { Cluster } from '../topology/cluster.ts';

/** What has come of a run that changed a cluster, by the names of the servers; null where its own last sentence says it all. */
export function toldEnd({ workflow, input }: Opening, { state, output }: End): string | null {
  const { finding } = input as { finding: Finding };
  const { data } = RecoveryOutcome.safeParse(output);
  if (data === undefined || data.successor === null) return null;
  const left = data.lost.map(({ instance }) => instance).join(', ');
  const behind = left === '' ? '' : `; left behind: ${left}`;
  if (hasSucceeded(state))
    return `${data.successor} is the primary now, in place of ${finding.instance}${behind}`;
  return workflow === relocation.name && data.successful
    ? `${data.successor} is the source now, in place of ${finding.instance}${behind}`
    : null;
}

/** An end as it is counted. */
export function measuredEnd(
  { workflow, input, at }: Opening,
  { state, output }: End,
  now: number,
): Parameters<Meter['ended']>[0] {
  const { cluster } = input as { cluster?: Cluster };
  const dataVerdict = Costing.safeParse(output).data?.verdict ?? null;
  return { workflow, state, cluster: cluster?.alias ?? '', tookMs: Math.max(0, now - at), dataVerdict };
}

/** Those that change a primary end with what that has cost. */
const Costing = RecoveryOutcome.pick({ verdict: true });
