import { expect, it } from 'vitest';
import type { StepContext } from '../../../src/engine/step-context.ts';
import { judgeTakeover } from '../../../src/steps/takeover/judge.ts';
import type { StepWorld } from '../../../src/steps/step-world.ts';
import type { Observation } from '../../../src/topology/observation.ts';
import type { TakeoverStory } from '../../../workflows/takeover.ts';

it('what is written while both are asked is not taken for lost: the old primary follows the new one by then (P8)', async () => {
  let last = 10;
  // The new one answers at once, the old one a write later.
  const answer = (key: string): Observation => {
    if (key === 'a:1') last += 1;
    return {
      key,
      outcome: 'read',
      server: { flavour: 'mysql', executedGtid: `${source}:1-${last}` },
    } as never;
  };
  const world = {
    settings: { lookTimeoutMs: 100 },
    inventory: { learn: (seen: readonly Observation[]) => seen },
    servers: {
      look: async (keys: readonly string[]) => keys.toReversed().map(answer).toReversed(),
    },
  } as unknown as StepWorld;
  const story = { finding: { instance: 'a:1' }, election: { successor: 'b:1' }, upTo: '' } as unknown;
  const { signal } = new AbortController();
  expect(await judgeTakeover(world, story as TakeoverStory, { signal } as StepContext)).toMatchObject({
    says: 'nothing-lost',
    count: 0,
  });
});

it('an old primary that cannot be asked, and of which nothing was written down, proves nothing (P8)', async () => {
  const answer = (key: string): Observation =>
    (key === 'a:1'
      ? { key, outcome: 'failed', error: 'a:1 does not answer' }
      : { key, outcome: 'read', server: { flavour: 'mysql', executedGtid: `${source}:1-10` } }) as never;
  const world = {
    settings: { lookTimeoutMs: 100 },
    inventory: { learn: (seen: readonly Observation[]) => seen },
    servers: { look: async (keys: readonly string[]) => keys.map(answer) },
  } as unknown as StepWorld;
  const story = { finding: { instance: 'a:1' }, election: { successor: 'b:1' }, upTo: '' } as unknown;
  const { signal } = new AbortController();
  expect(await judgeTakeover(world, story as TakeoverStory, { signal } as StepContext)).toMatchObject({
    says: 'unknown',
    because: 'a:1 cannot be asked what it has, and nobody wrote down what it had: a:1 does not answer',
  });
});

const source = '3e11fa47-71ca-11e1-9e33-c80aa9429562';
