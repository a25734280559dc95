import { describe, expect, it } from 'vitest';
import { BatonError } from '../../../src/kernel/errors.ts';
import { isEmptyGtid } from '../../../src/topology/gtid/gtid-set.ts';
import { parseGtid } from '../../../src/topology/gtid/parse.ts';
import { gtidText } from '../../../src/topology/gtid/text.ts';

const one = '3e11fa47-71ca-11e1-9e33-c80aa9429562';
const two = 'a0000000-0000-0000-0000-00000000000b';

describe('a GTID set', () => {
  it.each([
    ['', ''],
    [' \n', ''],
    ['0-1-0', ''],
    ['1-2-5,0-1-100', '0-1-100,1-2-5'],
    ['10-1-1,9-1-1', '9-1-1,10-1-1'],
    ['0-1-5,0-2-9,0-3-7', '0-2-9'],
    ['0-1-51..100', '0-1-51..100'],
    [`${one}:1-5:8`, `${one}:1-5:8`],
    [`${two}:7,\n${one.toUpperCase()}:1 - 3`, `${one}:1-3,${two}:7`],
    [`${one}:1-3:4-9:9-12`, `${one}:1-12`],
    [`${one}:1-3:Shop:1-5:7:archive:2`, `${one}:1-3:archive:2:shop:1-5:7`],
    [`${one}:shop:1-5,${one}:1-2`, `${one}:1-2:shop:1-5`],
    [`${one}:shop:1-5`, `${one}:shop:1-5`],
    [`,${one} : 01-003 ,,${one}:7,`, `${one}:1-3:7`],
    [`${one}:9223372036854775806`, `${one}:9223372036854775806`],
    ['4294967295-4294967295-18446744073709551615', '4294967295-4294967295-18446744073709551615'],
  ])('that is written %j reads as %j', (written, canonical) => {
    expect(gtidText(parseGtid(written))).toBe(canonical);
  });

  it.each([
    'nonsense',
    '0-1',
    '0-1-2-3',
    '0-1-9..4',
    '0-1-0..4',
    'not-a-uuid:1-5',
    `${one}:`,
    `${one}:0-5`,
    `${one}:9-4`,
    `${one}:1-5:9x`,
    `${one}:1-5 6`,
    `${one}:1--3`,
    `${one}:shop:archive:1`,
    `${one}:${'a'.repeat(33)}:1`,
    `${one}:9223372036854775807`,
    `0-1-100,${one}:1`,
    '0-1-18446744073709551616',
    '4294967296-1-1',
  ])('is not read from %j, which is named in a sentence', (written) => {
    expect(complaintAbout(written)).toMatch(/^"\S.*" is no GTID: .*\.$/);
  });

  it.each([
    '0-1-100,1-2',
    `${one}:1-5,${two.slice(0, 20)}`,
    `${one}:1-5,${two}`,
    `${one}:1-5,${two}:`,
    `${one}:1-5,${two}:shop`,
    `${one}:1-5,${two}:shop:`,
    `${one}:1-5,${two}:1-`,
  ])('that ends in the middle, %j, is refused as one that may have been cut off', (written) => {
    expect(complaintAbout(written)).toContain('may have been cut off');
  });

  it('that ends with the bare name of a server is said to name no transaction', () => {
    expect(complaintAbout(`${one}:1-5,${two}`)).toContain('it names a server and no transaction');
  });

  it('that is malformed in its midst is not called cut off', () => {
    expect(complaintAbout(`${one}:9-4,${two}:1`)).not.toContain('cut off');
  });

  const megabytes = 10_000_000;
  it.each<[what: string, text: () => string]>([
    ['one number', () => `${one}:${'9'.repeat(megabytes)}`],
    ['white space', () => `${one}:1${' '.repeat(megabytes)}x`],
    ['colons', () => `${one}:1${':'.repeat(megabytes)}`],
    ['dashes', () => '-'.repeat(megabytes)],
    ['tags without transactions', () => `${one}${':shop'.repeat(megabytes / 5)}`],
    ['intervals, and cut off', () => `${one}${':1-9'.repeat(megabytes / 4)}:`],
  ])('of ten megabytes of %s is refused within seconds, in a short sentence', (_, text) => {
    const written = text();
    const began = performance.now();
    expect(complaintAbout(written).length).toBeLessThan(400);
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  it('of ten megabytes of intervals in the worst order is read within seconds', () => {
    const most = 1_000_000;
    const intervals = Array.from({ length: most }, (_, index) => 2 * (most - index));
    const began = performance.now();
    const set = parseGtid(`${one}:${intervals.join(':')}`);
    expect(set.streams.get(one)?.ranges).toHaveLength(most);
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  it('is empty where nothing was written', () => {
    expect(isEmptyGtid(parseGtid(''))).toBe(true);
    expect(isEmptyGtid(parseGtid('0-1-1'))).toBe(false);
  });
});

/** The sentence about a text that is no set. */
function complaintAbout(written: string): string {
  try {
    parseGtid(written);
  } catch (error) {
    expect(error).toMatchObject({ name: BatonError.name, code: 'gtid-unreadable' });
    return (error as BatonError).message;
  }
  throw new Error(`${written.slice(0, 80)} was read`);
}
