import { expect, it } from 'vitest';
import { newToken, tokenHash } from '../../../src/config/api-token.ts';
import type { Config } from '../../../src/config/keys.ts';
import { anApi } from '../served.ts';

const look = { method: 'GET', url: '/baton/v1/clusters' } as const;
const change = {
  method: 'POST',
  url: '/baton/v1/restraints/disable',
  payload: { by: 'ann', why: 'a test' },
} as const;

const basic = (user: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
});
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

const tokens = { view: newToken(), acknowledge: newToken(), recover: newToken() };
const ApiTokens = Object.entries(tokens).map(([role, token]) => ({
  Name: `has-${role}`,
  Role: role as 'view' | 'acknowledge' | 'recover',
  Hash: tokenHash(token),
}));
const password = { HTTPAuthUser: 'ann', HTTPAuthPassword: 'secret' };

it.each<[string, Partial<Config>, Record<string, string>, number, number]>([
  ['lets everybody do everything where nothing is configured', {}, {}, 200, 200],
  ['lets nobody change anything where it is read-only', { ReadOnly: true }, {}, 200, 403],
  [
    'wants the password of basic',
    { AuthenticationMethod: 'basic', ...password },
    basic('ann', 'secret'),
    200,
    200,
  ],
  [
    'refuses another password',
    { AuthenticationMethod: 'basic', ...password },
    basic('ann', 'Secret'),
    401,
    401,
  ],
  ['refuses another user', { AuthenticationMethod: 'basic', ...password }, basic('bob', 'secret'), 401, 401],
  ['refuses whoever shows nothing', { AuthenticationMethod: 'basic', ...password }, {}, 401, 401],
  [
    'knows no user readonly with basic',
    { AuthenticationMethod: 'basic', ...password },
    basic('readonly', ''),
    401,
    401,
  ],
  [
    'lets the user readonly of multi look',
    { AuthenticationMethod: 'multi', ...password },
    basic('readonly', 'x'),
    200,
    403,
  ],
  [
    'lets the user of multi do everything',
    { AuthenticationMethod: 'multi', ...password },
    basic('ann', 'secret'),
    200,
    200,
  ],
  [
    'believes a proxy',
    { AuthenticationMethod: 'proxy', PowerAuthUsers: ['ann'] },
    { 'x-forwarded-user': 'ann' },
    200,
    200,
  ],
  [
    'lets others of a proxy look',
    { AuthenticationMethod: 'proxy', PowerAuthUsers: ['ann'] },
    { 'x-forwarded-user': 'bob' },
    200,
    403,
  ],
  ['lets whom no proxy names look', { AuthenticationMethod: 'proxy', PowerAuthUsers: ['ann'] }, {}, 200, 401],
  [
    'reads another header',
    { AuthenticationMethod: 'proxy', AuthUserHeader: 'X-Who', PowerAuthUsers: ['ann'] },
    { 'x-who': 'ann' },
    200,
    200,
  ],
  [
    'takes "*" for all',
    { AuthenticationMethod: 'proxy', PowerAuthUsers: ['*'] },
    { 'x-forwarded-user': 'bob' },
    200,
    200,
  ],
  ['lets everybody look with token', { AuthenticationMethod: 'token', ApiTokens }, {}, 200, 401],
  ['closes to all without a token where there are tokens', { ApiTokens }, {}, 401, 401],
  ['lets a token for looking look', { ApiTokens }, bearer(tokens.view), 200, 403],
  ['lets a token do less than its role', { ApiTokens }, bearer(tokens.recover), 200, 200],
  ['lets a token not do more than its role', { ApiTokens }, bearer(tokens.acknowledge), 200, 403],
  ['takes a token as a cookie', { ApiTokens }, { cookie: `a=b; access-token=${tokens.recover}` }, 200, 200],
  ['refuses a token that it does not know', { ApiTokens }, bearer('baton_x'), 401, 401],
  ['refuses a wrong token also where everybody may look', {}, bearer('baton_x'), 401, 401],
  [
    'takes a token beside a password',
    { AuthenticationMethod: 'basic', ...password, ApiTokens },
    bearer(tokens.recover),
    200,
    200,
  ],
  ['lets nobody do anything with oauth', { AuthenticationMethod: 'oauth' }, {}, 200, 401],
])('%s', async (_, given, headers, looking, changing) => {
  const api = await anApi(given);
  expect((await api.inject({ ...look, headers })).statusCode).toBe(looking);
  expect((await api.inject({ ...change, headers })).statusCode).toBe(changing);
});

it('asks the groups of a user whom a proxy names', async () => {
  const given = { AuthenticationMethod: 'proxy', PowerAuthUsers: [], PowerAuthGroups: ['dba'] };
  const headers = { 'x-forwarded-user': 'ann' };
  expect((await (await anApi(given)).inject({ ...change, headers })).statusCode).toBe(403);
  const api = await anApi(given, { groups: ['users', 'dba'] });
  expect((await api.inject({ ...change, headers })).statusCode).toBe(200);
});

it('asks for the password as orchestrator did', async () => {
  const api = await anApi({ AuthenticationMethod: 'basic', ...password });
  const { headers } = await api.inject(look);
  expect(headers['www-authenticate']).toBe('Basic realm="Authorization Required"');
});

it('takes no more than 500 changes from an address within ten seconds, and goes on being looked at', async () => {
  let now = 0;
  const api = await anApi({}, { now: () => now });
  for (let count = 0; count < 500; count += 1) await api.inject(change);
  const { statusCode, headers, body } = await api.inject(change);
  expect([statusCode, headers['retry-after'], JSON.parse(body).code]).toEqual([
    429,
    '10',
    'too-many-changes',
  ]);
  expect((await api.inject({ ...change, remoteAddress: '192.0.2.1' })).statusCode).toBe(200);
  expect((await api.inject(look)).statusCode).toBe(200);
  now = 10_000;
  expect((await api.inject(change)).statusCode).toBe(200);
});

it('hears an address no more that has tried ten wrong passwords, says so once, and hears it after a minute', async () => {
  const told: string[] = [];
  let now = 0;
  const api = await anApi({ AuthenticationMethod: 'basic', ...password }, { told, now: () => now });
  const wrong = { ...look, headers: basic('ann', 'guess') };
  const right = { ...look, headers: basic('ann', 'secret') };
  for (let tries = 0; tries < 10; tries += 1) expect((await api.inject(wrong)).statusCode).toBe(401);
  const answer = await api.inject(right);
  expect([answer.statusCode, answer.headers['retry-after'], told.length]).toEqual([429, '60', 1]);
  expect((await api.inject({ ...right, remoteAddress: '192.0.2.1' })).statusCode).toBe(200);
  now = 60_000;
  expect((await api.inject(right)).statusCode).toBe(200);
});

it.each([
  ['from another site', { 'sec-fetch-site': 'cross-site' }, 403],
  ['from another port of this machine', { 'sec-fetch-site': 'same-site' }, 403],
  ['from another origin', { origin: 'https://elsewhere.example', host: '127.0.0.1:3000' }, 403],
  ['from a page without an origin', { origin: 'null' }, 403],
  [
    'from its own page',
    { 'sec-fetch-site': 'same-origin', origin: 'http://127.0.0.1', host: '127.0.0.1' },
    200,
  ],
  ['typed by a person', { 'sec-fetch-site': 'none' }, 200],
])('judges a change that a browser sends %s', async (_, headers, status) => {
  const api = await anApi();
  expect((await api.inject({ ...change, headers })).statusCode).toBe(status);
  expect((await api.inject({ ...look, headers })).statusCode).toBe(200);
});

it('does not answer under a stranger’s name where nobody is asked who they are', async () => {
  const headers = { host: 'rebound.example:3000' };
  expect((await (await anApi()).inject({ ...look, headers })).statusCode).toBe(403);
  const known = await anApi({ ApiTokens });
  expect((await known.inject({ ...look, headers: { ...headers, ...bearer(tokens.view) } })).statusCode).toBe(
    200,
  );
});

it('says in a problem what is wrong, with the code and the remedy of the error table', async () => {
  const api = await anApi({ ReadOnly: true });
  const { headers, body } = await api.inject(change);
  expect(headers['content-type']).toContain('application/problem+json');
  expect(JSON.parse(body)).toMatchObject({
    status: 403,
    code: 'not-allowed',
    detail: 'nothing can be changed by this API, for ReadOnly is set',
  });
});

it('has no route that does not state what it needs', async () => {
  const api = await anApi();
  expect(() => api.get('/careless', async () => 'everything')).toThrow('does not state what it needs');
});

it('changes nothing for whoever wants the headers only, nor by GET where that is switched off', async () => {
  let changes = 0;
  for (const [AllowWritesByGet, method, status] of [
    [true, 'HEAD', 200],
    [true, 'GET', 200],
    [false, 'GET', 403],
  ] as const) {
    const api = await anApi({ AllowWritesByGet });
    api.get('/change', { config: { needs: 'recover' } }, async () => `${++changes}`);
    expect((await api.inject({ method, url: '/change' })).statusCode).toBe(status);
  }
  expect(changes).toBe(1);
});
