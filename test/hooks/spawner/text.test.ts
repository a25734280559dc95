import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { headOf, shortened } from '../../../src/hooks/spawner/text.ts';

const cut = { missingBytes: 10, orMore: false };

describe('output that is too long', () => {
  it('keeps its beginning and its end, and says how much is missing', () => {
    const text = shortened(Buffer.from('begin'), Buffer.from('end'), cut);
    expect(text).toBe('begin\n… 10 bytes are left out …\nend');
  });

  it('says that more may be missing when it was cut while it was being written', () => {
    const text = shortened(Buffer.from('a'), Buffer.from('b'), { ...cut, orMore: true });
    expect(text).toBe('a\n… 10 bytes or more are left out …\nb');
  });

  it('is cut at a line break where one is near, so that no secret is cut in two', () => {
    const head = Buffer.from(`${'line\n'.repeat(10)}pass`);
    const tail = Buffer.from(`word\n${'line\n'.repeat(10)}`);
    const [before = '', after = ''] = shortened(head, tail, cut).split(/… \d+ bytes are left out …/);
    expect(before).toBe('line\n'.repeat(10));
    expect(after).toBe(`\n${'line\n'.repeat(10)}`);
  });

  it('is never cut within a character, and every byte is either there or counted', () => {
    // What a cut character would become must not have been said.
    const words = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
      .filter((word) => !word.includes('\uFFFD'));
    fc.assert(
      fc.property(words, fc.nat(), (word, at) => {
        const whole = Buffer.from(word);
        const place = at % (whole.length + 1);
        const text = shortened(whole.subarray(0, place), whole.subarray(place), {
          missingBytes: 0,
          orMore: false,
        });
        expect(text).not.toContain('\uFFFD');
        const [, missing = '', rest = ''] = /\n… (\d+) bytes are left out …\n(.*)$/s.exec(text) ?? [];
        const begin = text.slice(
          0,
          text.length - rest.length - `\n… ${missing} bytes are left out …\n`.length,
        );
        const lost = Buffer.byteLength(word) - Buffer.byteLength(begin) - Buffer.byteLength(rest);
        // The line break before the mark stands for one that was said.
        expect([0, 1]).toContain(lost - Number(missing));
        expect(word.startsWith(begin)).toBe(true);
        expect(word.endsWith(rest)).toBe(true);
      }),
    );
  });

  it('takes bytes that are no text for U+FFFD', () => {
    expect(headOf(Buffer.from([0x61, 0xff, 0x62]))).toBe('a\uFFFDb');
  });
});
