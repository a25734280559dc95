import type { RecoveryStory } from '../../../workflows/recovery.ts';
import type { Candidate } from '../../analysis/choice/candidates.ts';
import type { Designation } from '../../analysis/choice/choose-successor.ts';
import type { InstanceKey } from '../../kernel/instance-key.ts';
import type { Instance } from '../../topology/snapshot.ts';

interface Designated {
  /** The only one that shall be promoted; null leaves the choice open. */
  readonly designated: InstanceKey | null;
  readonly designation?: Designation;
}

/**
 * Whom a person wants for a successor; of a dead co-primary, the other one, where the configuration says so or where
 * that takes writes already (orchestrator 3.2.6, section 3.7). Another beside it would make two.
 */
export function designationIn(
  { finding, request }: RecoveryStory,
  {
    reached,
    members,
    mustWin,
  }: {
    reached: readonly Candidate[];
    members: ReadonlyMap<InstanceKey, Instance>;
    /** CoMasterRecoveryMustPromoteOtherCoMaster. */
    mustWin: boolean;
  },
): Designated {
  const designated = request?.designated ?? null;
  if (finding.treatment !== 'dead-co-primary') return { designated };
  const other = members.get(finding.instance)?.server?.replication?.source;
  const partner = reached.find(({ instance }) => instance.key === other);
  if (partner?.server.readOnly === false)
    return { designated: partner.instance.key, designation: 'writing-co-primary' };
  if (designated !== null || !mustWin || other === undefined) return { designated };
  return { designated: other, designation: 'co-primary' };
}
