import { expect, it } from 'vitest';
import type { Observation } from '../../src/topology/observation.ts';
import { newInstance, withObservation } from '../../src/topology/snapshot.ts';
import { primary } from './instances.ts';

const look = (at: number, echo: Observation['echo']): Observation => ({
  key: 'a:1',
  at,
  tookMs: 1,
  outcome: 'failed',
  echo,
  error: `look ${at}`,
  server: null,
});

it('an instance knows since when nothing of its own has come back, and forgets it at any answer', () => {
  const since = (...looks: readonly Observation[]) =>
    looks.reduce(withObservation, newInstance('a:1')).checks.unheardSince;
  expect(since()).toBeNull();
  expect(since(look(10, 'silent'), look(20, 'refused'))).toBe(10);
  expect(since(look(10, 'silent'), look(20, 'answered'))).toBeNull();
  expect(since(look(10, 'silent'), look(20, 'answered'), look(30, 'reset'), look(40, 'silent'))).toBe(30);
});

it('an instance is in the group that it says it is in, and stays there while it cannot be read', () => {
  const group = { name: 'g', state: 'ONLINE', role: 'PRIMARY', members: [] };
  const { server } = primary('a:1', { server: { group } });
  const read: Observation = { ...look(10, 'answered'), outcome: 'read', error: null, server };
  const known = withObservation(newInstance('a:1'), read);
  expect(known.group).toEqual(group);
  expect(withObservation(known, look(20, 'silent')).group).toEqual(group);
});
