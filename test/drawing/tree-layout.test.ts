import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Branch, type Layout, treeLayout } from '../../src/drawing/tree-layout.ts';
import type { InstanceKey } from '../../src/kernel/instance-key.ts';

const sizes = { width: 200, height: 60, across: 50, down: 10 };
const key = (number: number): InstanceKey => `db${number}:3306`;
/** The source of each instance by its number; null for none. */
const drawn = (sources: readonly (number | null)[]) =>
  treeLayout(
    sources.map(
      (source, number): Branch => ({ instance: key(number), source: source === null ? null : key(source) }),
    ),
    sizes,
  );
const spot = ({ spots }: Layout, number: number) => spots.get(key(number));

it('puts a source at the middle of its replicas, which stand right of it', () => {
  const layout = drawn([null, 0, 0]);
  expect([spot(layout, 0), spot(layout, 1), spot(layout, 2)]).toEqual([
    { x: 0, y: 35 },
    { x: 250, y: 0 },
    { x: 250, y: 70 },
  ]);
  expect(layout.links).toEqual([
    { from: key(0), to: key(1) },
    { from: key(0), to: key(2) },
  ]);
});

it('lets a short branch stand beside a deep one, as close as their outlines let it', () => {
  // db1 has three replicas; db2, beside it, has none and needs no room for those.
  const layout = drawn([null, 0, 0, 1, 1, 1]);
  expect((spot(layout, 2)?.y ?? 0) - (spot(layout, 1)?.y ?? 0)).toBe(70);
});

it('puts many replicas that have none themselves into rows and columns, with one frame and no links', () => {
  const layout = drawn([null, ...Array.from({ length: 998 }, () => 0), 1]);
  expect(layout.blocks).toMatchObject([{ source: key(0), count: 997 }]);
  expect(layout.links).toEqual([
    { from: key(0), to: key(1) },
    { from: key(1), to: key(999) },
  ]);
  const [block] = layout.blocks;
  expect((block?.width ?? 0) / (block?.height ?? 1)).toBeCloseTo(1, 0);
});

it('puts those that follow each other in a ring side by side, with what hangs below them', () => {
  const layout = drawn([1, 0, 1]);
  expect([spot(layout, 0)?.x, spot(layout, 1)?.x, spot(layout, 2)?.x]).toEqual([0, 0, 250]);
  expect(layout.links).toHaveLength(3);
});

it('draws those whose source is not of the cluster leftmost', () => {
  const layout = treeLayout([{ instance: key(1), source: key(9) }], sizes);
  expect([...layout.spots]).toEqual([[key(1), { x: 0, y: 0 }]]);
});

it('draws every instance once, none over another, the same whatever the order they come in', () => {
  const topologies = fc.array(fc.option(fc.nat(59), { nil: null }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(topologies, fc.func(fc.integer()), (sources, order) => {
      const branches = sources.map(
        (source, number): Branch => ({
          instance: key(number),
          source: source === null || source === number ? null : key(source % sources.length),
        }),
      );
      const { spots } = treeLayout(branches, sizes);
      expect(spots.size).toBe(branches.length);
      const places = [...spots.values()];
      const overlaps = places.some((one, place) =>
        places
          .slice(place + 1)
          .some(
            (other) => Math.abs(one.x - other.x) < sizes.width && Math.abs(one.y - other.y) < sizes.height,
          ),
      );
      expect(overlaps).toBe(false);
      expect(Math.min(...places.map(({ y }) => y))).toBe(0);
      const shuffled = branches.toSorted((one, other) => order(one.instance) - order(other.instance));
      expect(Object.fromEntries(treeLayout(shuffled, sizes).spots)).toEqual(Object.fromEntries(spots));
    }),
  );
});
