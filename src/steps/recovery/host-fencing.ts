import type { RecoveryStory } from '../../../workflows/recovery.ts';
import { type HostSignal, proofOf, toldSignal } from '../../analysis/host-signal.ts';
import type { StepContext } from '../../engine/step-context.ts';
import { newInstance } from '../../topology/snapshot.ts';
import type { StepWorld } from '../step-world.ts';
import type { FencingMeasure } from './fencing-measures.ts';

/** A cluster manager notices a loss some seconds after Baton may have; a fencing that is due has come within a minute, or it fails. */
const noticesWithinMs = 10_000;
const fencesWithinMs = 60_000;
/** It is asked again meanwhile, the later the longer it has taken: by a quarter of that, and a second at least. */
const askAgainMs = (tookMs: number) => Math.max(1_000, Math.round(tookMs / 4));

/** What another system has done, or is about to do, about the host of a primary that nobody reaches. */
export interface HostFencing {
  readonly measure: FencingMeasure;
  /** So many milliseconds more, and it may be proven; 0 where nothing is to be waited for. */
  readonly waitMs: number;
}

/** Null where no other system fences that host. It is read anew: what was told before is only a hint. */
export async function hostFencing(
  world: StepWorld,
  { finding: { instance }, cluster }: RecoveryStory,
  { clock, signal }: StepContext,
): Promise<HostFencing | null> {
  const { signals, inventory } = world;
  const said = await signals.confirm(instance, signal);
  const known = inventory.members(cluster.id).find(({ key }) => key === instance) ?? newInstance(instance);
  const now = clock.now();
  const proof = proofOf(said, known);
  if (proof !== null) return { measure: measure('proven', told(proof, now)), waitMs: 0 };
  if (!signals.fences(instance)) return null;
  const due = said.find(({ isFencing }) => isFencing);
  if (due !== undefined && now - due.at < fencesWithinMs)
    return {
      measure: measure('attempted', `${told(due, now)}; its fencing is waited for`),
      waitMs: askAgainMs(now - due.at),
    };
  const [first] = said.filter(({ says }) => says === 'up' || says === 'lost');
  if (first !== undefined && now - known.checks.heardAt < noticesWithinMs)
    return {
      measure: measure('attempted', `${told(first, now)}; whether it is fenced is waited for`),
      waitMs: askAgainMs(now - known.checks.heardAt),
    };
  return null;
}

function told(signal: HostSignal, now: number): string {
  return `${toldSignal(signal, now)}: ${signal.because}`;
}

function measure(level: FencingMeasure['level'], because: string): FencingMeasure {
  return { measure: 'host', level, because };
}
