import { describe, expect, it } from 'vitest';
import type { InstanceKey } from '../../src/kernel/instance-key.ts';
import { freePorts } from '../../src/sandbox/free-ports.ts';
import { dialects } from '../../src/sandbox/dialect.ts';
import { flavoursHere } from './flavours.ts';
import { aController, answering, aScene, configured, lastRecovery, portOn, type Scene } from './scene.ts';

const patient = { timeout: 60_000, interval: 100 };
const forGroups = ['--plugin-load-add=group_replication.so', '--report-host=127.0.0.1'];

/** Makes a replication group of the first two servers; the others replicate from the second. */
async function grouped(scene: Scene): Promise<void> {
  const [first, second, ...others] = scene.keys;
  if (first === undefined || second === undefined) throw new Error('a group has two members at least');
  const { user, password } = scene.sandbox.credentials.replication;
  const places = (await freePorts(2)).map((port) => `127.0.0.1:${port}`);
  const tell = (key: InstanceKey, statements: string) => scene.sandbox.sql(portOn(scene, key), statements);
  const join = (place: string | undefined, more: string) => `
    SET GLOBAL group_replication_group_name='aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa';
    SET GLOBAL group_replication_local_address='${place}';
    SET GLOBAL group_replication_group_seeds='${places.join(',')}';
    SET GLOBAL group_replication_recovery_get_public_key=ON;
    CHANGE REPLICATION SOURCE TO SOURCE_USER='${user}', SOURCE_PASSWORD='${password}'
      FOR CHANNEL 'group_replication_recovery';
    ${more} START GROUP_REPLICATION;`;
  await tell(second, dialects.mysql.stopReplicating);
  await tell(first, join(places[0], 'SET GLOBAL group_replication_bootstrap_group=ON;'));
  await tell(first, 'SET GLOBAL group_replication_bootstrap_group=OFF;');
  await tell(second, join(places[1], ''));
  await tell(
    first,
    `GRANT SELECT ON performance_schema.replication_group_members TO '${scene.sandbox.credentials.topology.user}'@'127.0.0.1';`,
  );
  for (const key of others)
    await tell(key, `STOP REPLICA; ${dialects.mysql.follow(portOn(scene, second), { user, password })}`);
}

describe.runIf((await flavoursHere()).includes('mysql'))(
  'the replicas of a dead group member of MySQL',
  () => {
    it('get another ONLINE member of its group', async () => {
      const scene = await aScene({ flavour: 'mysql', servers: 4, serverArguments: forGroups });
      const [first, second, ...replicas] = scene.keys;
      if (first === undefined || second === undefined) throw new Error('the scene has four servers');
      await grouped(scene);
      const { daemon } = await aController(
        scene,
        await configured(scene, {
          RecoverIntermediateMasterClusterFilters: ['*'],
          InstancePollSeconds: 1,
          DiscoverySeeds: scene.keys,
        }),
      );
      await expect.poll(() => answering(daemon), patient).toBe(4);
      await scene.sandbox.kill(portOn(scene, second));
      await expect.poll(async () => (await lastRecovery(daemon))?.endedAt ?? null, patient).not.toBeNull();
      expect((await lastRecovery(daemon))?.reason).toBeNull();
      expect(await lastRecovery(daemon)).toMatchObject({
        code: 'DeadReplicationGroupMemberWithReplicas',
        failed: second,
        successor: first,
      });
      const status = await scene.sandbox.status();
      expect(status.filter(({ replication }) => replication?.source === first).map(({ key }) => key)).toEqual(
        replicas,
      );
    });
  },
);
