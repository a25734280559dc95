import { setImmediate } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import type { SignalNews } from '../../../src/engine/ports.ts';
import { HeartbeatSignals } from '../../../src/signals/heartbeat/heartbeat-signals.ts';
import type { HeartbeatState } from '../../../src/signals/heartbeat/state-folder.ts';
import { VirtualClock } from '../../../src/simulation/clock.ts';

type Seen = HeartbeatState['members'][number];
const links = (eth0: boolean, eth1: boolean) => [
  { link: 'eth0', up: eth0 },
  { link: 'eth1', up: eth1 },
];
const db2 = (state: Seen['state'], on = links(true, true)): Seen => ({
  node: 'db2',
  kind: 'normal',
  state,
  links: on,
});

/** What our own node db1 sees of the others; null where none runs. */
async function heard(first: readonly Seen[] | null) {
  const clock = new VirtualClock(() => setImmediate());
  let seen = first;
  const own: Seen = { node: 'db1', kind: 'normal', state: 'active', links: links(true, true) };
  const router: Seen = { node: '10.0.0.254', kind: 'ping', state: 'dead', links: links(false, false) };
  const warnings: string[] = [];
  const signals = new HeartbeatSignals({
    isHost: (node, instance) => instance.startsWith(`${node}:`),
    read: () =>
      seen === null
        ? null
        : {
            pid: 1,
            node: 'db1',
            version: '',
            writtenAtMs: 0,
            deadMs: 1,
            members: [own, ...seen, router],
            parameters: {},
          },
    clock,
    teller: { tell: () => {}, warn: (sentence) => warnings.push(sentence) },
  });
  const news: SignalNews[] = [];
  signals.heed(async (one) => news.push(one) > 0, new AbortController().signal);
  signals.start();
  onTestFinished(async () => {
    const closed = signals.close();
    await clock.advance(1_000);
    await closed;
  });
  return {
    signals,
    news,
    warnings,
    is: async (next: typeof seen) => {
      seen = next;
      await clock.advance(500);
    },
    says: () => signals.of('db2:3306').map(({ says, because }) => `${says}: ${because}`),
  };
}

it('says of each other host how it is heard, once for each change, and nothing of what is pinged', async () => {
  const { is, says, news, signals } = await heard([db2('active')]);
  expect(says()).toEqual(['up: db2 beats on every link, and says active']);
  await is([db2('active', links(true, false))]);
  await is([db2('active', links(true, false))]);
  expect(says()).toEqual(['faulty: db2 beats, and is not heard over eth1']);
  await is([db2('dead', links(false, false))]);
  expect(says()).toEqual(['lost: db2 beats on no link any more']);
  expect(news.map(({ from, standing }) => `${from} ${standing?.says}`)).toEqual([
    'heartbeat up',
    'heartbeat faulty',
    'heartbeat lost',
  ]);
  expect(signals.fences()).toBe(false);
  expect(signals.of('10.0.0.254:3306')).toEqual([]);
});

it('says nothing while no node of ours runs, and warns of that once', async () => {
  const { is, says, warnings, signals } = await heard([db2('dead')]);
  expect(says()).toHaveLength(1);
  await is(null);
  await is(null);
  expect(says()).toEqual([]);
  expect(warnings).toEqual(['nothing is known of the Heartbeat cluster: baton heartbeat run is not running']);
  await is([db2('active')]);
  expect(await signals.confirm('db2:3306')).toMatchObject([{ from: 'heartbeat', says: 'up' }]);
});
