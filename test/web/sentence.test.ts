import { expect, it } from 'vitest';
import { sentence } from '../../web/src/parts/sentence.ts';

it('makes a sentence of what stands within others, and leaves names as they are', () => {
  expect(sentence('this needs the role view')).toBe('This needs the role view.');
  expect(sentence('db1:3306 is gone')).toBe('db1:3306 is gone.');
  expect(sentence('It is done.')).toBe('It is done.');
});
