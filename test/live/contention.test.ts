import { beforeAll, expect, it } from 'vitest';
import { contend, type Ground, makeGround } from '../../bench/soak/contention.ts';
import { AnEtcd } from './an-etcd.ts';
import { isInOwnNetwork, runInOwnNetwork, whyNoOwnNetwork } from './own-network.ts';

const mostTries = 6;

/** The short form of `npm run soak -- leases`. Needs dist, for contenders are processes. */
if (isInOwnNetwork) contentions();
else {
  const whyNot = whyNoOwnNetwork();
  const isWanted = whyNot === null || process.env['CI'] === 'true';
  if (!isWanted) console.log(`Skipped: what needs a network of its own, by unshare and nft. ${whyNot}`);
  it.runIf(isWanted)(
    'three controllers and three members of etcd contend, each on a host of its own',
    {
      timeout: 300_000,
    },
    async () => {
      expect(whyNot).toBeNull();
      // In there nothing can be fetched.
      await (await AnEtcd.start(1)).stop();
      expect(runInOwnNetwork(import.meta.url)).toBe(0);
    },
  );
}

function contentions(): void {
  let ground: Ground;
  beforeAll(async () => {
    let etcd: AnEtcd | null = null;
    ground = await makeGround(async (hosts) => (etcd = await AnEtcd.startOn(hosts)));
    return () => etcd?.stop();
  }, 60_000);

  it('three that contend for the lead are never two that lead, and do no step again whose end is kept, whoever dies, stands still or is cut off', async () => {
    const how = { seed: 20_261_122, forMs: 20_000, fault: 'none', strikes: 'by chance' } as const;
    const { wrong, terms, runs } = await contend(ground, how);
    expect(wrong).toEqual([]);
    // Fewer would mean that nobody lost the lead.
    expect(terms).toBeGreaterThan(1);
    expect(runs).toBeGreaterThan(10);
  });

  it.each([
    ['trusts the lease', 'two led at once'],
    ['no guard', 'was written by a leader that another had followed'],
  ] as const)('a contender of which "%s" is true is found out', async (fault, word) => {
    const found: string[] = [];
    // Both must write to one run at one time, which on a slow machine they may miss once.
    for (let seed = 7; seed < 7 + mostTries && !found.join().includes(word); seed += 1) {
      const { wrong } = await contend(ground, { seed, forMs: 1_000, fault, strikes: 'the leader' });
      found.push(...wrong);
    }
    expect(found.join()).toContain(word);
  });
}
