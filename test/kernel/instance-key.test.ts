import { describe, expect, it } from 'vitest';
import { asWritten, parseInstanceKey } from '../../src/kernel/instance-key.ts';

describe('what a person writes', () => {
  it.each([
    ['db1:3307', 'db1:3307'],
    ['db1', 'db1:3306'],
    [' db1.north:3306 ', 'db1.north:3306'],
    ['[::1]:3306', '[::1]:3306'],
    ['//db1:3306', '//db1:3306'],
    ['bücher:3306', 'bücher:3306'],
  ])('%j is %s', (text, key) => {
    expect(parseInstanceKey(text, 3306)).toBe(key);
  });

  it.each([
    '',
    ':3306',
    'db1:',
    'db1:0',
    'db1:65536',
    'a b',
    'db1\0',
    'db\u001b[31m:3306',
    'x'.repeat(5_000),
  ])('%j is no instance', (text) => {
    expect(parseInstanceKey(text, 3306)).toBeNull();
  });

  it('is repeated without what a terminal would act upon, and no longer than can be read', () => {
    expect(asWritten('db1\0')).toBe('"db1\u{fffd}"');
    expect(asWritten('x'.repeat(5_000))).toHaveLength(83);
  });
});
