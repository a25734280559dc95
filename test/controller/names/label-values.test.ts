import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../../../src/config/keys.ts';
import { labelsByName, readLabel, readPromotionRule } from '../../../src/controller/names/label-values.ts';

describe('what a query of the operator’s gives', () => {
  it.each([
    ['shop', 'shop'],
    [' shop \n', 'shop'],
    ["it's $(a) shop", "it's $(a) shop"],
    ['Größe 大', 'Größe 大'],
    [null, ''],
    ['x'.repeat(128), 'x'.repeat(128)],
  ])('is taken as it is, without the space around it: %j', (value, text) => {
    expect(readLabel(value)).toEqual({ fit: true, text });
  });

  it.each(['a\nb', 'a\u001b[2Jb', 'a\u202eb', 'a\u200bb', 'a\u2028b', 'a\u0000b'])(
    'is refused where a line of a log or a terminal could be led astray: %j (P5)',
    (value) => {
      expect(readLabel(value)).toEqual({ fit: false, because: 'gave a text with control characters' });
    },
  );

  it('is refused where it is longer than any name, for cut off it would be another one', () => {
    expect(readLabel('x'.repeat(129))).toMatchObject({ fit: false });
  });

  it('is a promotion rule only by its own words, or none', () => {
    const read = ['must', 'must_not', '', null, 'MUST', 'first'].map(readPromotionRule);
    expect(read.map((label) => (label.fit ? label.text : 'refused'))).toEqual([
      'must',
      'must_not',
      '',
      '',
      'refused',
      'refused',
    ]);
  });
});

it('a host name says where its server is, by the first group of each pattern', () => {
  const config = { ...defaultConfig, DataCenterPattern: '[.]([^.]+)[.]example$', RegionPattern: '^db' };
  expect(labelsByName(config, 'db1.ams.example:3306')).toMatchObject({ dataCenter: 'ams', region: '' });
  expect(labelsByName(config, 'db1:3306')).toMatchObject({ dataCenter: '' });
});
