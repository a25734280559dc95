import { expect, it } from 'vitest';
import type { Publisher } from '../../src/engine/ports.ts';
import { memoryPublisher } from '../../src/publish/memory.ts';
import { type Place, severalPublishers } from '../../src/publish/several.ts';
import { blog, publisherContract, shop } from './contract.ts';

const { signal } = new AbortController();

function place(name: string, publisher: Publisher, serves: Place['serves'] = () => true): Place {
  return { name, publisher, serves };
}

const refusing: Publisher = {
  ...memoryPublisher(),
  publish: async () => {
    throw new Error('the door is shut');
  },
  published: async () => {
    throw new Error('the door is shut');
  },
};

publisherContract('one place', async () => severalPublishers([place('one', memoryPublisher())]));

it('all places are told, and whom each tells of is known', async () => {
  const [one, other] = [memoryPublisher(), memoryPublisher()];
  const publisher = severalPublishers([place('one', one), place('other', other)]);
  await one.publish(shop, 'db1:3306', signal);
  expect(await publisher.published(shop, signal)).toEqual(['db1:3306', null]);
  await publisher.publish(shop, 'db2:3306', signal);
  expect(await publisher.published(shop, signal)).toEqual(['db2:3306', 'db2:3306']);
});

it('a place that fails is named, and the others are told all the same', async () => {
  const well = memoryPublisher();
  const publisher = severalPublishers([place('the proxy', refusing), place('well', well)]);
  await expect(publisher.publish(shop, 'db1:3306', signal)).rejects.toThrow(/^the proxy: the door is shut$/);
  expect(await publisher.published(shop, signal)).toEqual(['unknown', 'db1:3306']);
});

it('a place that does not tell what it was told is named', async () => {
  const deaf = { ...memoryPublisher(), publish: async () => {} };
  const publisher = severalPublishers([place('the proxy', deaf)]);
  await expect(publisher.publish(shop, 'db1:3306', signal)).rejects.toThrow('the proxy: it tells of nobody');
});

it('a place that tells it already is left alone', async () => {
  const told: string[] = [];
  const memory = memoryPublisher();
  const counting: Publisher = {
    ...memory,
    publish: async (cluster, primary, until) => {
      told.push(primary);
      return memory.publish(cluster, primary, until);
    },
  };
  const publisher = severalPublishers([place('one', counting)]);
  await publisher.publish(shop, 'db1:3306', signal);
  await publisher.publish(shop, 'db1:3306', signal);
  expect(told).toEqual(['db1:3306']);
});

it('a place is told of its own clusters only', async () => {
  const publisher = severalPublishers([place('one', memoryPublisher(), ({ alias }) => alias === 'shop')]);
  await publisher.publish(blog, 'db9:3306', signal);
  expect(await publisher.published(blog, signal)).toEqual([]);
  expect(await publisher.preview(blog, 'db9:3306')).toEqual([]);
  expect(await publisher.preview(shop, 'db1:3306')).toEqual(['one: shop = db1:3306']);
});
