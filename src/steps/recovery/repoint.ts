import type { RecoveryStory } from '../../../workflows/recovery.ts';
import { executed, holdings, unreadableGtidOf } from '../../analysis/choice/candidates.ts';
import { wasRead } from '../../engine/acts.ts';
import type { StepContext } from '../../engine/step-context.ts';
import { compareKeys, type InstanceKey } from '../../kernel/instance-key.ts';
import { subtractGtid, unionGtid } from '../../topology/gtid/arithmetic.ts';
import { isEmptyGtid } from '../../topology/gtid/gtid-set.ts';
import { parseGtid } from '../../topology/gtid/parse.ts';
import { gtidText } from '../../topology/gtid/text.ts';
import { isReplicating, type Observation } from '../../topology/observation.ts';
import { electedIn } from './elected.ts';
import { handoverIn, startOf } from './go-on-at.ts';
import { recoveryUidOf } from '../hook-facts.ts';
import { replicasOf } from './replicas-of.ts';
import { takesWritesAlone } from './rivals.ts';
import { connectWithinMs, lookAgainMs, lookAt, type StepWorld } from '../step-world.ts';

/**
 * Points the other replicas at the successor, all at once, and whoever it has fetched from; those that cannot follow it
 * are left behind and named.
 */
export function repointReplicas(world: StepWorld, story: RecoveryStory, context: StepContext) {
  const donor = story.election?.donor ?? null;
  const whom = [...replicasOf(story, context.history()), ...(donor === null ? [] : [donor])];
  return pointAtSuccessor(world, story, [...new Set(whom)], context);
}

/** The same with these, the successor itself left out. */
export async function pointAtSuccessor(
  world: StepWorld,
  story: RecoveryStory,
  whom: readonly InstanceKey[],
  context: StepContext,
) {
  const { uid, clock, acts, signal, teller } = context;
  const successor = electedIn(story);
  const others = whom.filter((key) => key !== successor);
  const seen = await lookAt(world, [successor, ...others], signal);
  const { instance: failed, isPrimary, isCoPrimary } = story.finding;
  if (isPrimary || isCoPrimary)
    world.inventory.replace(failed, { by: successor, recovery: recoveryUidOf(uid), at: clock.now() });
  const members = world.inventory.members(story.cluster.id);
  const handover = handoverIn(context.history(), { failed, successor });
  const lost: RecoveryStory['lost'][number][] = [];
  const following: InstanceKey[] = [];
  await Promise.all(
    others.map(async (instance) => {
      const gtidErrant = members.find(({ key }) => key === instance)?.gtidErrant ?? '';
      const barred = whyLeftBehind({ instance, gtidErrant }, successor, seen);
      if (barred !== null) return void lost.push({ instance, because: barred });
      const replica = seen.filter(wasRead).find(({ key }) => key === instance);
      const start = replica && (await startOf(world, replica, handover, context));
      if (start !== undefined && 'because' in start)
        return void lost.push({ instance, because: start.because });
      const { outcome, because } = await acts.perform({
        verb: 'follow',
        instance,
        source: successor,
        ...(start !== undefined && 'at' in start ? { at: start.at } : {}),
      });
      if (outcome !== 'failed') return void following.push(instance);
      lost.push({ instance, because: because ?? 'it would not follow' });
    }),
  );
  lost.sort((a, b) => compareKeys(a.instance, b.instance));
  for (const { instance, because } of lost)
    teller.warn(`${instance} is left behind: ${because}`, { instance });
  await connected(world, following, context);
  if (world.settings.detachesLost) await detachLost(lost, { seen, source: failed }, context);
  return { following: following.toSorted(compareKeys), lost };
}

/**
 * A replica with anything that the successor lacks, applied or not, would break or lose it by following;
 * it is left as it stands, and so are all where the successor cannot say what it has. What its last source lacked
 * as well, it has followed with, and goes on following with.
 */
function whyLeftBehind(
  { instance, gtidErrant }: { instance: InstanceKey; gtidErrant: string },
  successor: InstanceKey,
  seen: readonly Observation[],
): string | null {
  const replica = seen.find(({ key }) => key === instance);
  const primary = seen.find(({ key }) => key === successor);
  if (!wasRead(replica)) return replica?.error ?? 'it does not answer';
  if (!wasRead(primary)) return `the successor cannot be asked what it has: ${primary?.error}`;
  if (primary.server.replication !== null)
    return `${successor} replicates from ${primary.server.replication.source} by now`;
  // What it has more than the successor had a moment ago it has from there.
  if (replica.server.replication?.source === successor) return null;
  if (takesWritesAlone(replica)) return 'it has no source and takes writes, so somebody else has promoted it';
  for (const { key, server } of [replica, primary]) {
    const unreadable = unreadableGtidOf(server);
    if (unreadable !== null) return `${key} ${unreadable}`;
  }
  const had = unionGtid(executed(primary.server), parseGtid(gtidErrant));
  const ahead = subtractGtid(holdings(replica.server), had);
  return isEmptyGtid(ahead) ? null : `it has ${gtidText(ahead)}, which ${successor} never received`;
}

/**
 * Those that are left behind must not follow the failed primary again, should it come back, for they have what the
 * cluster has not (DetachLostReplicasAfterMasterFailover). One that has yet to apply what it received is left as it stands.
 */
async function detachLost(
  lost: RecoveryStory['lost'],
  { seen, source }: { seen: readonly Observation[]; source: InstanceKey },
  { acts }: StepContext,
): Promise<void> {
  const loose = seen.filter(
    ({ key, server }) =>
      lost.some(({ instance }) => instance === key) && server?.replication?.source === source,
  );
  await Promise.all(loose.map(({ key }) => acts.perform({ verb: 'detach', instance: key })));
}

/** Waits, a little, until the repointed replicas are connected: semi-sync and hooks like it so. */
async function connected(
  world: StepWorld,
  following: readonly InstanceKey[],
  { clock, signal }: StepContext,
): Promise<void> {
  const until = clock.monotonic() + connectWithinMs;
  while (following.length > 0 && clock.monotonic() < until) {
    const seen = await lookAt(world, following, signal);
    if (seen.every(({ server }) => isReplicating(server))) return;
    await clock.sleep(lookAgainMs, signal);
  }
}
