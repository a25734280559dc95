import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { registerRoutes } from '../../src/api/routes.ts';
import { createServer } from '../../src/api/server.ts';
import { socketDoor } from '../../src/api/door/doors.ts';
import { anApi, served } from './served.ts';

/** Words that mean something here, words that might be taken for code, and any words. */
const word = fc.oneof(
  fc.constantFrom(
    'a:1',
    'b:1',
    'a',
    '1',
    'b',
    'nowhere:3306',
    '',
    ' ',
    '..',
    '%00',
    "';--",
    '__proto__',
    'x'.repeat(3_000),
  ),
  fc.string({ maxLength: 40, unit: 'binary' }),
);
const value = fc.oneof(word, fc.integer(), fc.constant(null), fc.boolean(), fc.jsonValue({ maxDepth: 2 }));
const body = fc.oneof(
  fc.record(
    Object.fromEntries(
      ['by', 'why', 'instance', 'cluster', 'to', 'kind', 'name', 'answer', 'operation', 'forMs', 'what'].map(
        (name) => [name, value],
      ),
    ),
    { requiredKeys: [] },
  ),
  fc.jsonValue({ maxDepth: 3 }),
);
const headers = fc.record(
  {
    'idempotency-key': fc.string({ maxLength: 300, unit: 'grapheme-ascii' }),
    authorization: fc.constantFrom('Basic', 'Basic !!', 'Bearer x', 'Digest y', 'Basic OjpvOg=='),
    'last-event-id': fc.constantFrom('1.1', 'x', '-1'),
    origin: fc.constantFrom('null', 'http://[', 'https://elsewhere.example'),
    cookie: fc.constantFrom('access-token=', 'access-token=a:b', ';;='),
  },
  { requiredKeys: [] },
);

/** What says that somebody’s program is wrong, rather than the question; orchestrator answers 500 to any refusal. */
const isBug = (status: number, url: string, text: string) =>
  status >= 500 && !url.startsWith('/api/') && !/"code":"(?!unexpected)/.test(text) && !isHealth(url);
const isHealth = (url: string) => /^\/(health|primary|replica|api)\b/.test(url);

it('never breaks, whatever is asked at whatever route', async () => {
  const server = createServer(socketDoor(), null);
  const table: { method: 'GET' | 'POST'; url: string }[] = [];
  server.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat())
      if (url !== '/baton/v1/events' && (one === 'GET' || one === 'POST'))
        table.push({ method: one === 'GET' ? 'GET' : 'POST', url });
  });
  registerRoutes(server, await served());
  onTestFinished(() => server.close());
  await server.ready();
  const bugs: string[] = [];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...table),
      fc.array(word, { minLength: 4, maxLength: 4 }),
      fc.option(body),
      headers,
      async ({ method, url }, words, payload, given) => {
        let at = 0;
        const path = url.replace(/:\w+|\*/g, () => encodeURIComponent(words[at++ % 4] ?? ''));
        const answer = await server.inject({
          method,
          url: path,
          headers: { ...given, ...(payload === null ? {} : { 'content-type': 'application/json' }) },
          ...(payload === null || method === 'GET' ? {} : { payload: JSON.stringify(payload) }),
        });
        if (isBug(answer.statusCode, url, answer.body)) bugs.push(`${method} ${path}: ${answer.body}`);
      },
    ),
    { numRuns: 400 },
  );
  expect(bugs).toEqual([]);
}, 30_000);

it('lets nobody through to any route that needs somebody, once somebody is wanted', async () => {
  const api = await anApi({ AuthenticationMethod: 'basic', HTTPAuthUser: 'ann', HTTPAuthPassword: 'secret' });
  for (const url of [
    '/baton/v1/clusters',
    '/metrics',
    '/api/clusters',
    '/baton/v1/events',
    '/baton/v1/openapi.json',
  ])
    expect([url, (await api.inject(url)).statusCode]).toEqual([url, 401]);
});
