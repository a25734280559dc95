import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Interruption } from '../../../src/hooks/spawner/interruption.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const dayMs = 86_400_000;

it('a run with a year to run has a year, longer than any timer of Node', async () => {
  const heard = vi.fn();
  void new Interruption(365 * dayMs).cause.then(heard);
  await vi.advanceTimersByTimeAsync(364 * dayMs);
  expect(heard).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(dayMs);
  expect(heard).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ ended: 'timed-out' }));
});
