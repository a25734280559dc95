import { describe, expect, it } from 'vitest';
import { type Fresh, type Orphaned, planRelocation } from '../../src/analysis/orphans.ts';
import { freely } from '../../src/analysis/choice/promotion-rules.ts';
import type { GroupMembership, Instance } from '../../src/topology/snapshot.ts';
import { primary, replica } from '../topology/instances.ts';

function fresh(instance: Instance): Fresh {
  if (instance.server === null) throw new Error(`${instance.key} was never read`);
  return { ...instance, server: instance.server };
}

type Twist = NonNullable<Parameters<typeof replica>[2]>;
type Key = Instance['key'];
let ids = 100;
const below = (source: Key, key: Key, twist: Twist = {}): Fresh => {
  ids += 1;
  return fresh(replica(key, source, { ...twist, server: { serverId: ids, ...twist.server } }));
};
const orphan = (key: Key, twist?: Twist) => below('dead:1', key, twist);
const sibling = (key: Key, twist?: Twist) => below('top:1', key, twist);
const top = fresh(primary('top:1'));

function planOf(twist: Partial<Orphaned> & Pick<Orphaned, 'others'>) {
  return planRelocation({
    failed: replica('dead:1', 'top:1'),
    orphans: [orphan('o1:1'), orphan('o2:1'), orphan('o3:1')],
    tried: [],
    rules: { ...freely, ignoredHosts: [/^ignored/] },
    now: 1_000_000,
    ...twist,
  });
}
const sources = (plan: ReturnType<typeof planOf>) =>
  Object.fromEntries(plan.moves.map(({ instance, source }) => [instance, source]));

describe('the replicas of a dead intermediate source', () => {
  it('get a sibling of it that is in its data centre (plan A)', () => {
    const plan = planOf({ others: [top, sibling('far:1', { dataCenter: 'x' }), sibling('near:1')] });
    expect(sources(plan)).toEqual({ 'o1:1': 'near:1', 'o2:1': 'near:1', 'o3:1': 'near:1' });
    expect(plan).toMatchObject({ successor: 'near:1', left: [] });
  });

  it('follow the best of their own where no sibling is near, and that one a sibling elsewhere (plans B and C)', () => {
    const orphans = [
      orphan('o1:1', { server: { executedGtid: '0-1-5' } }),
      orphan('o2:1', { server: { executedGtid: '0-1-9' } }),
      orphan('o3:1', { server: { executedGtid: '0-1-5' } }),
    ];
    const plan = planOf({ orphans, others: [top, sibling('far:1', { dataCenter: 'x' })] });
    expect(sources(plan)).toEqual({ 'o1:1': 'o2:1', 'o2:1': 'far:1', 'o3:1': 'o2:1' });
    expect(plan.successor).toBe('o2:1');
  });

  it('get the source of the dead one where nobody may lead them (plan D)', () => {
    const orphans = [orphan('o1:1', { promotionRule: 'must_not' }), orphan('ignored:1')];
    expect(sources(planOf({ orphans, others: [top] }))).toEqual({ 'o1:1': 'top:1', 'ignored:1': 'top:1' });
  });

  it('get the primary that the cluster has now where the source of the dead one is gone too', () => {
    const others = [fresh(primary('new:1')), below('new:1', 'near:1')];
    expect(sources(planOf({ others, orphans: [orphan('o1:1')] }))).toEqual({ 'o1:1': 'near:1' });
  });

  it.each<[because: string, other: Fresh]>([
    ['writes no binary log', sibling('s:1', { server: { logBin: false } })],
    ['does not log what it replicates', sibling('s:1', { server: { logReplicaUpdates: false } })],
    ['has the promotion rule must_not', sibling('s:1', { promotionRule: 'must_not' })],
    ['matches PromotionIgnoreHostnameFilters', sibling('ignored:1')],
    ['does not replicate itself', sibling('s:1', { replication: { sqlThread: 'stopped' } })],
    ['replicates by filters', sibling('s:1', { replication: { hasFilters: true } })],
    ['is a binlog server', sibling('s:1', { isBinlogServer: true })],
    ['is in downtime', sibling('s:1', { downtime: { owner: 'ann', reason: 'disk', until: 2_000_000 } })],
    ['says a GTID set that cannot be read', sibling('s:1', { server: { executedGtid: 'no-set' } })],
  ])('never get one that %s', (because, other) => {
    const plan = planOf({ others: [top, other], orphans: [orphan('o1:1')] });
    expect(sources(plan)).toEqual({ 'o1:1': 'top:1' });
    expect(plan.comparisons).toEqual([expect.stringContaining(`${other.key} ${because}`)]);
  });

  it('get whom people prefer, then who feeds others already, then who is ahead, then the first by name', () => {
    const a = sibling('a:1');
    const b = sibling('b:1', { server: { executedGtid: '0-1-9' } });
    const c = sibling('c:1', { server: { listedReplicas: ['x:1'] } });
    const d = sibling('d:1', { promotionRule: 'prefer' });
    const best = (others: readonly Fresh[]) => planOf({ others: [top, ...others] }).successor;
    expect([best([a, b, c, d]), best([a, b, c]), best([a, b]), best([a, sibling('a0:1')])]).toEqual([
      'd:1',
      'c:1',
      'b:1',
      'a:1',
    ]);
  });

  it('get the next source in order once one was tried in vain, each for itself', () => {
    const others = [top, sibling('near:1')];
    const tried = [{ instance: 'o1:1', source: 'near:1', because: 'o1:1 has 0-1-9' }] as const;
    expect(sources(planOf({ others, tried }))).toEqual({
      'o1:1': 'top:1',
      'o2:1': 'near:1',
      'o3:1': 'near:1',
    });
  });

  it('stay where GTIDs do not tell where they would go on, or nobody can feed them, and say why', () => {
    const orphans = [
      orphan('o1:1', { replication: { position: 'coordinates' } }),
      orphan('o2:1', { replication: { channels: 2 } }),
      orphan('o3:1', { server: { version: '10.4.1' } }),
    ];
    const plan = planOf({ orphans, others: [top] });
    expect(plan).toMatchObject({ moves: [], successor: null });
    expect(plan.left).toEqual([
      { instance: 'o1:1', because: 'it does not replicate by GTID' },
      { instance: 'o2:1', because: 'it replicates over more than the default channel' },
      { instance: 'o3:1', because: expect.stringContaining('o3:1 is of version 10.4.1, older than') },
    ]);
  });
});

describe('the replicas of a dead group member', () => {
  const member = (key: Key, state: string, name = 'g'): Fresh => {
    const group: GroupMembership = { name, state, role: 'SECONDARY' };
    ids += 1;
    return fresh(primary(key, { group, server: { serverId: ids } }));
  };

  it('get another ONLINE member of its group, and no other server', () => {
    const failed = { ...primary('dead:1'), group: { name: 'g', state: 'ONLINE', role: 'SECONDARY' } };
    const plan = planOf({
      failed,
      others: [member('r:1', 'RECOVERING'), member('x:1', 'ONLINE', 'other'), member('m:1', 'ONLINE'), top],
    });
    expect(sources(plan)).toEqual({ 'o1:1': 'm:1', 'o2:1': 'm:1', 'o3:1': 'm:1' });
  });
});
