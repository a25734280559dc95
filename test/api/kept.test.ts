import { expect, it } from 'vitest';
import { anApi } from './served.ts';

const ann = { by: 'ann', why: 'the new shelf' };

it('what people tell the controller is kept and shown, and what cannot be is refused in a sentence', async () => {
  const api = await anApi();
  const post = (url: string, payload: object) =>
    api.inject({ method: 'POST', url: `/baton/v1${url}`, payload: { ...ann, ...payload } });
  const get = async (url: string) => (await api.inject({ url: `/baton/v1${url}` })).json() as unknown;

  expect((await post('/instances/b:1/tags', { tag: 'role=backup' })).json()).toEqual(['role=backup']);
  expect(await get('/tags?tag=role,~dc')).toEqual([{ instance: 'b:1', tags: ['role=backup'] }]);
  expect((await post('/tags/remove', { tag: 'role' })).statusCode).toBe(400);
  expect((await post('/tags/remove', { tag: 'role=backup' })).json()).toEqual({ untagged: ['b:1'] });

  expect((await post('/instances/b:1/promotion-rule', { rule: 'must' })).statusCode).toBe(409);
  expect((await post('/instances/b:1/promotion-rule', { rule: 'prefer' })).statusCode).toBe(200);
  expect(await get('/candidates')).toMatchObject([{ instance: 'b:1', rule: 'prefer' }]);

  expect((await post('/pools/readers', { instances: ['b:1'] })).json()).toEqual({ instances: ['b:1'] });
  expect(await get('/pools?cluster=a:1&pool=readers')).toMatchObject([{ pool: 'readers', instance: 'b:1' }]);
  expect(await get('/clusters/a:1/pool-lag?pool=readers')).toEqual({ lagSeconds: 0 });

  expect((await post('/clusters/a:1/alias', { alias: 'shop' })).json()).toEqual({ alias: 'shop' });
  expect((await post('/instances/nowhere:1/forget', {})).statusCode).toBe(404);
  expect((await post('/instances/b:1/forget', {})).json()).toEqual({ forgotten: ['b:1'] });
});
