import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { inTurn } from '../../src/sandbox/turn.ts';

const never = new AbortController().signal;

it('lets one work at a time, and the next begin when it has ended', async () => {
  const path = randomUUID();
  const told: string[] = [];
  const work = (name: string) =>
    inTurn(path, never, async () => {
      told.push(`${name} begins`);
      await new Promise((resolve) => setImmediate(resolve));
      told.push(`${name} ends`);
    });
  await Promise.all([work('first'), work('second'), work('third')]);
  expect(told.filter((_, index) => index % 2 === 0).map((line) => line.replace('begins', 'ends'))).toEqual(
    told.filter((_, index) => index % 2 === 1),
  );
  expect(told).toHaveLength(6);
});

it('gives the turn back when the work fails', async () => {
  const path = randomUUID();
  await expect(inTurn(path, never, () => Promise.reject(new Error('no luck')))).rejects.toThrow('no luck');
  expect(await inTurn(path, never, async () => 'done')).toBe('done');
});

it('does not wait for a turn that nobody wants any more', async () => {
  const path = randomUUID();
  const controller = new AbortController();
  await inTurn(path, never, async () => {
    const waiting = inTurn(path, controller.signal, async () => 'done');
    controller.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
  });
});

it('keeps work on different paths apart', async () => {
  const inner = () => inTurn(randomUUID(), never, async () => 'done');
  expect(await inTurn(randomUUID(), never, inner)).toBe('done');
});
