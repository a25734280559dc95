import { expect, it } from 'vitest';
import { type ConsulAccess, consulKeys } from '../../src/publish/consul-keys.ts';
import { keyPublisher } from '../../src/publish/primary-keys.ts';
import { type AConsul, aConsul } from './a-consul.ts';
import { publisherContract, shop } from './contract.ts';

const { signal } = new AbortController();
const resolve = async () => ({ ipv4: '192.0.2.7', ipv6: '' });

function publisherIn({ address }: AConsul, more: Partial<ConsulAccess> = {}) {
  const access = { address, token: '', everywhere: false, inTransactions: false, ...more };
  return keyPublisher({ store: consulKeys(access), prefix: 'mysql/master/', resolve });
}

publisherContract('Consul, key by key', async () => publisherIn(await aConsul()));
publisherContract('Consul, by transactions', async () =>
  publisherIn(await aConsul(), { inTransactions: true }),
);

it.each([false, true])(
  'orchestrator’s five keys are written; in transactions: %s',
  async (inTransactions) => {
    const consul = await aConsul();
    await publisherIn(consul, { inTransactions }).publish(shop, 'db1:3306', signal);
    expect(Object.fromEntries(consul.kept.get('dc1') ?? [])).toEqual({
      'mysql/master/shop': 'db1:3306',
      'mysql/master/shop/hostname': 'db1',
      'mysql/master/shop/port': '3306',
      'mysql/master/shop/ipv4': '192.0.2.7',
      'mysql/master/shop/ipv6': '',
    });
    expect(consul.asked).toHaveLength(inTransactions ? 1 : 5);
  },
);

it('keys of a cluster whose alias begins alike are another’s', async () => {
  const consul = await aConsul();
  const publisher = publisherIn(consul);
  await publisher.publish({ ...shop, alias: 'shop2' }, 'db9:3306', signal);
  expect(await publisher.published(shop, signal)).toEqual([null]);
});

it('a key that somebody has spoiled or removed is noticed', async () => {
  const consul = await aConsul();
  const publisher = publisherIn(consul);
  await publisher.publish(shop, 'db1:3306', signal);
  consul.kept.get('dc1')?.set('mysql/master/shop/port', '3307');
  expect(await publisher.published(shop, signal)).toEqual(['unknown']);
  consul.kept.get('dc1')?.set('mysql/master/shop/port', '3306');
  consul.kept.get('dc1')?.delete('mysql/master/shop/ipv6');
  expect(await publisher.published(shop, signal)).toEqual(['unknown']);
});

it('a token is shown, and a wrong one is told in Consul’s own words', async () => {
  const consul = await aConsul({ token: 'secret' });
  await publisherIn(consul, { token: 'secret' }).publish(shop, 'db1:3306', signal);
  await expect(publisherIn(consul, { token: 'other' }).publish(shop, 'db2:3306', signal)).rejects.toThrow(
    'it answered 403: Permission denied',
  );
});

it('every data center is told, and one that fails is named when the others were told', async () => {
  const consul = await aConsul({ centers: ['dc1', 'dc2'] });
  const publisher = publisherIn(consul, { everywhere: true });
  await publisher.publish(shop, 'db1:3306', signal);
  expect(await publisher.published(shop, signal)).toEqual(['db1:3306', 'db1:3306']);
  consul.broken = 'dc2';
  await expect(publisher.publish(shop, 'db2:3306', signal)).rejects.toThrow(
    /^data center dc2: it answered 500: No cluster leader$/,
  );
  expect(consul.kept.get('dc1')?.get('mysql/master/shop')).toBe('db2:3306');
});

it('a Consul that is gone is told as one that does not answer', async () => {
  const publisher = publisherIn({ ...(await aConsul()), address: 'http://127.0.0.1:1' });
  await expect(publisher.published(shop, signal)).rejects.toThrow(/^nobody answered: /);
});
