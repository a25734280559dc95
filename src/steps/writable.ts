import { type MendingStory, mending } from '../../workflows/mending.ts';
import { wasRead } from '../engine/acts.ts';
import type { StepContext } from '../engine/step-context.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';
import { shortUid } from '../kernel/uid.ts';
import { isLost } from '../topology/lost.ts';
import { lookAt, type StepWorld } from './step-world.ts';

/** So many of the last runs of a cluster are asked whether one of them made its primary read-only. */
const runsLookedAt = 20;

/**
 * Why a read-only primary must stay so (P3); null where nothing forbids it to take writes. Every other member is
 * asked: one that takes writes, or that did when it last answered, would be the second.
 */
export async function whyNotWritable(
  world: StepWorld,
  { finding: { instance }, cluster }: MendingStory,
  { signal }: StepContext,
): Promise<string | null> {
  const keys = world.inventory.members(cluster.id).map(({ key }) => key);
  const seen = await lookAt(world, keys, signal);
  const members = world.inventory.members(cluster.id);
  const primary = members.find(({ key }) => key === instance);
  if (primary === undefined) return `${instance} is not known any more`;
  if (isLost(primary)) return `${instance} was replaced as the primary`;
  if (primary.server?.replication !== null || primary.server.detachedFrom !== null)
    return `${instance} has a source by now`;
  for (const { key, server } of members) {
    if (key === instance || server === null || server.readOnly) continue;
    return wasRead(seen.find((one) => one.key === key))
      ? `${key} takes writes, and ${instance} would be the second`
      : `${key} cannot be asked, and took writes when it last answered`;
  }
  return whoSilencedIt(world, cluster.id, instance);
}

/** Baton has its reasons to make a server read-only, and so has whoever ordered it; null where it was not Baton. */
async function whoSilencedIt(
  { journal }: StepWorld,
  subject: string,
  instance: InstanceKey,
): Promise<string | null> {
  for (const { opening } of await journal.list({ subject, limit: runsLookedAt })) {
    // What a mending has put back was found so, not wanted so.
    if (opening.workflow === mending.name) continue;
    const run = await journal.read(opening.uid);
    const last = run?.records.findLast(
      (record) =>
        record.kind === 'act' &&
        record.instance === instance &&
        (record.verb === 'setReadOnly' || record.verb === 'promote'),
    );
    if (last?.kind !== 'act') continue;
    const isSilenced = (last.order as { readOnly?: unknown }).readOnly === true;
    return isSilenced
      ? `${opening.workflow} ${shortUid(opening.uid)} made ${instance} read-only, so a person must say that it shall take writes`
      : null;
  }
  return null;
}
