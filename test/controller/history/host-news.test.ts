import { expect, it } from 'vitest';
import { HostNews } from '../../../src/controller/history/host-news.ts';
import type { SignalNews } from '../../../src/engine/ports.ts';
import { memoryJournal } from '../../../src/journal/memory.ts';
import { noSignals } from '../../../src/signals/none.ts';

const lost: SignalNews = {
  from: 'pacemaker',
  node: 'a',
  at: 1_000,
  because: 'a is offline',
  standing: { from: 'pacemaker', node: 'a', says: 'lost', at: 1_000, isFencing: false, because: 'it is' },
};

function heard(journal = memoryJournal()) {
  const listeners: ((news: SignalNews) => Promise<boolean>)[] = [];
  const told: string[] = [];
  const losses: string[] = [];
  const passedOn: SignalNews[] = [];
  const clock = { now: () => 2_000, monotonic: () => 0, sleep: async () => {} };
  const news = new HostNews({
    signals: {
      ...noSignals,
      isHost: (node, instance) => instance === `${node}:1`,
      heed: (listener) => listeners.push(listener),
    },
    keys: () => ['a:1', 'b:1'],
    journal,
    clock,
    teller: { tell: (text) => told.push(text), warn: (text) => told.push(`! ${text}`) },
    heard: async (one) => {
      passedOn.push(one);
      return true;
    },
    lost: (key) => losses.push(key),
  });
  news.listen(new AbortController().signal);
  const tell = (one: SignalNews) => {
    for (const listener of listeners) void listener(one);
  };
  return { news, told, losses, passedOn, tell };
}

it('what was only told is written down and moves nobody; a standing that speaks against an instance has it looked at', () => {
  const { tell, told, losses, news } = heard();
  tell({ ...lost, standing: null });
  expect(losses).toEqual([]);
  tell(lost);
  expect(losses).toEqual(['a:1']);
  expect(told).toEqual(['pacemaker: a is offline', '! pacemaker: a is offline']);
  expect(news.report(['a:1'], 9)).toMatchObject([
    { says: 'lost', instances: ['a:1'], at: '1970-01-01T00:00:01.000Z', heardAt: '1970-01-01T00:00:02.000Z' },
    { says: null },
  ]);
  expect(news.report(['b:1'], 9)).toEqual([]);
});

it('the timeline outlives the controller, the latest 200 of it, without what concerns nobody', async () => {
  const journal = memoryJournal();
  const { tell } = heard(journal);
  for (let at = 0; at < 250; at += 1) tell({ ...lost, at });
  tell({ ...lost, node: 'printer' });
  const next = heard(journal);
  await next.news.load();
  expect(await journal.kept('signals')).toHaveProperty('size', 200);
  expect(next.news.report(null, 300)).toHaveLength(200);
  expect(next.news.report(null, 300).some(({ node }) => node === 'printer')).toBe(false);
});

it('what an earlier life was told already stands on the timeline once, and is passed on again', async () => {
  const journal = memoryJournal();
  const named: SignalNews = { ...lost, standing: null, identity: 'f'.repeat(64) };
  heard(journal).tell(named);
  const next = heard(journal);
  await next.news.load();
  next.tell(named);
  expect(next.news.report(null, 9)).toHaveLength(1);
  expect(next.told).toEqual([]);
  expect(next.passedOn).toEqual([named]);
});
