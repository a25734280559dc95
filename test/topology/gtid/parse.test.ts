import { describe, expect, it } from 'vitest';
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
  ])('that is written %j reads as %j', (written, canonical) => {
    expect(gtidText(parseGtid(written))).toBe(canonical);
  });

  it.each([
    'nonsense',
    '0-1',
    '0-1-2-3',
    '0-1-9..4',
    'not-a-uuid:1-5',
    `${one}:`,
    `${one}:0-5`,
    `${one}:9-4`,
    `${one}:1-5:9x`,
    `0-1-100,${one}:1`,
  ])('is not read from %j, which is named in a sentence', (written) => {
    expect(() => parseGtid(written)).toThrow(RangeError);
    expect(() => parseGtid(written)).toThrow(/is no GTID: .*\.$|is no GTID: MariaDB/);
  });

  it('is empty where nothing was written', () => {
    expect(isEmptyGtid(parseGtid(''))).toBe(true);
    expect(isEmptyGtid(parseGtid('0-1-1'))).toBe(false);
  });
});
