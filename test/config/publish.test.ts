import { expect, it } from 'vitest';
import { examined, saidOf } from './given.ts';

async function errorsOf(given: object): Promise<readonly string[]> {
  const { sentences } = await examined(given);
  return sentences.filter(({ severity }) => severity === 'error').map(({ text }) => text);
}

it('ZooKeeper is refused with what to use in its place', async () => {
  expect(await errorsOf({ ZkAddress: 'zk1:2181' })).toEqual([
    expect.stringMatching(/^ZkAddress is set, .* remove ZkAddress\.$/),
  ]);
});

it('a Consul that orchestrator wrote to is written to without a word', async () => {
  expect(await saidOf({ ConsulAddress: '127.0.0.1:8500', ConsulKVStoreProvider: 'consul-txn' })).toEqual([]);
});

it('places of every kind are taken', async () => {
  const Publish = [
    { Kind: 'etcd', Endpoints: ['http://etcd1:2379'] },
    { Kind: 'proxysql', Address: 'p1:6032', User: 'a', WriterHostgroup: 10, Clusters: ['alias=shop'] },
    { Kind: 'http', Url: 'https://inventory.example/', Secret: '${KEY}' },
    { Kind: 'file', Directory: '/run/baton' },
  ];
  expect(await errorsOf({ Publish })).toEqual([]);
});

it.each([
  [{ Kind: 'zookeeper' }, 'Publish[1].Kind is not one that is known'],
  [{ Kind: 'etcd' }, 'Publish[1].Endpoints is missing, and Coordination names no etcd in its place.'],
  [
    { Kind: 'proxysql', Address: 'p1:6032', User: 'a', WriterHostgroup: 1 },
    'Publish[1].Clusters wants a list',
  ],
  [{ Kind: 'http', Url: 'https://h/', Secret: 'geheim' }, 'Publish[1].Secret wants ${NAME}'],
  [{ Kind: 'file', Directory: 'here' }, 'Publish[1].Directory wants the path of a folder'],
])('of %j it is said: %s', async (place, text) => {
  const [error] = await errorsOf({ Publish: [place] });
  expect(error).toContain(text);
  expect(error).not.toContain('geheim');
});
