import { expect, it } from 'vitest';
import { attemptsAt, cancelledRun, holdingRun, quietingRun } from '../../../src/analysis/gates/past-runs.ts';
import { failedRun, pastRun } from '../gate-facts.ts';

const failure = { instance: 'a:1', treatment: 'dead-primary' } as const;
const pauses = { quietMs: 60_000, retryMs: 10_000 };
const failedAt = (endedAt: number) => ({ ...failedRun, openedAt: endedAt - 1_000, endedAt });

it('the pause doubles with each attempt that came to nothing, up to the block period', () => {
  const after = (...ends: number[]) => attemptsAt(ends.map(failedAt), failure, pauses)?.retryAt;
  expect(after(100_000)).toBe(110_000);
  expect(after(120_000, 100_000)).toBe(140_000);
  expect(after(180_000, 150_000, 120_000, 100_000)).toBe(240_000);
});

it('attempts are counted from the last one that a person acknowledged, that worked, or that was long ago', () => {
  const count = (...runs: Parameters<typeof attemptsAt>[0]) => attemptsAt(runs, failure, pauses)?.count ?? 0;
  expect(count(failedAt(120_000), failedAt(100_000))).toBe(2);
  expect(count(failedAt(120_000), { ...failedAt(100_000), acknowledged: true })).toBe(1);
  expect(count({ ...failedAt(120_000), acknowledged: true })).toBe(0);
  expect(count(failedAt(120_000), { ...failedAt(100_000), aftereffect: 'quiets' })).toBe(1);
  expect(count(failedAt(500_000), failedAt(100_000))).toBe(1);
  expect(count({ ...failedAt(120_000), failed: 'b:1' })).toBe(0);
});

it('a change of primary quiets the next one, and anything else the same of the same instance: neither holds the other back', () => {
  const quieted = (
    treatment: 'dead-primary' | 'semi-sync',
    by: typeof pastRun,
    instance: 'a:1' | 'b:1' = 'a:1',
  ) => quietingRun([by], { instance, treatment }, { quietMs: 60_000, now: 1_000_000 }) !== null;
  const mended = { ...pastRun, failed: 'a:1' as const, treatment: 'semi-sync' as const };
  expect(quieted('dead-primary', pastRun)).toBe(true);
  expect(quieted('dead-primary', mended)).toBe(false);
  expect(quieted('semi-sync', mended)).toBe(true);
  expect(quieted('semi-sync', mended, 'b:1')).toBe(false);
  expect(quieted('semi-sync', pastRun)).toBe(false);
});

it('a run after which nobody knows who takes writes holds the cluster until it is acknowledged, however long that takes', () => {
  const open = { ...failedRun, aftereffect: 'holds' as const, endedAt: 1 };
  expect(holdingRun([pastRun, open])).toEqual(open);
  expect(holdingRun([{ ...open, acknowledged: true }])).toBeNull();
});

it('a cancelled recovery keeps Baton from the same failure alone, until it is acknowledged or another was tried since', () => {
  const cancelled = { ...failedRun, aftereffect: 'refrains' as const };
  const dead = { instance: 'a:1', treatment: 'dead-primary' } as const;
  expect(cancelledRun([cancelled], dead)).toEqual(cancelled);
  expect(cancelledRun([pastRun, cancelled], { ...dead, instance: 'b:1' })).toBeNull();
  expect(cancelledRun([cancelled], { ...dead, treatment: 'semi-sync' })).toBeNull();
  expect(cancelledRun([{ ...cancelled, acknowledged: true }], dead)).toBeNull();
  expect(cancelledRun([failedRun, cancelled], dead)).toBeNull();
});
