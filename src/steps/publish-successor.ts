import type { RecoveryStory } from '../../workflows/recovery.ts';
import type { StepContext } from '../engine/step-context.ts';

/** Tells the world of the successor while something else is done, and adds why it could not be told. */
export async function whilePublishing<Done extends object>(
  story: Pick<RecoveryStory, 'cluster' | 'successor'>,
  context: Pick<StepContext, 'publications'>,
  done: () => Promise<Done>,
): Promise<Done & { unpublished: string | null }> {
  const publishing = whyUnpublished(story, context);
  // Whatever fails first, nothing of this step goes on behind it.
  const [unpublished, came] = await Promise.allSettled([publishing, done()]);
  if (unpublished.status === 'rejected') throw unpublished.reason;
  if (came.status === 'rejected') throw came.reason;
  return { ...came.value, unpublished: unpublished.value };
}

async function whyUnpublished(
  { cluster, successor }: Pick<RecoveryStory, 'cluster' | 'successor'>,
  { publications }: Pick<StepContext, 'publications'>,
): Promise<string | null> {
  if (publications === null || successor === null) return null;
  const { outcome, because } = await publications.publish(cluster, successor);
  return outcome === 'failed'
    ? `the world could not be told that ${successor} is the primary: ${because}`
    : null;
}
