import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InstanceKey } from '../../src/kernel/instance-key.ts';
import { clusterNameOf, depthOf, isCoPrimary, type Member } from '../../src/topology/clusters.ts';

type Links = Readonly<Record<string, InstanceKey | null>>;

/** By key: whom it replicates from. The name last known is the key with `was-` before it. */
function membersOf(links: Links): Map<InstanceKey, Member> {
  return new Map(
    Object.entries(links).map(([key, source]) => [
      // The tests write keys as host:port.
      key as InstanceKey,
      { source, clusterName: `was-${key}` },
    ]),
  );
}

describe('the name of a cluster', () => {
  it('is the root of the tree, for the root and for all below it', () => {
    const members = membersOf({ 'a:1': null, 'b:1': 'a:1', 'c:1': 'b:1' });
    for (const key of members.keys()) expect(clusterNameOf(key, members)).toBe('a:1');
  });

  it('is the smaller co-primary, ports counted as numbers', () => {
    const members = membersOf({ 'a:10': 'a:9', 'a:9': 'a:10', 'b:1': 'a:10' });
    for (const key of members.keys()) expect(clusterNameOf(key, members)).toBe('a:9');
  });

  it('is what the highest known instance was last known by, where its source is not known', () => {
    const members = membersOf({ 'b:1': 'lost:1', 'c:1': 'b:1' });
    expect(clusterNameOf('b:1', members)).toBe('was-b:1');
    expect(clusterNameOf('c:1', members)).toBe('was-b:1');
  });

  it('is its own key for an instance that is not known at all', () => {
    expect(clusterNameOf('new:1', new Map())).toBe('new:1');
  });

  it('is found, and is one for a source and its replica, whatever replicates from whatever', () => {
    const key = fc.constantFrom<InstanceKey>('a:1', 'b:1', 'c:1', 'd:1', 'e:1');
    fc.assert(
      fc.property(fc.dictionary(key, fc.option(key)), (links) => {
        const members = membersOf(links);
        for (const [each, { source }] of members) {
          if (source === null || !members.has(source)) continue;
          expect(clusterNameOf(each, members)).toBe(clusterNameOf(source, members));
          const step = isCoPrimary(each, members) ? 0 : 1;
          expect(depthOf(each, members)).toBe(depthOf(source, members) + step);
        }
      }),
    );
  });
});

describe('the depth of an instance', () => {
  it('counts the steps to the primary', () => {
    const members = membersOf({ 'a:1': null, 'b:1': 'a:1', 'c:1': 'b:1' });
    expect(['a:1', 'b:1', 'c:1'].map((key) => depthOf(key as InstanceKey, members))).toEqual([0, 1, 2]);
  });

  it('is 0 for co-primaries and counts from the nearest of them', () => {
    const members = membersOf({ 'a:1': 'b:1', 'b:1': 'a:1', 'c:1': 'b:1', 'd:1': 'c:1' });
    expect(depthOf('b:1', members)).toBe(0);
    expect(depthOf('d:1', members)).toBe(2);
    expect(isCoPrimary('a:1', members)).toBe(true);
    expect(isCoPrimary('c:1', members)).toBe(false);
  });

  it('counts the step to a source that is not known', () => {
    expect(depthOf('b:1', membersOf({ 'b:1': 'lost:1' }))).toBe(1);
  });
});
