import { type GtidSet, gtidSetOf, isEmptyGtid, type Stream } from './gtid-set.ts';
import { joined, sizeOf, without } from './ranges.ts';

/** Everything that is in either. */
export function unionGtid(a: GtidSet, b: GtidSet): GtidSet {
  const names = new Set([...a.streams.keys(), ...b.streams.keys()]);
  const streams = [...names].map((name): [string, Stream] => [
    name,
    both(streamOf(a, name), streamOf(b, name)),
  ]);
  return gtidSetOf(commonFlavour(a, b), streams);
}

/** What is in `a` and not in `b`. */
export function subtractGtid(a: GtidSet, b: GtidSet): GtidSet {
  const streams = [...a.streams].map(([name, { ranges, server }]): [string, Stream] => [
    name,
    { ranges: without(ranges, streamOf(b, name).ranges), server },
  ]);
  return gtidSetOf(commonFlavour(a, b), streams);
}

/** What is in both. */
export function intersectGtid(a: GtidSet, b: GtidSet): GtidSet {
  return subtractGtid(a, subtractGtid(a, b));
}

/** Nothing of `inner` is missing from `outer`. */
export function containsGtid(outer: GtidSet, inner: GtidSet): boolean {
  return isEmptyGtid(subtractGtid(inner, outer));
}

/** How many transactions there are. */
export function countGtid({ streams }: GtidSet): bigint {
  return [...streams.values()].reduce((sum, { ranges }) => sum + sizeOf(ranges), 0n);
}

/** How `a` stands to `b`; `diverged` where each has something that the other lacks. */
export function compareGtid(a: GtidSet, b: GtidSet): 'equal' | 'ahead' | 'behind' | 'diverged' {
  const [hasAll, lacksNone] = [containsGtid(a, b), containsGtid(b, a)];
  if (hasAll && lacksNone) return 'equal';
  if (hasAll) return 'ahead';
  return lacksNone ? 'behind' : 'diverged';
}

const nothing: Stream = { ranges: [], server: null };

function streamOf({ streams }: GtidSet, name: string): Stream {
  return streams.get(name) ?? nothing;
}

function both(a: Stream, b: Stream): Stream {
  const newer = (b.ranges.at(-1)?.last ?? 0n) > (a.ranges.at(-1)?.last ?? 0n) ? b : a;
  return { ranges: joined([...a.ranges, ...b.ranges]), server: newer.server };
}

function commonFlavour(a: GtidSet, b: GtidSet): GtidSet['flavour'] {
  if (a.flavour !== null && b.flavour !== null && a.flavour !== b.flavour) {
    throw new RangeError('A GTID set of MySQL cannot be held against one of MariaDB.');
  }
  return a.flavour ?? b.flavour;
}
