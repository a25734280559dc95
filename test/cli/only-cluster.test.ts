import { expect, it } from 'vitest';
import { onlyCluster } from '../../src/cli/only-cluster.ts';

const among = (...aliases: readonly string[]) =>
  onlyCluster({
    get: async () => aliases.map((alias) => ({ id: `id of ${alias}`, alias })),
    post: async () => {},
  });

it('where there is one cluster it is meant without being named, and where there are several they are named', async () => {
  expect(await among('shop')).toBe('id of shop');
  await expect(among('shop', 'crm')).rejects.toMatchObject({
    code: 'usage',
    message: 'name a cluster; there are shop, crm',
  });
  await expect(among()).rejects.toThrow('no cluster is watched yet');
});
