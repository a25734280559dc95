import type { RecoveryStory } from '../../workflows/recovery.ts';
import { refuse, type StepContext } from '../engine/step-context.ts';

/** Stops the receiving threads of all replicas that can be reached, so that what each has received is final. */
export async function gather({ finding }: RecoveryStory, { acts }: StepContext) {
  const results = await Promise.all(
    finding.replicas.map(async (instance) => ({
      instance,
      ...(await acts.perform({ verb: 'stopReceiving', instance })),
    })),
  );
  const reached = results.filter(({ outcome }) => outcome !== 'failed');
  const missing = results.filter(({ outcome }) => outcome === 'failed');
  if (reached.length === 0) {
    const reasons = missing.map(({ because }) => because).join('; ');
    return refuse('no-replicas', `no replica of ${finding.instance} did what it was asked: ${reasons}`);
  }
  return {
    gathered: reached.map(({ instance }) => instance),
    missing: missing.map(({ instance, because }) => ({
      instance,
      because: because ?? 'it could not be reached',
    })),
  };
}
