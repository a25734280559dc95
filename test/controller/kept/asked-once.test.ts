import { expect, it } from 'vitest';
import { AskedOnce } from '../../../src/controller/kept/asked-once.ts';
import { memoryJournal } from '../../../src/journal/memory.ts';
import { BatonError } from '../../../src/kernel/errors.ts';
import { VirtualClock } from '../../../src/simulation/clock.ts';

const day = 86_400_000;

function aMemory(journal = memoryJournal()) {
  const clock = new VirtualClock(async () => {});
  let done = 0;
  const life = () => {
    const asked = new AskedOnce({ journal, clock });
    return (key: string, body: unknown = 'x', work = async () => `${++done}`) =>
      asked.ask({ key: ['ann', 'POST', '/x', key], body, work });
  };
  return { life, clock, done: () => done };
}

it('what is asked for twice with one key is done once, by the next life of the controller too', async () => {
  const { life, done } = aMemory();
  const ask = life();
  expect(await Promise.all([ask('one'), ask('one')])).toEqual(['1', '1']);
  expect(await ask('one')).toBe('1');
  expect(await life()('one')).toBe('1');
  expect(await ask('two')).toBe('2');
  expect(done()).toBe(2);
});

it('a refusal stays one, and one that only says that another leads does not', async () => {
  const { life } = aMemory();
  const refuse = (code: 'cluster-busy' | 'not-leader') => () => Promise.reject(new BatonError(code, 'no'));
  await expect(life()('one', 'x', refuse('cluster-busy'))).rejects.toMatchObject({ code: 'cluster-busy' });
  await expect(life()('one')).rejects.toMatchObject({ code: 'cluster-busy', message: 'no' });
  await expect(life()('two', 'x', refuse('not-leader'))).rejects.toMatchObject({ code: 'not-leader' });
  expect(await life()('two')).toBe('1');
});

it('a key with other words is refused', async () => {
  const { life } = aMemory();
  await life()('one', { to: 'b:1' });
  await expect(life()('one', { to: 'c:1' })).rejects.toMatchObject({ code: 'usage' });
});

it('of what a controller died over, the next says that nobody saw what came of it', async () => {
  const { life, done } = aMemory();
  await new Promise<void>((begun) => {
    void life()('one', 'x', () => new Promise(() => begun()));
  });
  expect(await life()('one').catch((error: unknown) => error)).toMatchObject({
    code: 'request-refused',
    message: expect.stringContaining('nobody saw what came of it'),
  });
  expect(done()).toBe(0);
});

it('a key is free again after a day', async () => {
  const { life, clock } = aMemory();
  await life()('one');
  await clock.advance(day);
  expect(await life()('one')).toBe('2');
});
