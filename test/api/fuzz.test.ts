import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { expect, it, onTestFinished } from 'vitest';
import type { Door } from '../../src/api/door/guard.ts';
import { networkDoor, socketDoor } from '../../src/api/door/doors.ts';
import { registerRoutes } from '../../src/api/routes.ts';
import { createServer } from '../../src/api/server.ts';
import { tokenHash } from '../../src/config/api-token.ts';
import { defaultConfig } from '../../src/config/keys.ts';
import { BatonError } from '../../src/kernel/errors.ts';
import { served } from './served.ts';

interface Route {
  readonly method: 'GET' | 'POST' | 'HEAD';
  readonly url: string;
  readonly needs: string;
}

/** Streams have no end. */
const isStream = (url: string) => url === '/baton/v1/events' || url.endsWith('/hooks/output');

/** Every route there is, behind this door, and what went wrong in them that is nobody’s refusal. */
async function everything(
  door: Door,
): Promise<{ server: FastifyInstance; table: readonly Route[]; bugs: string[] }> {
  const server = createServer(door, null);
  const table: Route[] = [];
  const bugs: string[] = [];
  server.addHook('onRoute', ({ method, url, config }) => {
    const methods = [method].flat().map(String);
    for (const one of ['GET', 'POST', 'HEAD'] as const)
      if (methods.includes(one)) table.push({ method: one, url, needs: config?.needs ?? '' });
  });
  server.addHook('onError', async ({ method, url }, _, error) => {
    const isRefusal = error instanceof BatonError || Number(Object(error).statusCode) < 500;
    if (!isRefusal) bugs.push(`${method} ${url}: ${error.stack}`);
  });
  registerRoutes(server, await served());
  onTestFinished(() => server.close());
  await server.ready();
  return { server, table, bugs };
}

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
const fields = (names: readonly string[], of: fc.Arbitrary<unknown>) =>
  fc.record(Object.fromEntries(names.map((name) => [name, of])), { requiredKeys: [] });
const json = fc.oneof(
  fields(
    'by why instance instances cluster to kind name answer operation forMs what tag rule alias auto rebuilds candidate runsHooks'.split(
      ' ',
    ),
    value,
  ),
  fc.jsonValue({ maxDepth: 3 }),
);
const payload = fc.oneof(
  { weight: 4, arbitrary: json.map((body) => ({ type: 'application/json', text: JSON.stringify(body) })) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constantFrom('application/json', 'text/plain', 'application/x-www-form-urlencoded', 'x'),
      text: fc.oneof(fc.constantFrom('{', '[[[[', '{"__proto__":1}', 'a=b', '\0'), fc.string()),
    }),
  },
);
const query = fields('limit page after tag pool cluster instance kind s comment reason'.split(' '), word);
const headers = fc.record(
  {
    'idempotency-key': fc.string({ maxLength: 300, unit: 'grapheme-ascii' }),
    authorization: fc.constantFrom('Basic', 'Basic !!', 'Bearer x', 'Digest y', 'Basic OjpvOg=='),
    'last-event-id': fc.constantFrom('1.1', 'x', '-1'),
    origin: fc.constantFrom('null', 'http://[', 'https://elsewhere.example'),
    cookie: fc.constantFrom('access-token=', 'access-token=a:b', ';;='),
    'x-haproxy-server-state': fc.constantFrom('address=a; port=1', 'address=; port=99999999'),
    'accept-encoding': fc.constantFrom('gzip', '\t'),
  },
  { requiredKeys: [] },
);

it('never breaks, whatever is asked at whatever route', async () => {
  const { server, table, bugs } = await everything(socketDoor());
  for (const { method, url } of table.filter((one) => !isStream(one.url)))
    await fc.assert(
      fc.asyncProperty(
        fc.array(word, { minLength: 4, maxLength: 4 }),
        query,
        fc.option(payload),
        headers,
        async (words, asked, body, given) => {
          let at = 0;
          const path = url.replace(/:\w+|\*/g, () => encodeURIComponent(words[at++ % 4] ?? ''));
          await server.inject({
            method,
            url: path,
            query: asked as Record<string, string>,
            headers: { ...given, ...(body === null ? {} : { 'content-type': body.type }) },
            ...(body === null || method !== 'POST' ? {} : { payload: body.text }),
          });
        },
      ),
      { numRuns: 2 },
    );
  expect(table.length).toBeGreaterThan(400);
  expect(bugs).toEqual([]);
}, 60_000);

const token = `baton_${'v'.repeat(43)}`;
const filled = (url: string) => url.replace(/:\w+/g, '1').replace('*', 'x');

it('lets nobody through to any route that needs somebody, and a viewer to none that changes something', async () => {
  const ApiTokens = [{ Name: 'viewer', Role: 'view' as const, Hash: tokenHash(token) }];
  const teller = { tell: () => {}, warn: () => {} };
  const config = {
    ...defaultConfig,
    AuthenticationMethod: 'basic',
    HTTPAuthUser: 'ann',
    HTTPAuthPassword: 'x',
    ApiTokens,
  };
  const { server, table } = await everything(
    networkDoor(config, { teller, groupsOf: async () => [], now: () => 0 }),
  );
  const through: string[] = [];
  for (const { method, url, needs } of table) {
    const ask = async (authorization?: string) =>
      (
        await server.inject({
          method,
          url: filled(url),
          headers: authorization === undefined ? {} : { authorization },
        })
      ).statusCode;
    if (needs === 'nobody') continue;
    if ((await ask()) !== 401) through.push(`nobody: ${method} ${url}`);
    const isChange = needs !== 'view';
    // orchestrator’s API says 500 to whoever may not.
    if (isChange && ![403, 500].includes(await ask(`Bearer ${token}`)))
      through.push(`viewer: ${method} ${url}`);
  }
  expect(through).toEqual([]);
  const open = table.filter(({ needs }) => needs === 'nobody').map(({ url }) => url);
  expect([...new Set(open)].toSorted()).toMatchSnapshot();
});
