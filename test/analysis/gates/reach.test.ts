import { expect, it } from 'vitest';
import { reachOf } from '../../../src/analysis/gates/reach.ts';
import type { Instance } from '../../../src/topology/snapshot.ts';
import { primary, readAt } from '../../topology/instances.ts';

const well = (name: string) => primary(`${name}:1`);
const gone = (name: string, at = readAt, echo: 'silent' | 'refused' = 'silent'): Instance => {
  const one = well(name);
  return { ...one, checks: { ...one.checks, echo, unheardSince: at } };
};
const isIsolated = (...instances: readonly [Instance, ...Instance[]]) =>
  reachOf(instances, instances[0], readAt + 5_000).isIsolated;

it('the controller looks isolated where most of all that it watches fell silent at once, and only then', () => {
  expect(isIsolated(gone('a'), well('b'), well('c'))).toBe(false);
  expect(isIsolated(gone('a'), gone('b'), well('c'))).toBe(true);
  expect(isIsolated(gone('a'), gone('b'), well('c'), well('d'))).toBe(false);
});

it('who refuses connections is reached, who was silent long before or is in downtime does not count', () => {
  expect(isIsolated(gone('a'), gone('b', readAt, 'refused'), well('c'))).toBe(false);
  expect(isIsolated(gone('a'), gone('b', readAt - 60_000), well('c'), well('d'))).toBe(false);
  const downtimed = {
    ...gone('b'),
    downtime: { owner: 'ann', reason: 'a new disk', until: readAt + 60_000 },
  };
  expect(isIsolated(gone('a'), downtimed, well('c'), well('d'))).toBe(false);
});
