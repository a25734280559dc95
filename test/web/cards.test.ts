import { expect, it } from 'vitest';
import { treeLayout } from '../../src/drawing/tree-layout.ts';
import type { LiveCluster } from '../../web/src/live/standing.ts';
import { Cards, type Hand } from '../../web/src/topology/cards.ts';
import { looksOf } from '../../web/src/topology/looks.ts';
import { aCluster } from './a-cluster.ts';

const shop = aCluster('shop', { 'a:1': null, 'b:1': 'a:1', 'c:1': 'a:1' });
const near: Hand = { chosen: null, dragged: null, target: null, isFar: false };
const sizes = { width: 304, height: 58, across: 64, down: 14 };
const layout = treeLayout(shop.instances, sizes);

function lagging(seconds: number): LiveCluster {
  const instances = shop.instances.map((one) =>
    one.instance === 'b:1' ? { ...one, lagSeconds: seconds } : one,
  );
  return { ...shop, instances };
}

/** The cards that are drawn again when what stands first is followed by the other. */
function drawnAgain(first: LiveCluster, then: LiveCluster, hand: Partial<Hand> = {}): string[] {
  const cards = new Cards();
  const show = (cluster: LiveCluster) => {
    const nodes = cards.of(cluster, looksOf(cluster, 10), layout, { ...near, ...hand });
    cards.tell();
    return nodes;
  };
  const before = show(first);
  const drawn: string[] = [];
  for (const { instance } of first.instances) cards.listen(instance, () => drawn.push(instance));
  // The drawing has nothing to do: all are where they were.
  expect(show(then)).toBe(before);
  return drawn;
}

it('draws the card again that shows something else, and no other', () => {
  expect(drawnAgain(lagging(1), lagging(2))).toEqual(['b:1']);
  expect(drawnAgain(shop, { ...shop })).toEqual([]);
});

it('draws nothing again from afar while each stands as it stood', () => {
  expect(drawnAgain(lagging(1), lagging(2), { isFar: true })).toEqual([]);
  expect(drawnAgain(lagging(1), lagging(60), { isFar: true })).toEqual(['b:1']);
});

it('names a card by its instance, its role and what is wrong with it', () => {
  const cards = new Cards();
  cards.of(lagging(60), looksOf(lagging(60), 10), layout, near);
  expect(cards.shown('b:1')?.label).toBe('b:1, replica, something is not right, lags');
});

it('shows nothing of an instance that is gone', () => {
  const cards = new Cards();
  cards.of(shop, looksOf(shop, 10), layout, near);
  const rest = { ...shop, instances: shop.instances.filter(({ instance }) => instance !== 'c:1') };
  const nodes = cards.of(rest, looksOf(rest, 10), layout, near);
  expect(nodes.map(({ id }) => id)).toEqual(['a:1', 'b:1']);
  expect(cards.shown('c:1')).toBeNull();
});
