import { expect, it } from 'vitest';
import { treeLayout } from '../../src/drawing/tree-layout.ts';
import { summaryOf } from '../../web/src/topology/cluster-summary.ts';
import { looksOf } from '../../web/src/topology/looks.ts';
import { clusterMeant } from '../../web/src/topology/meant.ts';
import { rowsOf } from '../../web/src/topology/rows.ts';
import { aCluster } from './a-cluster.ts';

const shop = aCluster('shop', { 'a:1': null, 'b:1': 'a:1', 'c:1': 'b:1', 'd:1': 'a:1' });

it('lists replicas below their source', () => {
  expect(rowsOf(shop.instances).map(({ instance, depth }) => [instance.instance, depth])).toEqual([
    ['a:1', 0],
    ['b:1', 1],
    ['c:1', 2],
    ['d:1', 1],
  ]);
});

it('lists those once that follow each other in a ring', () => {
  const ring = aCluster('ring', { 'a:1': 'b:1', 'b:1': 'a:1', 'c:1': 'b:1' });
  expect(
    rowsOf(ring.instances)
      .map(({ instance }) => instance.instance)
      .toSorted(),
  ).toEqual(['a:1', 'b:1', 'c:1']);
});

it('finds a cluster by its alias, its primary, or one of its instances', () => {
  const found = [
    { cluster: 'shop', instance: null },
    { cluster: 'a:1', instance: null },
    { cluster: 'c:1', instance: null },
    { cluster: null, instance: 'd:1' },
    { cluster: 'mail', instance: null },
  ].map((wanted) => clusterMeant([shop], wanted)?.alias ?? null);
  expect(found).toEqual(['shop', 'shop', 'shop', 'shop', null]);
});

it('counts what is wrong in a cluster, but for what people said to leave alone', () => {
  const more = { 'b:1': { lagSeconds: 60 }, 'd:1': { answering: false, downtime: 'disk (ann)' } };
  const sick = aCluster('shop', { 'a:1': null, 'b:1': 'a:1', 'd:1': 'a:1' }, more);
  expect(summaryOf(sick, [], 10).flawed.map(({ instance }) => instance)).toEqual(['b:1']);
  expect(summaryOf(shop, [], 10)).toMatchObject({ found: [], flawed: [], weight: 0 });
});

it('gives each instance a look and a place', () => {
  const looks = looksOf(shop, 10);
  const { spots } = treeLayout(shop.instances, { width: 10, height: 5, across: 5, down: 5 });
  expect([...looks.keys()].toSorted()).toEqual([...spots.keys()].toSorted());
});
