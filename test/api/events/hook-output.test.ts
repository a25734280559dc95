import { expect, it, onTestFinished, vi } from 'vitest';
import { listenOnNetwork } from '../../../src/api/listen.ts';
import { defaultConfig } from '../../../src/config/keys.ts';
import type { HookOutcome } from '../../../src/engine/record.ts';
import { HookVoices } from '../../../src/hooks/voices.ts';
import { unwritten } from '../../../src/telemetry/audit.ts';
import { served } from '../served.ts';

const outcome: HookOutcome = {
  ended: 'exited',
  exitCode: 3,
  signal: null,
  tookMs: 1,
  output: '',
  because: 'it said no',
};

/** An API of a controller whose hooks say and end what the test has them. */
async function anApi() {
  const runs = new Map<string, { say: (text: string) => void; end: () => void }>();
  const voices = new HookVoices({
    run: ({ key }, _, say = () => {}) =>
      new Promise((resolve) => void runs.set(key, { say, end: () => resolve(outcome) })),
    outcomeOf: async () => null,
    known: () => {},
  });
  const told: string[] = [];
  const teller = { tell: (sentence: string) => void told.push(sentence), warn: () => {} };
  const config = { ...defaultConfig, ListenAddress: '127.0.0.1:0' };
  const api = await listenOnNetwork(await served({}, voices), { config, teller, audit: unwritten });
  onTestFinished(async () => api?.close());
  const [url] = /http:\S+/.exec(told.join()) ?? [];
  const begin = (key: string) => {
    const body = { kind: 'shell', script: 'true' } as const;
    const hook = { key, body, variables: {}, document: null, timeoutMs: null, detached: false };
    void voices.run(hook, AbortSignal.any([]));
    return runs.get(key);
  };
  const begun = await fetch(`${url}/baton/v1/clusters/a:1/takeover`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ by: 'ann', why: 'a test', to: 'b:1' }),
  });
  return { url: `${url}/baton/v1`, begin, uid: Object(await begun.json()).uid as string };
}

/** Gathers what a stream says. */
async function listened(url: string): Promise<{ text: () => string }> {
  const leaving = new AbortController();
  onTestFinished(() => leaving.abort());
  const { body } = await fetch(url, { signal: leaving.signal });
  let text = '';
  void (async () => {
    for await (const part of body ?? []) text += Buffer.from(part).toString();
  })().catch(() => {});
  return { text: () => text };
}

it('what a hook writes is heard while it runs, from its beginning, and of no other run', async () => {
  const { url, uid, begin } = await anApi();
  const [hook, other] = [begin(`detection/${uid}/4`), begin('1:other/2')];
  hook?.say('one\n');
  other?.say('nobody’s\n');
  const { text } = await listened(`${url}/recoveries/${uid}/hooks/output`);
  await vi.waitFor(() => expect(text()).toContain('"text":"one\\n"'));
  hook?.say('two\n');
  other?.say('nobody’s\n');
  hook?.end();
  await vi.waitFor(() => expect(text()).toContain('event: ended'));
  expect(text()).toContain(`data: {"run":"detection/${uid}/4","text":"two\\n"}`);
  expect(text()).toContain('"exitCode":3');
  expect(text()).not.toContain('nobody’s');
});

it('a recovery that nobody knows has no hooks to listen to', async () => {
  const { url } = await anApi();
  expect((await fetch(`${url}/recoveries/7:nothing/hooks/output`)).status).toBe(404);
});
