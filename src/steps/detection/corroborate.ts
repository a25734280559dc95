import type { z } from 'zod';
import type { DetectionStory, detectionSteps } from '../../../workflows/detection.ts';
import type { Finding } from '../../analysis/finding.ts';
import { proofOf } from '../../analysis/host-signal.ts';
import { toldVerdict } from '../../analysis/verdict.ts';
import type { StepContext } from '../../engine/step-context.ts';
import { spoken } from '../../kernel/duration.ts';
import type { Cluster } from '../../topology/cluster.ts';
import { lastAttempt } from './last-attempt.ts';
import { Looks } from '../looks.ts';
import { receiveAgain } from './receive-again.ts';
import { findingNow, type StepWorld, verdictNow } from '../step-world.ts';

type Corroborated = z.output<typeof detectionSteps.corroborate.output>;

/** Between two looks while a failure is being corroborated. */
const lookAgainMs = 100;
/** A server that has not answered for so long hangs, as far as one look of several is concerned. */
const hangsMs = 100;

/** Keeps looking until the failure has held for the confirmation time, or is gone. */
export async function corroborate(
  world: StepWorld,
  story: DetectionStory,
  context: StepContext,
): Promise<Corroborated> {
  const { finding, cluster, since } = story;
  const { clock, signal, resumedAt } = context;
  await receiveAgain(context);
  const watched = [finding.instance, ...finding.replicas];
  let looks = looksOf(world, context);
  let awakeSince = world.awakeSince();
  /** Until when replicas that have tried once more are waited for; null before they have. */
  let attemptUntil: number | null = null;
  for (let paceMs = lookAgainMs; ; ) {
    const roundBegan = clock.monotonic();
    await looks.round(watched, paceMs);
    if (awakeSince < world.awakeSince()) {
      // Baton stood still: all that it knows is as old as that.
      awakeSince = world.awakeSince();
      attemptUntil = null;
      looks = looksOf(world, context);
      continue;
    }
    if (!watched.every((key) => looks.hasAsked(key, hangsMs))) continue;
    const now = clock.now();
    const found = findingNow(world, cluster.id, finding, now);
    const verdict = verdictNow(world, cluster, finding, now);
    // A restart forgets suspicions, and so does a standstill: what was seen before does not count towards the time.
    const heldSince = Math.max(since, resumedAt ?? 0, awakeSince);
    const heldFor = spoken(now - heldSince);
    if (found === null) {
      const because = `${finding.instance}: ${finding.code} was gone after ${heldFor}`;
      return { holds: false, because, finding: null, verdict };
    }
    const isOff = isProvenOff(world, cluster, found);
    const confirmMs = isOff ? 0 : world.settings.confirmMs;
    const confirmedAt = countedFrom(world, cluster, found, heldSince) + confirmMs;
    if (now >= confirmedAt && !isOff) attemptUntil ??= await lastAttempt(world, cluster, found, context);
    const remaining = Math.max(confirmedAt, attemptUntil ?? now) - now;
    if (remaining <= 0) {
      const because = `${finding.code} has held for ${heldFor}; ${found.evidence}; ${toldVerdict(verdict)}`;
      return { holds: true, because, finding: found, verdict };
    }
    paceMs = Math.min(lookAgainMs, remaining);
    await clock.sleep(Math.max(0, roundBegan + paceMs - clock.monotonic()), signal);
  }
}

/** What was made sure to be off need not be waited for: no hiccup ends it. That it is dead, Baton has seen by itself all the same. */
function isProvenOff({ inventory, signals }: StepWorld, { id }: Cluster, { instance }: Finding): boolean {
  const known = inventory.members(id).find(({ key }) => key === instance);
  return known !== undefined && proofOf(signals.of(instance), known) !== null;
}

function looksOf(world: StepWorld, { clock, signal }: StepContext): Looks {
  return new Looks({ ...world, clock, signal, timeoutMs: world.settings.lookTimeoutMs });
}

/**
 * From when on a failure counts towards the confirmation time: one that answered meanwhile was not dead then.
 * One that answers now need not be waited for, for its gate is shut.
 */
function countedFrom({ inventory }: StepWorld, cluster: Cluster, found: Finding, since: number): number {
  const known = inventory.members(cluster.id).find(({ key }) => key === found.instance);
  return Math.max(since, known?.checks.unheardSince ?? since);
}
