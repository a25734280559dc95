import type { RecoveryStory } from '../../../workflows/recovery.ts';
import { BatonError } from '../../kernel/errors.ts';
import type { InstanceKey } from '../../kernel/instance-key.ts';

/** The candidate of a story after its election. Throws `step-broke-its-word` before. */
export function electedIn({ election }: RecoveryStory): InstanceKey {
  if (election === null)
    throw new BatonError(
      'step-broke-its-word',
      'a step after the election was asked without an elected successor',
    );
  return election.successor;
}
