import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { socketDoor } from '../../src/api/door/doors.ts';
import { serialised } from '../../src/api/serialised.ts';
import { createServer } from '../../src/api/server.ts';
import { SharedAnswers, sharedAnswers } from '../../src/api/shared-answer.ts';
import { served } from './served.ts';

/** Counts how often an answer is made. */
function counted(value: unknown = 'x') {
  let made = 0;
  const make = () => {
    made += 1;
    return value;
  };
  return { make, made: () => made };
}

it('an answer is made once for all who ask within a quarter of a second, and anew afterwards', async () => {
  let now = 0;
  const answers = new SharedAnswers(() => now);
  const { make, made } = counted();
  const [one, other] = await Promise.all([answers.of('a', make), answers.of('a', make)]);
  expect([one === other, made()]).toEqual([true, 1]);
  now = 249;
  await answers.of('a', make);
  expect(made()).toBe(1);
  now = 250;
  await answers.of('a', make);
  expect(made()).toBe(2);
});

it('an answer that could not be made is made anew for whoever asks next', async () => {
  const answers = new SharedAnswers(() => 0);
  await expect(answers.of('a', () => Promise.reject(new Error('not now')))).rejects.toThrow('not now');
  expect(String((await answers.of('a', () => 'x')).bytes)).toBe('"x"');
});

it('no more than 64 answers are kept', async () => {
  const answers = new SharedAnswers(() => 0);
  const first = counted();
  await answers.of('first', first.make);
  for (let name = 0; name < 64; name += 1) await answers.of(String(name), () => name);
  await answers.of('first', first.make);
  expect(first.made()).toBe(2);
});

it('a change at one door is seen at once at the other', async () => {
  const { controller } = await served();
  const [one, other] = [createServer(socketDoor(), null), createServer(socketDoor(), null)];
  onTestFinished(() => one.close());
  onTestFinished(() => other.close());
  const { make, made } = counted();
  sharedAnswers(one, controller);
  const answers = sharedAnswers(other, controller);
  one.get('/look', { config: { needs: 'view' } }, async () => 'seen');
  one.post('/change', { config: { needs: 'recover' } }, async () => 'done');
  await answers.of('a', make);
  await one.inject('/look');
  await answers.of('a', make);
  expect(made()).toBe(1);
  await one.inject({ method: 'POST', url: '/change' });
  await answers.of('a', make);
  expect(made()).toBe(2);
});

it('of big answers one is given in each turn of the event loop', async () => {
  const answers = new SharedAnswers(() => 0);
  const big = () => answers.of('big', () => 'x'.repeat(70_000));
  await big();
  const given: number[] = [];
  let turns = 0;
  const asking = Promise.all([big(), big(), big()].map((one) => one.then(() => given.push(turns))));
  for (; turns < 6; turns += 1) await nextTurn();
  await asking;
  expect(new Set(given).size).toBe(3);
});

it('a long list is written while other things go on, and is the JSON that it would have been', async () => {
  const list = Array.from({ length: 40 }, (_, at) => ({
    toJSON() {
      const until = performance.now() + 1;
      while (performance.now() < until);
      return { at };
    },
  }));
  let turns = 0;
  const counting = setInterval(() => {
    turns += 1;
  }, 0);
  const { bytes } = await serialised({ Code: 'OK', Message: undefined, Details: list });
  clearInterval(counting);
  expect(turns).toBeGreaterThan(3);
  expect(JSON.parse(String(bytes))).toEqual({ Code: 'OK', Details: list.map((_, at) => ({ at })) });
});
