import { describe, expect, it } from 'vitest';
import type { InstanceKey } from '../../src/kernel/instance-key.ts';
import { groupClusters, type Member } from '../../src/topology/grouping.ts';

function member(key: InstanceKey, root: InstanceKey, changes: Partial<Member> = {}): Member {
  return { key, root, clusterId: 'shop', isPresent: true, isLost: false, ...changes };
}

const drawn = (...members: Member[]) => Object.fromEntries(groupClusters(members, (root) => `new ${root}`));

describe('a cluster', () => {
  it('is one id for all the instances of a tree', () => {
    const unknown = { clusterId: null };
    expect(drawn(member('a:1', 'a:1', unknown), member('b:1', 'a:1', unknown))).toEqual({
      'a:1': 'new a:1',
      'b:1': 'new a:1',
    });
  });

  it('keeps its id all through a failover (rule 13)', () => {
    const dead = member('a:1', 'a:1', { isPresent: false });
    const promoted = member('b:1', 'b:1');
    expect(drawn(dead, promoted, member('c:1', 'a:1'))).toEqual({
      'a:1': 'shop',
      'b:1': 'shop',
      'c:1': 'shop',
    });
    expect(drawn(dead, promoted, member('c:1', 'b:1'))).toEqual({
      'a:1': 'shop',
      'b:1': 'shop',
      'c:1': 'shop',
    });
  });

  it('stays with the successor when the old primary comes back, however many it still leads', () => {
    const back = member('a:1', 'a:1', { isLost: true });
    expect(drawn(back, member('b:1', 'b:1'), member('c:1', 'a:1'), member('d:1', 'a:1'))).toEqual({
      'a:1': 'new a:1',
      'b:1': 'shop',
      'c:1': 'new a:1',
      'd:1': 'new a:1',
    });
  });

  it('stays with the larger part when it is cut in two', () => {
    expect(drawn(member('a:1', 'a:1'), member('b:1', 'b:1'), member('c:1', 'b:1'))).toEqual({
      'a:1': 'new a:1',
      'b:1': 'shop',
      'c:1': 'shop',
    });
  });

  it('takes in a new replica of a dead primary', () => {
    const dead = member('a:1', 'a:1', { isPresent: false });
    expect(drawn(dead, member('b:1', 'a:1', { clusterId: null }))).toEqual({ 'a:1': 'shop', 'b:1': 'shop' });
  });

  it('is one for the orphans of a primary that was never met', () => {
    const unknown = { clusterId: null };
    expect(drawn(member('b:1', 'a:1', unknown), member('c:1', 'a:1', unknown))).toEqual({
      'b:1': 'new a:1',
      'c:1': 'new a:1',
    });
  });
});
