import { describe, expect, it } from 'vitest';
import {
  effectivePriority,
  fileContribution,
  fileValue,
} from '../../../src/protocols/keepalived/role/priority.ts';
import { afterRun, untriedScript } from '../../../src/protocols/keepalived/role/script-result.ts';

/** Seen on keepalived 2.2.7 with a base of 100. */
it.each([
  [50, 1, 150],
  [1_000, 1, 254],
  [-50, 1, 50],
  [-253, 1, 1],
  [-254, 1, 'fault'],
  [1, 0, 'fault'],
  [0, 0, 100],
  [10, -2, 80],
])('a tracked file that says %s with weight %s makes 100 into %s', (value, weight, expected) => {
  const share = fileContribution(value, weight);
  expect(share === 'fault' ? share : effectivePriority(100, 100 + share)).toBe(expected);
});

it.each([
  ['0x20\n', 32],
  ['  -7 x', -7],
  ['010', 8],
  ['junk', 0],
  ['', 0],
  ['99999999999', 2_147_483_647],
])('a file with %j has the value %s', (text, value) => {
  expect(fileValue(text)).toBe(value);
});

it('leaves the owner of an address its 255', () => {
  expect(effectivePriority(255, 10)).toBe(255);
});

describe('a track script', () => {
  const counts = { rise: 3, fall: 2 };
  const turns = (runs: string) => {
    let standing = untriedScript(counts);
    return runs.split('').map((run) => {
      const after = afterRun(counts, standing, run === '+');
      standing = after.standing;
      return { good: '+', bad: '-', null: '.' }[String(after.turn) as 'good'];
    });
  };

  it.each([
    ['+', '+'],
    ['-', '-'],
    ['+--+++-+--', '+.-..+...-'],
    ['-++-+++', '-.....+'],
  ])('whose runs end %s turns %s: one decides at first, then rise and fall', (runs, expected) => {
    expect(turns(runs).join('')).toBe(expected);
  });
});
