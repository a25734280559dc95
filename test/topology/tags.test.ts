import fc from 'fast-check';
import { expect, it } from 'vitest';
import { areTagged, parseTag, parseTags, tagTexts } from '../../src/topology/tags.ts';

const tags = { role: 'backup', dc: 'ams', spare: '' };
const holds = (expression: string, of: Readonly<Record<string, string>> = tags) => {
  const wanted = parseTags(expression);
  return wanted === null ? null : areTagged(of, wanted);
};

it.each([
  ['role', true],
  ['role=backup', true],
  ['role=report', false],
  ['spare', true],
  ['spare=', true],
  ['other', false],
  ['role=backup,dc=ams', true],
  ['role=backup, dc=fra', false],
  ['~other', true],
  ['~role', false],
  ['!role', false],
  ['~role=report', true],
  ['~role=backup', false],
  ['~other=backup', false],
  ['role,~other,dc', true],
])('of an instance with role=backup, dc=ams and spare, %s is %s', (expression, expected) => {
  expect(holds(expression)).toBe(expected);
});

it('a negated name wants some other tag', () => {
  expect(holds('~role', {})).toBe(false);
  expect(holds('~role', { dc: 'ams' })).toBe(true);
});

it.each(['', ' ', ',', 'role,', '~', '=', '=value', '~=value'])('%j is no expression', (text) => {
  expect(parseTags(text)).toBeNull();
});

it('a value may have anything in it but a comma', () => {
  expect(parseTag('url=http://a/?b=c!~')).toEqual({ name: 'url', value: 'http://a/?b=c!~', negated: false });
});

it('what orchestrator-client puts at the end of a line is no part of a tag', () => {
  expect(parseTag('role=backup\n')).toEqual({ name: 'role', value: 'backup', negated: false });
});

it('a list shows the value where there is one', () => {
  expect(tagTexts(tags)).toEqual(['dc=ams', 'role=backup', 'spare']);
});

it('any text is a tag or none, and what a list shows is read as the tag that it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const tag = parseTag(text);
      if (tag === null || tag.negated) return;
      const [shown = ''] = tagTexts({ [tag.name]: tag.value ?? '' });
      const again = parseTag(shown);
      const isLikeNegation = /^[~!]/.test(tag.name);
      expect(isLikeNegation || (again?.name === tag.name && (again.value ?? '') === (tag.value ?? ''))).toBe(
        true,
      );
    }),
  );
});
