import { expect, it } from 'vitest';
import { millisecondsIn } from '../../src/kernel/duration.ts';

it('is read as a person writes it, and nothing else is', () => {
  expect(['90s', '30m', '2h', '1d', '1.5h'].map(millisecondsIn)).toEqual([
    90_000, 1_800_000, 7_200_000, 86_400_000, 5_400_000,
  ]);
  expect(['', '5', 'h', '-1h', '2 hours'].map(millisecondsIn)).toEqual([null, null, null, null, null]);
});
