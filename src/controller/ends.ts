import { relocation } from '../../workflows/relocation.ts';
import { hasSucceeded } from '../../workflows/acting.ts';
import { RecoveryOutcome } from '../../workflows/recovery.ts';
import type { Finding } from '../analysis/finding.ts';
import type { End } from '../engine/drive.ts';
import type { Opening } from '../engine/ports.ts';

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
