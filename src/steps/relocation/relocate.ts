import type { RelocationStory } from '../../../workflows/relocation.ts';
import { aheadOf, type Move } from '../../analysis/orphans.ts';
import { wasRead } from '../../engine/acts.ts';
import type { StepContext } from '../../engine/step-context.ts';
import { isEmptyGtid } from '../../topology/gtid/gtid-set.ts';
import { gtidText } from '../../topology/gtid/text.ts';
import { isReplicating, type Observation } from '../../topology/observation.ts';
import { connectWithinMs, lookAgainMs, lookAt, type StepWorld } from '../step-world.ts';

/** Has every orphan follow the source that was chosen for it, all at once; answers which did not do, and why. */
export async function relocate(world: StepWorld, { cluster, plan }: RelocationStory, context: StepContext) {
  const outcomes = await Promise.all(
    (plan?.moves ?? []).map(async (move) => ({
      move,
      because: await follow(world, { cluster, ...move }, context),
    })),
  );
  const tried = outcomes.flatMap(({ move, because }) => (because === null ? [] : [{ ...move, because }]));
  const kept = tried.map(({ instance, because }) => `${instance} stays: ${because}`);
  return { tried, because: kept.join('; ') || 'all were told to follow their new source' };
}

/** A move among the members of a cluster. */
type MoveWithin = Pick<Move, 'instance' | 'source'> & Pick<RelocationStory, 'cluster'>;

/**
 * Following throws the relay log away, so the source must have executed all that the orphan holds (P4). Null when it
 * was told to follow, else why it was not.
 */
async function follow(world: StepWorld, move: MoveWithin, context: StepContext): Promise<string | null> {
  const { instance, source } = move;
  const { acts, clock, signal } = context;
  const until = clock.monotonic() + world.settings.applyStallMs;
  while (true) {
    const ahead = await whatIsAhead(world, move, signal);
    if (ahead === null) break;
    if (clock.monotonic() >= until) return ahead;
    await clock.sleep(lookAgainMs, signal);
  }
  const { outcome, because } = await acts.perform({ verb: 'follow', instance, source });
  return outcome === 'failed' ? (because ?? `${instance} would not follow ${source}`) : null;
}

/** In a sentence what the orphan has and its next source lacks; null where that is nothing. */
async function whatIsAhead(
  world: StepWorld,
  { instance, source, cluster }: MoveWithin,
  signal: AbortSignal,
): Promise<string | null> {
  const [orphan, next] = await lookAt(world, [instance, source], signal);
  if (!wasRead(orphan)) return orphan?.error ?? `${instance} does not answer`;
  if (!wasRead(next)) return next?.error ?? `${source} does not answer`;
  const known = world.inventory.members(cluster.id).find(({ key }) => key === instance);
  if (known === undefined) return `${instance} is not known any more`;
  const ahead = aheadOf({ ...known, server: orphan.server }, next.server);
  return isEmptyGtid(ahead) ? null : `${instance} has ${gtidText(ahead)}, which ${source} has not`;
}

/** Waits until each that was told to follow replicates, or says why it cannot. */
export async function verifyFollowing(
  world: StepWorld,
  { plan, tried }: RelocationStory,
  { clock, signal }: StepContext,
) {
  const moves = (plan?.moves ?? []).filter(
    (move) => !tried.some((one) => one.instance === move.instance && one.source === move.source),
  );
  const until = clock.monotonic() + connectWithinMs;
  while (true) {
    const seen = await lookAt(
      world,
      moves.map(({ instance }) => instance),
      signal,
    );
    const stands = moves.map((move, at) => ({ move, ...standOf(move, seen[at]) }));
    if (stands.some(({ is }) => is === 'connecting') && clock.monotonic() < until) {
      await clock.sleep(lookAgainMs, signal);
      continue;
    }
    const failing = stands.filter(({ is }) => is !== 'following');
    return {
      following: stands.flatMap(({ move, is }) => (is === 'following' ? [move] : [])),
      tried: failing.map(({ move, because }) => ({ ...move, because })),
      because: `${stands.length - failing.length} of ${stands.length} that were moved replicate`,
    };
  }
}

/** Whether an orphan replicates from its new source; one that has stopped will not by itself. */
function standOf(
  { instance, source }: Move,
  seen: Observation | undefined,
): { is: 'following' | 'connecting' | 'stopped'; because: string } {
  if (!wasRead(seen)) return { is: 'connecting', because: seen?.error ?? `${instance} does not answer` };
  const { replication } = seen.server;
  if (replication?.source !== source)
    return {
      is: 'stopped',
      because: `${instance} replicates from ${replication?.source ?? 'nothing'} by now`,
    };
  const because =
    replication.lastIoError || replication.lastSqlError || `${instance} has not connected to ${source}`;
  if (isReplicating(seen.server)) return { is: 'following', because: '' };
  const hasStopped = replication.ioThread === 'stopped' || replication.sqlThread === 'stopped';
  return { is: hasStopped ? 'stopped' : 'connecting', because };
}
