import { describe, expect, it } from 'vitest';
import type { Publisher } from '../../src/engine/ports.ts';

const shop = { id: 'c1', name: 'db1:3306', alias: 'shop', domain: 'shop.example' } as const;
const blog = { id: 'c2', name: 'db9:3306', alias: 'blog', domain: 'blog.example' } as const;
const { signal } = new AbortController();

/** What everybody who tells the world of primaries keeps to. */
export function publisherContract(name: string, make: () => Promise<Publisher>): void {
  describe(`a publisher in ${name}`, () => {
    it('tells of nobody before anybody is published', async () => {
      expect(await (await make()).published(shop, signal)).toBeNull();
    });

    it('tells of the primary that was published last, of each cluster its own', async () => {
      const publisher = await make();
      await publisher.publish(shop, 'db1:3306', signal);
      await publisher.publish(blog, 'db9:3306', signal);
      await publisher.publish(shop, 'db2:3306', signal);
      expect(await publisher.published(shop, signal)).toBe('db2:3306');
      expect(await publisher.published(blog, signal)).toBe('db9:3306');
    });

    it('tells of nobody once the cluster was withdrawn, be it twice, until it is published again', async () => {
      const publisher = await make();
      await publisher.publish(shop, 'db1:3306', signal);
      await publisher.publish(blog, 'db9:3306', signal);
      await publisher.withdraw(shop, signal);
      await publisher.withdraw(shop, signal);
      expect(await publisher.published(shop, signal)).toBeNull();
      expect(await publisher.published(blog, signal)).toBe('db9:3306');
      await publisher.publish(shop, 'db2:3306', signal);
      expect(await publisher.published(shop, signal)).toBe('db2:3306');
    });
  });
}
