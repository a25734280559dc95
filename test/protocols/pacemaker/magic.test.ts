import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeTransitionKey,
  decodeTransitionMagic,
  transitionKeyText,
  transitionMagicText,
} from '../../../src/protocols/pacemaker/magic.ts';

const uuid = '09952a2f-22c0-4ef5-961a-878dfbaace9b';
const int = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
/** Any number, as many digits as it takes. */
const anyInt = fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n });
const blanks = fc.string({ unit: fc.constantFrom(' ', '\t', '\n', '\v', '\f', '\r'), maxLength: 3 });
const word = fc.string({ unit: 'binary' });
const token = fc
  .string({ unit: 'binary-ascii', minLength: 1, maxLength: 36 })
  .map((text) => text.replaceAll(/[ \t\n\v\f\r]/g, '-'));
const key = fc.record({ action: int, transition: int, targetRc: int, uuid: token });
const magic = fc.record({ status: int, rc: int, key });

/** What C makes of it: strtol holds it to 64 bits, an int keeps the lower 32. */
function cut(wide: bigint): number {
  const most = 2n ** 63n - 1n;
  return Number(BigInt.asIntN(32, wide > most ? most : wide < -most - 1n ? -most - 1n : wide));
}

describe('a transition key', () => {
  it('is read as it was written, whatever its numbers and its uuid', () => {
    fc.assert(
      fc.property(key, (each) => {
        expect(decodeTransitionKey(transitionKeyText(each))).toEqual(each);
      }),
    );
  });

  it('is written with a uuid of 36 characters, blanks filling a shorter one', () => {
    const short = { action: 5, transition: 0, targetRc: 7, uuid: 'short' };
    expect(transitionKeyText(short)).toBe(`5:0:7:short${' '.repeat(31)}`);
    expect(transitionKeyText({ ...short, uuid })).toBe(`5:0:7:${uuid}`);
  });

  it('may have blanks before each number and before the uuid', () => {
    fc.assert(
      fc.property(key, fc.array(blanks, { minLength: 4, maxLength: 4 }), (each, [a, b, c, d]) => {
        const text = `${a}${each.action}:${b}${each.transition}:${c}${each.targetRc}:${d}${each.uuid}`;
        expect(decodeTransitionKey(text)).toEqual(each);
      }),
    );
  });

  it('wraps numbers at 32 bits and holds them to 64, as C does', () => {
    fc.assert(
      fc.property(anyInt, (wide) => {
        expect(decodeTransitionKey(`${wide}:0:0:u`)?.action).toBe(cut(wide));
      }),
    );
    expect(decodeTransitionKey(`2147483648:+4294967303:99999999999999999999:u`)).toMatchObject({
      action: -2147483648,
      transition: 7,
      targetRc: -1,
    });
  });

  it('ends its uuid after 36 characters or at a blank, and ignores the rest', () => {
    expect(decodeTransitionKey(`5:0:7:${uuid}more`)?.uuid).toBe(uuid);
    expect(decodeTransitionKey(`5:0:7:${uuid.slice(0, 20)} more`)?.uuid).toBe(uuid.slice(0, 20));
  });

  it.each([
    '',
    '5:0:7',
    '5:0:7:',
    '5:0:7:  ',
    '5:0::u',
    '5 :0:7:u',
    'a:0:7:u',
    '5:0:7.5:u',
    '5:- 1:7:u',
    `0:${uuid}`,
  ])('%j is none', (text) => {
    expect(decodeTransitionKey(text)).toBeNull();
  });
});

describe('a transition magic', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(magic, (each) => {
        expect(decodeTransitionMagic(transitionMagicText(each))).toEqual(each);
      }),
    );
  });

  it('gives status and return code of its own, and of its key what was meant', () => {
    expect(decodeTransitionMagic(`-1:193; 5:45:7:${uuid}`)).toEqual({
      status: -1,
      rc: 193,
      key: { action: 5, transition: 45, targetRc: 7, uuid },
    });
  });

  it('ends at the first blank after its key has begun, so a key with blanks in it is cut off', () => {
    expect(decodeTransitionMagic('0:0;5: 45:7:u')).toBeNull();
    expect(decodeTransitionMagic('0:0;5:45:7:u rest')?.key.uuid).toBe('u');
  });

  it.each(['', '0:0', '0:0;', `0;5:45:7:${uuid}`, `0:7:${uuid}`, `0:0 ;5:45:7:${uuid}`])(
    '%j is none',
    (text) => {
      expect(decodeTransitionMagic(text)).toBeNull();
    },
  );

  it('that is no such thing raises no error, whatever it is', () => {
    fc.assert(
      fc.property(word, int, (text, number) => {
        for (const each of [text, `${number}:${text}`, `${number}:0;${text}`]) decodeTransitionMagic(each);
      }),
    );
  });
});
