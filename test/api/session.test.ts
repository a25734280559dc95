import { expect, it, onTestFinished } from 'vitest';
import { networkDoor } from '../../src/api/door/doors.ts';
import { createServer } from '../../src/api/server.ts';
import { registerSession } from '../../src/api/session.ts';
import { tokenHash } from '../../src/config/api-token.ts';
import { type Config, defaultConfig } from '../../src/config/keys.ts';

function aServer(given: Partial<Config>) {
  const config = { ...defaultConfig, ...given };
  const teller = { tell: () => {}, warn: () => {} };
  const server = createServer(networkDoor(config, { teller, groupsOf: async () => [], now: () => 0 }), null);
  registerSession(server, { config, isPretended: false });
  onTestFinished(() => server.close());
  return server;
}

it('tells whoever asks what they may do, and wants a name of whom it does not know', async () => {
  expect((await aServer({}).inject('/baton/v1/session')).json()).toEqual({
    name: null,
    role: 'admin',
    isReadOnly: false,
    speaksForOthers: true,
    canSignOut: false,
    isPretended: false,
    reasonableLagSeconds: 10,
  });
});

const ApiTokens = [{ Name: 'ann', Role: 'acknowledge', Hash: tokenHash('secret') }] as const;

it('gives the browser a token to keep where no script reads it, by which the next question is known', async () => {
  const server = aServer({ ApiTokens: [...ApiTokens] });
  expect((await server.inject('/baton/v1/session')).statusCode).toBe(401);
  const begun = await server.inject({
    method: 'POST',
    url: '/baton/v1/session/begin',
    payload: { token: 'secret' },
  });
  const cookie = String(begun.headers['set-cookie']);
  expect([begun.statusCode, cookie]).toEqual([204, 'access-token=secret; Path=/; HttpOnly; SameSite=Strict']);
  const known = await server.inject({
    url: '/baton/v1/session',
    headers: { cookie: cookie.split(';')[0] ?? '' },
  });
  expect(known.json()).toMatchObject({
    name: 'ann',
    role: 'acknowledge',
    speaksForOthers: false,
    canSignOut: true,
  });
});

it('takes nothing for a token that would be more than a cookie', async () => {
  const server = aServer({ ApiTokens: [...ApiTokens] });
  for (const token of ['a; Path=/x', '', 7, 'a\r\nSet-Cookie: b']) {
    const answer = await server.inject({
      method: 'POST',
      url: '/baton/v1/session/begin',
      payload: { token },
    });
    expect([answer.statusCode, answer.headers['set-cookie']]).toEqual([400, undefined]);
  }
});

it('has the browser forget it', async () => {
  const ended = await aServer({ ApiTokens: [...ApiTokens] }).inject({
    method: 'POST',
    url: '/baton/v1/session/end',
  });
  expect(String(ended.headers['set-cookie'])).toContain('access-token=; Max-Age=0');
});
