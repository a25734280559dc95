import { recovery } from '../workflows/recovery.ts';
import { suspicion } from '../workflows/suspicion.ts';
import type { RunSummary } from '../src/engine/ports.ts';
import type { World } from '../src/simulation/world.ts';
import { liveBenignly } from '../test/simulation/benign.ts';
import { live } from '../test/simulation/chaos.ts';

export type Kind = 'benign' | 'chaos';

/** What came of some lives of one kind. */
export interface Sum {
  readonly kind: Kind;
  readonly lives: number;
  /** On the pretended clock. */
  readonly seconds: number;
  readonly suspicions: number;
  /** How often a replica was made to connect anew. */
  readonly asked: number;
  readonly recoveries: number;
  /** The lives in which a promise was broken, and how. */
  readonly breaches: readonly { readonly seed: number; readonly breaches: readonly string[] }[];
}

export function noLives(kind: Kind): Sum {
  return { kind, lives: 0, seconds: 0, suspicions: 0, asked: 0, recoveries: 0, breaches: [] };
}

export function added(one: Sum, other: Sum): Sum {
  return {
    kind: one.kind,
    lives: one.lives + other.lives,
    seconds: one.seconds + other.seconds,
    suspicions: one.suspicions + other.suspicions,
    asked: one.asked + other.asked,
    recoveries: one.recoveries + other.recoveries,
    breaches: [...one.breaches, ...other.breaches],
  };
}

export async function sumOf(kind: Kind, seeds: readonly number[]): Promise<Sum> {
  let sum = noLives(kind);
  for (const seed of seeds) sum = added(sum, await lived(kind, seed));
  return sum;
}

async function lived(kind: Kind, seed: number): Promise<Sum> {
  const { world, breaches } = await (kind === 'benign' ? liveBenignly : live)(seed);
  const runs = await world.journal.list({ limit: 10_000 });
  const count = (name: string) => runs.filter(({ opening }) => opening.workflow === name).length;
  return {
    kind,
    lives: 1,
    seconds: world.clock.monotonic() / 1_000,
    suspicions: count(suspicion.name),
    asked: await askedIn(world, runs),
    recoveries: count(recovery.name),
    breaches: breaches.length === 0 ? [] : [{ seed, breaches }],
  };
}

async function askedIn({ journal }: World, runs: readonly RunSummary[]): Promise<number> {
  let asked = 0;
  for (const { opening } of runs.filter((run) => run.opening.workflow === suspicion.name)) {
    const records = (await journal.read(opening.uid))?.records ?? [];
    asked += records.filter((one) => one.kind === 'act' && one.verb === 'reconnect').length;
  }
  return asked;
}
