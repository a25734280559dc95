import { expect, it } from 'vitest';
import { Inbox } from '../../src/engine/inbox.ts';

const never = () => new AbortController().signal;

it('gives messages in the order in which they came', async () => {
  const inbox = new Inbox<number>();
  inbox.put(1);
  inbox.put(2);
  expect([inbox.take(), inbox.take(), inbox.take()]).toEqual([1, 2, undefined]);
});

it('wakes whoever waits for the first message', async () => {
  const inbox = new Inbox<number>();
  const arrival = inbox.arrival(never());
  inbox.put(1);
  await arrival;
  expect(inbox.take()).toBe(1);
});

it('keeps a message that comes to a reader who has stopped waiting', async () => {
  const inbox = new Inbox<number>();
  const stop = new AbortController();
  const arrival = inbox.arrival(stop.signal);
  inbox.put(1);
  stop.abort(new Error('time came first'));
  await arrival.catch(() => {});
  expect(inbox.take()).toBe(1);
});

it('rejects with the reason of whoever stops the waiting', async () => {
  const stop = new AbortController();
  const arrival = new Inbox<number>().arrival(stop.signal);
  stop.abort(new Error('enough'));
  await expect(arrival).rejects.toThrow('enough');
});
