import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compareGtid,
  containsGtid,
  countGtid,
  intersectGtid,
  subtractGtid,
  unionGtid,
} from '../../../src/topology/gtid/arithmetic.ts';
import { isEmptyGtid } from '../../../src/topology/gtid/gtid-set.ts';
import { parseGtid } from '../../../src/topology/gtid/parse.ts';
import { gtidText } from '../../../src/topology/gtid/text.ts';
import { anyGtid, mariadbPosition, mysqlGtid, threeOfAKind, twoOfAKind } from './sets.ts';

const one = '3e11fa47-71ca-11e1-9e33-c80aa9429562';

describe('GTID arithmetic', () => {
  it('counts what MariaDB has written up to a position in every domain', () => {
    expect(countGtid(parseGtid('0-1-100,1-2-5'))).toBe(105n);
    expect(countGtid(parseGtid(''))).toBe(0n);
  });

  it('says how many transactions one MariaDB server has before another', () => {
    const ahead = subtractGtid(parseGtid('0-1-150,1-2-5'), parseGtid('0-1-100,1-2-9'));
    expect(countGtid(ahead)).toBe(50n);
    expect(gtidText(ahead)).toBe('0-1-101..150');
  });

  it('compares MariaDB positions domain by domain, whoever wrote them', () => {
    expect(compareGtid(parseGtid('0-1-100,1-2-5'), parseGtid('1-2-5,0-7-100'))).toBe('equal');
    expect(compareGtid(parseGtid('0-1-101,1-2-5'), parseGtid('0-1-100,1-2-5'))).toBe('ahead');
    expect(compareGtid(parseGtid('0-1-100'), parseGtid('0-1-100,1-2-5'))).toBe('behind');
    expect(compareGtid(parseGtid('0-1-101,1-2-4'), parseGtid('0-1-100,1-2-5'))).toBe('diverged');
  });

  it('finds a hole in a MySQL set', () => {
    const missing = subtractGtid(parseGtid(`${one}:1-100`), parseGtid(`${one}:1-41:43-100`));
    expect(gtidText(missing)).toBe(`${one}:42`);
  });

  it('keeps what was written under a tag apart', () => {
    expect(containsGtid(parseGtid(`${one}:1-9`), parseGtid(`${one}:shop:1-9`))).toBe(false);
    expect(countGtid(unionGtid(parseGtid(`${one}:1-9`), parseGtid(`${one}:shop:1-9`)))).toBe(18n);
  });

  it('keeps sequence numbers that no double can hold', () => {
    const [large, larger] = [parseGtid('0-1-9007199254740993'), parseGtid('0-1-9007199254740994')];
    expect(countGtid(subtractGtid(larger, large))).toBe(1n);
  });

  it('refuses to hold a MySQL set against a MariaDB one', () => {
    expect(() => compareGtid(parseGtid('0-1-1'), parseGtid(`${one}:1`))).toThrow(RangeError);
  });

  it('reads back what it writes, whatever the set', () => {
    fc.assert(
      fc.property(anyGtid, (set) => {
        expect(parseGtid(gtidText(set))).toEqual(set);
      }),
    );
  });

  it('holds in a union all of both and nothing more', () => {
    fc.assert(
      fc.property(twoOfAKind, ([a, b]) => {
        const all = unionGtid(a, b);
        expect(containsGtid(all, a) && containsGtid(all, b)).toBe(true);
        expect(compareGtid(all, unionGtid(b, a))).toBe('equal');
        expect(countGtid(all)).toBe(countGtid(a) + countGtid(subtractGtid(b, a)));
      }),
    );
  });

  it('splits a set into what it shares with another and what it does not', () => {
    fc.assert(
      fc.property(twoOfAKind, ([a, b]) => {
        const own = subtractGtid(a, b);
        const shared = subtractGtid(a, own);
        expect(containsGtid(b, shared)).toBe(true);
        expect(isEmptyGtid(subtractGtid(own, subtractGtid(own, b)))).toBe(true);
        expect(compareGtid(unionGtid(own, shared), a)).toBe('equal');
      }),
    );
  });

  it('puts a set together again from what it shares with another and what it does not', () => {
    fc.assert(
      fc.property(twoOfAKind, ([a, b]) => {
        const shared = intersectGtid(a, b);
        expect(compareGtid(shared, intersectGtid(b, a))).toBe('equal');
        expect(compareGtid(unionGtid(shared, subtractGtid(a, b)), a)).toBe('equal');
        expect(countGtid(unionGtid(a, b))).toBe(countGtid(a) + countGtid(b) - countGtid(shared));
      }),
    );
  });

  it('shares out an intersection over a union, and a subtraction over both', () => {
    fc.assert(
      fc.property(threeOfAKind, ([a, b, c]) => {
        const all = unionGtid(b, c);
        expect(compareGtid(intersectGtid(a, all), unionGtid(intersectGtid(a, b), intersectGtid(a, c)))).toBe(
          'equal',
        );
        expect(compareGtid(subtractGtid(a, all), subtractGtid(subtractGtid(a, b), c))).toBe('equal');
      }),
    );
  });

  it('agrees with counting transactions one by one', () => {
    fc.assert(
      fc.property(twoOfAKind, ([a, b]) => {
        const [left, right] = [listed(a), listed(b)];
        expect(listed(subtractGtid(a, b))).toEqual(left.filter((each) => !right.includes(each)));
        expect(listed(intersectGtid(a, b))).toEqual(left.filter((each) => right.includes(each)));
        expect(new Set(listed(unionGtid(a, b)))).toEqual(new Set([...left, ...right]));
        expect(containsGtid(a, b)).toBe(right.every((each) => left.includes(each)));
      }),
    );
  });

  it('takes the empty set as a part of every set', () => {
    const empty = parseGtid(' ');
    fc.assert(
      fc.property(anyGtid, (set) => {
        expect(containsGtid(set, empty)).toBe(true);
        expect(unionGtid(empty, set)).toEqual(set);
        expect(compareGtid(empty, set)).toBe(isEmptyGtid(set) ? 'equal' : 'behind');
      }),
    );
  });

  it('never calls two MariaDB positions of one domain diverged', () => {
    fc.assert(
      fc.property(fc.tuple(mariadbPosition(1), mariadbPosition(1)), ([a, b]) => {
        expect(compareGtid(a, b)).not.toBe('diverged');
      }),
    );
  });

  it('is ahead the one way exactly when it is behind the other way', () => {
    const mirrored = { equal: 'equal', ahead: 'behind', behind: 'ahead', diverged: 'diverged' } as const;
    fc.assert(
      fc.property(fc.tuple(mysqlGtid, mysqlGtid), ([a, b]) => {
        expect(compareGtid(b, a)).toBe(mirrored[compareGtid(a, b)]);
      }),
    );
  });
});

/** Every transaction by its name, for sets that are small. */
function listed(set: ReturnType<typeof parseGtid>): string[] {
  return [...set.streams].flatMap(([name, { ranges }]) =>
    ranges.flatMap(({ first, last }) =>
      Array.from({ length: Number(last - first) + 1 }, (_, index) => `${name}/${first + BigInt(index)}`),
    ),
  );
}
