import { afterAll, beforeAll, expect, it } from 'vitest';
import { contend } from '../../bench/soak/contention.ts';
import { AnEtcd } from './an-etcd.ts';

let etcd: AnEtcd;
beforeAll(async () => {
  etcd = await AnEtcd.start(3);
}, 60_000);
afterAll(() => etcd.stop());

/** The short form of `npm run soak -- leases`. Needs dist, for contenders are processes. */
it('three that contend for the lead are never two that lead, and do no step again whose end is kept, whoever dies, stands still or is cut off', async () => {
  const { wrong, terms, runs } = await contend(etcd, { seed: 20_261_122, forMs: 20_000, fault: 'none' });
  expect(wrong).toEqual([]);
  // Fewer would mean that nobody lost the lead.
  expect(terms).toBeGreaterThan(1);
  expect(runs).toBeGreaterThan(10);
});

it.each([
  ['trusts the lease', 'two led at once'],
  ['no guard', 'was written by a leader that another had followed'],
] as const)('a contender of which "%s" is true is found out', async (fault, word) => {
  const { wrong } = await contend(etcd, { seed: 7, forMs: 6_000, fault });
  expect(wrong.join()).toContain(word);
});
