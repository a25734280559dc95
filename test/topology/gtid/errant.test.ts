import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { containsGtid, intersectGtid, subtractGtid } from '../../../src/topology/gtid/arithmetic.ts';
import { errantGtid, type Pair } from '../../../src/topology/gtid/errant.ts';
import { isEmptyGtid } from '../../../src/topology/gtid/gtid-set.ts';
import { gtidText } from '../../../src/topology/gtid/text.ts';
import { mysqlGtid } from './sets.ts';

const source = '3e11fa47-71ca-11e1-9e33-c80aa9429562';
const replica = 'a0000000-0000-0000-0000-00000000000b';
const errant = (pair: Pair) => gtidText(errantGtid(pair));

describe('errant transactions', () => {
  it.each<[what: string, pair: Pair, found: string]>([
    ['none, of a replica that is behind', { replica: `${source}:1-90`, source: `${source}:1-100` }, ''],
    ['none, of a replica that holds nothing', { replica: '', source: `${source}:1-100` }, ''],
    [
      'what somebody wrote on the replica',
      { replica: `${source}:1-90,${replica}:1-2`, source: `${source}:1-100` },
      `${replica}:1-2`,
    ],
    [
      'a transaction that the source has a hole for',
      { replica: `${source}:1-90`, source: `${source}:1-41:43-100` },
      `${source}:42`,
    ],
    [
      'what was written under a tag',
      { replica: `${source}:1-90:shop:1-3`, source: `${source}:1-100:shop:1-2` },
      `${source}:shop:3`,
    ],
    [
      'not what the source wrote after it was read, tags included',
      {
        replica: `${source}:1-105:shop:1,${replica}:1`,
        source: `${source}:1-100`,
        upstream: [source.toUpperCase()],
      },
      `${replica}:1`,
    ],
    [
      'not what the source wrote, though nothing had been when it was read',
      { replica: `${source}:1-5`, source: '', upstream: [source] },
      '',
    ],
    ['none, of a MariaDB that is behind', { replica: '0-1-90', source: '0-1-100' }, ''],
    ['what a MariaDB has beyond its source', { replica: '0-1-105', source: '0-1-100' }, '0-1-101..105'],
    [
      'the last that a server unknown to the source wrote under the same numbers',
      { replica: '0-1-90,0-2-95', source: '0-1-100' },
      '0-2-95..95',
    ],
    [
      'not what an earlier primary wrote, whom the binlog state of the source has',
      { replica: '0-2-90', source: '0-2-92,0-1-100' },
      '',
    ],
    [
      'not what a copy brought, whose position stands behind the binlog state of the source',
      { replica: '0-2-90,0-3-91', source: '0-1-100,0-2-92,0-2-80,0-3-91' },
      '',
    ],
    ['in each domain by itself', { replica: '0-1-90,7-2-3', source: '0-1-100,7-1-9' }, '7-2-3..3'],
    [
      'not what the MariaDB source wrote after it was read',
      { replica: '0-1-105,0-2-96', source: '0-1-100', upstream: ['1'] },
      '0-2-96..96',
    ],
  ])('are %s', (_, pair, found) => {
    expect(errant(pair)).toBe(found);
  });

  it('are never looked for between a MySQL server and a MariaDB one', () => {
    expect(() => errantGtid({ replica: '0-1-5', source: `${source}:1` })).toThrow('MySQL');
    expect(() => errantGtid({ replica: `${source}:1`, source: '0-1-5' })).toThrow('MySQL');
  });

  it('are on MySQL all that the replica has and nothing that the source has', () => {
    fc.assert(
      fc.property(fc.tuple(mysqlGtid, mysqlGtid), ([has, had]) => {
        const found = errantGtid({ replica: gtidText(has), source: gtidText(had) });
        expect(isEmptyGtid(intersectGtid(found, had))).toBe(true);
        expect(containsGtid(has, found)).toBe(true);
        expect(isEmptyGtid(subtractGtid(subtractGtid(has, found), had))).toBe(true);
      }),
    );
  });

  it('are on MariaDB none for a replica whose source has as much of every writer', () => {
    const state = fc.uniqueArray(
      fc.record({
        domain: fc.nat(2),
        server: fc.nat(3),
        last: fc.integer({ min: 1, max: 40 }),
        more: fc.nat(5),
      }),
      { selector: ({ domain, server }) => `${domain}-${server}` },
    );
    fc.assert(
      fc.property(state, (writers) => {
        const text = (ahead: boolean) =>
          writers
            .map(({ domain, server, last, more }) => `${domain}-${server}-${ahead ? last + more : last}`)
            .join();
        expect(errant({ replica: text(false), source: text(true) })).toBe('');
      }),
    );
  });
});
