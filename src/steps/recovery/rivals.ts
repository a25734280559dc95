import type { RecoveryStory } from '../../../workflows/recovery.ts';
import { answers } from '../../analysis/gates/life-signs.ts';
import { wasRead } from '../../engine/acts.ts';
import { type Refused, refuse, type StepContext } from '../../engine/step-context.ts';
import type { InstanceKey } from '../../kernel/instance-key.ts';
import type { Observation } from '../../topology/observation.ts';
import { electedIn } from './elected.ts';
import { replicasOf, wasToldToFollow } from './replicas-of.ts';
import { wasLetWrite } from './told-to-lead.ts';
import { lookAt, type StepWorld } from '../step-world.ts';

/** How long one may take to answer just before another is promoted, where it was silent a moment ago or need not answer. */
const lastLookMs = 100;

/** A dead primary that takes writes again is no dead primary; promoting another would make two. */
export function primaryIsBack(instance: InstanceKey): Refused {
  return refuse('primary-back', `${instance} answers again and takes writes`);
}

/** One that cannot be read, but answers anything, may be taking writes all the while. */
export function primaryAnswers(seen: Observation | undefined): Refused | null {
  if (seen === undefined) return null;
  const sign = answers({ instance: seen.key, echo: seen.echo, words: seen.error });
  return sign.isAlive ? refuse('primary-back', sign.because) : null;
}

/** Looks at the failed primary once more. One that was silent a moment ago is not waited for as long again. */
export async function lookAtFailed(
  { servers, inventory, settings }: StepWorld,
  { finding: { instance }, cluster }: RecoveryStory,
  { clock, signal }: Pick<StepContext, 'clock' | 'signal'>,
): Promise<Observation> {
  const known = inventory.members(cluster.id).find(({ key }) => key === instance)?.checks;
  const wasSilent = known?.echo === 'silent' && clock.now() - known.checkedAt < settings.lookTimeoutMs;
  const timeoutMs = wasSilent ? Math.min(lastLookMs, settings.lookTimeoutMs) : settings.lookTimeoutMs;
  const [seen] = inventory.learn(await servers.look([instance], timeoutMs, signal));
  if (seen === undefined) throw new RangeError(`a look at ${instance} brought nothing`);
  return seen;
}

/**
 * Applying may have taken long since the servers were last asked, and so may the hooks, and a stopped
 * controller: the failed primary may be back, or somebody else may have recovered the cluster.
 */
export async function whyNotPromote(
  world: StepWorld,
  story: RecoveryStory,
  { clock, signal, history }: Pick<StepContext, 'clock' | 'signal' | 'history'>,
): Promise<Refused | null> {
  const { instance } = story.finding;
  const replicas = replicasOf(story, history());
  const successor = electedIn(story);
  const rivals = replicas.filter((key) => key !== successor);
  const timeoutMs = Math.min(lastLookMs, world.settings.lookTimeoutMs);
  const [primary, others, [candidate]] = await Promise.all([
    lookAtFailed(world, story, { clock, signal }),
    world.servers.look(rivals, timeoutMs, signal),
    lookAt(world, [successor], signal),
  ]);
  world.inventory.learn(others);
  if (wasRead(primary) && !primary.server.readOnly) return primaryIsBack(instance);
  // Whoever forces a failover knows that it may answer.
  const alive = wasRead(primary) || story.request?.isForced === true ? null : primaryAnswers(primary);
  if (alive !== null) return alive;
  const rival = others.find(takesWritesAlone);
  if (rival !== undefined) return refuse('rival', rivalWords(rival.key));
  const source = wasRead(candidate) ? (candidate.server.replication?.source ?? instance) : instance;
  return source === instance || wasToldToFollow(history(), successor, source)
    ? null
    : refuse('rival', `${successor} replicates from ${source} by now: somebody else recovers this cluster`);
}

/**
 * Who of these has no source and takes writes though this run never let it: somebody else has promoted it, while a
 * hook ran perhaps, or while no controller did. Whoever does not answer in time is not asked again.
 */
export async function promotedByAnother(
  world: StepWorld,
  whom: Iterable<InstanceKey>,
  { signal, history }: Pick<StepContext, 'signal' | 'history'>,
): Promise<InstanceKey | null> {
  const timeoutMs = Math.min(lastLookMs, world.settings.lookTimeoutMs);
  const seen = world.inventory.learn(await world.servers.look([...new Set(whom)], timeoutMs, signal));
  return seen.find((one) => takesWritesAlone(one) && !wasLetWrite(history(), one.key))?.key ?? null;
}

/** Why nobody else may be let write. */
export function rivalWords(rival: InstanceKey): string {
  return `${rival} has no source and takes writes: somebody else has promoted it`;
}

/** It has no source and takes writes, as only the primary should. */
export function takesWritesAlone(seen: Observation): boolean {
  return wasRead(seen) && seen.server.replication === null && !seen.server.readOnly;
}
