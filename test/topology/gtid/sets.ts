import fc from 'fast-check';
import type { GtidSet } from '../../../src/topology/gtid/gtid-set.ts';
import { parseGtid } from '../../../src/topology/gtid/parse.ts';

/** Small GTID sets, close enough to each other to overlap, touch and miss. */

const interval = fc
  .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 8 }))
  .map(([first, more]) => `${first}-${first + more}`);

const stream = fc.constantFrom(
  '3e11fa47-71ca-11e1-9e33-c80aa9429562',
  '3e11fa47-71ca-11e1-9e33-c80aa9429562:shop',
  'a0000000-0000-0000-0000-00000000000b',
);

export const mysqlGtid: fc.Arbitrary<GtidSet> = fc
  .array(
    fc
      .tuple(stream, fc.array(interval, { minLength: 1, maxLength: 4 }))
      .map((parts) => parts.flat().join(':')),
    { maxLength: 4 },
  )
  .map((items) => parseGtid(items.join(',')));

/** Up to `domains` domains, each from its first transaction on. */
export function mariadbPosition(domains: number): fc.Arbitrary<GtidSet> {
  return fc
    .array(
      fc.tuple(
        fc.integer({ min: 0, max: domains - 1 }),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 0, max: 40 }),
      ),
      { maxLength: domains },
    )
    .map((positions) => parseGtid(positions.map((position) => position.join('-')).join(',')));
}

export const anyGtid = fc.oneof(mysqlGtid, mariadbPosition(3));

export const twoOfAKind = fc.oneof(
  fc.tuple(mysqlGtid, mysqlGtid),
  fc.tuple(mariadbPosition(3), mariadbPosition(3)),
);

export const threeOfAKind = fc.oneof(
  fc.tuple(mysqlGtid, mysqlGtid, mysqlGtid),
  fc.tuple(mariadbPosition(3), mariadbPosition(3), mariadbPosition(3)),
);
