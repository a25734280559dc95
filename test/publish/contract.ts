import { describe, expect, it } from 'vitest';
import type { Publisher } from '../../src/engine/ports.ts';

export const shop = { id: 'c1', name: 'db1:3306', alias: 'shop', domain: 'shop.example' } as const;
export const blog = { id: 'c2', name: 'db9:3306', alias: 'blog', domain: 'blog.example' } as const;
const { signal } = new AbortController();

async function toldIn(publisher: Publisher, cluster: typeof shop | typeof blog) {
  return publisher.published(cluster, signal);
}

/** What everybody who tells the world of primaries keeps to. */
export function publisherContract(name: string, make: () => Promise<Publisher>): void {
  describe(`a publisher in ${name}`, () => {
    it('tells of nobody before anybody is published', async () => {
      expect(await toldIn(await make(), shop)).toEqual([null]);
    });

    it('tells of the primary that was published last, of each cluster its own', async () => {
      const publisher = await make();
      await publisher.publish(shop, 'db1:3306', signal);
      await publisher.publish(blog, 'db9:3306', signal);
      await publisher.publish(shop, 'db2:3306', signal);
      expect(await toldIn(publisher, shop)).toEqual(['db2:3306']);
      expect(await toldIn(publisher, blog)).toEqual(['db9:3306']);
    });

    it('tells of nobody once the cluster was withdrawn, be it twice, until it is published again', async () => {
      const publisher = await make();
      await publisher.publish(shop, 'db1:3306', signal);
      await publisher.publish(blog, 'db9:3306', signal);
      await publisher.withdraw(shop, signal);
      await publisher.withdraw(shop, signal);
      expect(await toldIn(publisher, shop)).toEqual([null]);
      expect(await toldIn(publisher, blog)).toEqual(['db9:3306']);
      await publisher.publish(shop, 'db2:3306', signal);
      expect(await toldIn(publisher, shop)).toEqual(['db2:3306']);
    });
  });
}
