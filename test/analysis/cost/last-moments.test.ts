import { describe, expect, it } from 'vitest';
import { lastMomentsOf, whyNotStill } from '../../../src/analysis/cost/last-moments.ts';
import type { InstanceKey } from '../../../src/kernel/instance-key.ts';
import type { Server } from '../../../src/topology/observation.ts';
import { newInstance } from '../../../src/topology/snapshot.ts';
import { primary, replica } from '../../topology/instances.ts';

const asked = { withinMs: 5_000, goneAt: null, isStill: false };
const replicas = (['b:1', 'c:1'] as const).map((key) => ({ ...replica(key, 'a:1'), acknowledgedAt: 0 }));

/** A primary that was read at 100,000 with these replicas in its list and so many that acknowledge. */
function counting(clients: number, listedReplicas: readonly InstanceKey[]) {
  const seen = primary('a:1');
  if (seen.server === null) throw new Error('it was read');
  const semiSync = { ...seen.server.semiSync, primaryEnabled: true, primaryStatus: true, clients };
  const server = { ...seen.server, semiSync, listedReplicas: [...listedReplicas] };
  return { ...newInstance('a:1'), ...seen, server, checks: { ...seen.checks, seenAt: 100_000 } };
}

it('every replica that the primary names acknowledges where it counts as many, though no controller has seen them do so of late', () => {
  expect(lastMomentsOf(counting(2, ['b:1', 'c:1']), replicas, asked)?.acknowledgers).toEqual(['b:1', 'c:1']);
});

it.each([
  ['fewer acknowledge than it names', 1, ['b:1', 'c:1']],
  ['more acknowledge than it names', 3, ['b:1', 'c:1']],
  ['it names one that is not known', 3, ['b:1', 'c:1', 'd:1']],
] as const)(
  'nobody is taken for one that acknowledges without having been seen to where %s',
  (_, clients, listed) => {
    expect(lastMomentsOf(counting(clients, listed), replicas, asked)?.acknowledgers).toEqual([]);
  },
);

describe('a primary that was read-only, but not for everybody,', () => {
  const moments = lastMomentsOf(primary('a:1', { server: { executedGtid: '0-1-100', readOnly: true } }), [], {
    ...asked,
    isStill: true,
  });
  const now = (server: Partial<Server>) =>
    primary('a:1', { server: { executedGtid: '0-1-100', readOnly: true, ...server } }).server;

  it.each([
    ['has moved', now({ executedGtid: '0-1-101' }), 'a:1 was at 0-1-100 then, and is at 0-1-101 now'],
    ['takes writes again', now({ readOnly: false }), 'a:1 takes writes again'],
    ['cannot be read again', null, 'a:1 could not be read again afterwards'],
    ['stood still', now({}), null],
  ])('%s, and that is told', (_, seen, because) => {
    expect(moments).toMatchObject({ isFinal: false, isReadOnly: true });
    expect(moments === null ? null : whyNotStill(moments, seen)).toBe(because);
  });
});
