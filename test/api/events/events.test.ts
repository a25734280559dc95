import { request } from 'node:http';
import { expect, it, onTestFinished, vi } from 'vitest';
import { Stream } from '../../../src/api/events/stream.ts';
import { listenOnNetwork } from '../../../src/api/listen.ts';
import { defaultConfig } from '../../../src/config/keys.ts';
import { memoryJournal } from '../../../src/journal/memory.ts';
import { served } from '../served.ts';

const opening = (uid: string, at: number) => ({
  uid,
  workflow: 'recovery',
  digest: '',
  subject: 'shop',
  exclusive: false,
  input: null,
  at,
  token: 1,
});
const said = (event: string) => ({ kind: 'said', event, who: 'ann', why: 'a test' }) as const;
const words = ['word 1', 'word 2'];

async function listening() {
  const journal = memoryJournal();
  const told: string[] = [];
  const teller = { tell: (sentence: string) => void told.push(sentence), warn: () => {} };
  const audit = { write: () => {}, settled: async () => {} };
  const config = { ...defaultConfig, ListenAddress: '127.0.0.1:0' };
  const api = await listenOnNetwork({ ...(await served()), pages: journal }, { config, teller, audit });
  onTestFinished(async () => api?.close());
  const port = Number(/:(\d+)$/.exec(told.join())?.[1]);
  return { journal, port };
}

/** A stream of events that gathers what it is told; open when it resolves. */
function aStream(port: number, lastEventId?: string): Promise<{ text: () => string; leave: () => void }> {
  const headers = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
  return new Promise((resolve, reject) => {
    const asking = request({ host: '127.0.0.1', port, path: '/baton/v1/events', headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
        resolve({ text: () => text, leave: () => asking.destroy() });
      });
      response.on('error', () => {});
    });
    asking.on('error', reject).end();
    onTestFinished(() => void asking.destroy());
  });
}

const eventsIn = (text: string) =>
  [...text.matchAll(/^id: (\S+)\nevent: (\S+)$/gm)].map(([, id, kind]) => `${id} ${kind}`);

it('tells of what is written from now on, and again, to whoever was cut off, of what it has missed', async () => {
  const { journal, port } = await listening();
  await journal.open(opening('1:a', Date.now() - 70_000));
  await journal.append('1:a', said(words[0] ?? ''), Date.now() - 60_000, 1);
  const stream = await aStream(port);
  await journal.append('1:a', said(words[1] ?? ''), Date.now(), 1);
  await journal.open(opening('2:b', Date.now()));
  await vi.waitFor(() => expect(eventsIn(stream.text())).toEqual(['1.2 said', '2.0 opened']), 3_000);
  const again = await aStream(port, '1.1');
  await vi.waitFor(() => expect(eventsIn(again.text())).toEqual(['1.2 said', '2.0 opened']), 3_000);
  expect(again.text()).toContain('"event":"word 2"');
});

it('says that there is a gap where it does not know what somebody has heard last', async () => {
  const { port } = await listening();
  for (const id of ['7.1', 'nonsense', '99999999999999999999.1'])
    expect((await aStream(port, id)).text()).toContain('event: gap');
});

it('goes on telling the others when one reader leaves', async () => {
  const { journal, port } = await listening();
  const [leaving, staying] = [await aStream(port), await aStream(port)];
  leaving.leave();
  await journal.open(opening('1:a', Date.now()));
  await vi.waitFor(() => expect(eventsIn(staying.text())).toEqual(['1.0 opened']), 3_000);
  await journal.open(opening('2:b', Date.now()));
  await vi.waitFor(() => expect(eventsIn(staying.text())).toEqual(['1.0 opened', '2.0 opened']), 3_000);
});

it('leaves a reader that takes nothing, and keeps nothing more for it meanwhile', () => {
  const sent: string[] = [];
  const stalled = { write: (text: string) => sent.push(text) > 0 };
  const event = { id: '1.1', at: 0, text: 'an event' };
  const feed = { at: (place: number) => (place < 9 ? event : null) };
  const stream = new Stream(stalled, { feed, missed: [], place: 0, onTaken: () => {} });
  expect(stream.send(0)).toBe(null);
  expect(stream.send(29_999)).toBe(null);
  expect(stream.send(30_000)).toBe('nothing was taken for 30 s');
  expect(sent).toEqual(['an event'.repeat(9)]);
});

it('leaves a reader that is so far behind that what comes next was forgotten', () => {
  const feed = { at: () => 'forgotten' as const };
  const stream = new Stream({ write: () => true }, { feed, missed: [], place: 0, onTaken: () => {} });
  expect(stream.send(0)).toContain('was forgotten meanwhile');
});
