import { expect, it } from 'vitest';
import { newToken, tokenHash } from '../../../src/config/api-token.ts';
import type { Audited } from '../../../src/telemetry/audit.ts';
import { anApi } from '../served.ts';

it('writes down who would change what, why, from where, and what came of it; and no looking', async () => {
  const audited: Audited[] = [];
  const token = newToken();
  const ApiTokens = [{ Name: 'deploy', Role: 'recover' as const, Hash: tokenHash(token) }];
  const api = await anApi({ ApiTokens }, { audited });
  const headers = { authorization: `Bearer ${token}` };
  const ask = (url: string, payload: object) => api.inject({ method: 'POST', url, payload, headers });
  await api.inject({ method: 'GET', url: '/baton/v1/clusters', headers });
  await ask('/baton/v1/downtime/begin', { instance: 'b:1', by: 'root', why: 'a new disk', forMs: 1_000 });
  await ask('/baton/v1/clusters/nowhere/takeover', { by: 'root', why: 'a test' });
  await api.inject({ method: 'POST', url: '/baton/v1/restraints/disable', payload: { by: 'x', why: 'y' } });
  expect(audited).toEqual([
    {
      type: 'begin-downtime',
      instance: { host: 'b', port: 1 },
      cluster: '',
      message: 'deploy from 127.0.0.1 (a new disk): done',
    },
    {
      type: 'takeover',
      instance: { host: '', port: null },
      cluster: 'nowhere',
      message: expect.stringContaining('deploy from 127.0.0.1 (a test): no cluster'),
    },
    {
      type: 'disable',
      instance: { host: '', port: null },
      cluster: '',
      message: expect.stringContaining('nobody has signed in'),
    },
  ]);
});
