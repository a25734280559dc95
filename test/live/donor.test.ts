import { describe, expect, it } from 'vitest';
import { ordersOn } from '../../src/cli/demo/writer.ts';
import type { InstanceKey } from '../../src/kernel/instance-key.ts';
import { flavoursHere } from './flavours.ts';
import {
  aController,
  answering,
  aScene,
  configured,
  lastRecovery,
  portOn,
  storyOfLast,
  writableOn,
} from './scene.ts';

const patient = { timeout: 30_000, interval: 50 };

describe.each(await flavoursHere())('a killed primary of %s', (flavour) => {
  it('is succeeded by the replica that may be promoted, which fetches first what the other has received (P4)', async () => {
    const scene = await aScene({ flavour });
    const [primary, successor, donor] = scene.keys;
    if (primary === undefined || successor === undefined || donor === undefined)
      throw new Error('there are three');
    const sql = (key: InstanceKey, words: string) => scene.sandbox.sql(portOn(scene, key), words);
    const orders = async (key: InstanceKey) => (await ordersOn(key, scene.sandbox.credentials.app)).size;
    const ignored = { PromotionIgnoreHostnameFilters: [`:${portOn(scene, donor)}$`] };
    const { daemon } = await aController(scene, await configured(scene, ignored));
    await expect.poll(() => answering(daemon), patient).toBe(3);
    await sql(primary, "INSERT INTO shop.orders VALUES (1, 'kept')");
    await expect.poll(() => orders(successor), patient).toBe(1);
    await sql(successor, flavour === 'mariadb' ? 'STOP SLAVE IO_THREAD' : 'STOP REPLICA IO_THREAD');
    for (const id of [2, 3, 4]) await sql(primary, `INSERT INTO shop.orders VALUES (${id}, 'kept')`);
    await expect.poll(() => orders(donor), patient).toBe(4);

    await scene.sandbox.kill(portOn(scene, primary));
    await expect.poll(async () => (await lastRecovery(daemon))?.state, patient).toBe('recovered');
    const { recovery, records } = await storyOfLast(daemon);
    expect(recovery).toMatchObject({ successor, lost: [] });
    expect(records).toContainEqual(
      expect.objectContaining({
        kind: 'act',
        step: 'fetch',
        order: { verb: 'follow', instance: successor, source: donor },
      }),
    );
    expect(await writableOn(scene)).toEqual([successor]);
    expect(await orders(successor)).toBe(4);
    await sql(successor, "INSERT INTO shop.orders VALUES (5, 'after')");
    await expect.poll(() => orders(donor), patient).toBe(5);
  });
});
