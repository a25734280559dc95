import { expect, it } from 'vitest';
import type { Daemon } from '../../src/cli/daemon.ts';
import type { ClusterReport } from '../../src/controller/reports.ts';
import {
  aController,
  answering,
  aScene,
  configured,
  hookLines,
  lastRecovery,
  portOn,
  type Scene,
} from './scene.ts';
import { flavoursHere } from './flavours.ts';

const patient = { timeout: 30_000, interval: 50 };

/** What operators keep in a database of their own; it replicates like any other. */
async function withTable(scene: Scene, alias: string): Promise<void> {
  await scene.sandbox.sql(
    portOn(scene, scene.primary),
    `CREATE DATABASE meta; CREATE TABLE meta.cluster (alias VARCHAR(200), domain VARCHAR(64));
     INSERT INTO meta.cluster VALUES (${alias}, 'shop.example');`,
  );
  for (const key of scene.keys)
    await expect
      .poll(
        () => scene.sandbox.sql(portOn(scene, key), 'SELECT domain FROM meta.cluster').catch(() => ''),
        patient,
      )
      .toBe('shop.example');
  const grant = `GRANT SELECT ON meta.* TO 'baton'@'127.0.0.1'`;
  for (const key of scene.keys)
    await scene.sandbox.sql(portOn(scene, key), `SET SESSION sql_log_bin = 0; ${grant}`);
}

const clusterOf = async (daemon: Daemon) =>
  ((await daemon.get('/baton/v1/clusters').catch(() => [])) as readonly ClusterReport[])[0];

const queries = {
  DetectClusterAliasQuery: 'SELECT alias FROM meta.cluster',
  DetectClusterDomainQuery: 'SELECT domain FROM meta.cluster',
  DetectInstanceAliasQuery: `SELECT CONCAT('db-', @@port)`,
};

it.each(await flavoursHere())(
  'what the servers of %s say of their cluster and of themselves decides a recovery that begins when the primary cannot say it any more',
  async (flavour) => {
    const scene = await aScene({ flavour });
    const [primary, barred, chosen] = scene.keys;
    if (primary === undefined || barred === undefined || chosen === undefined)
      throw new Error('three servers');
    await withTable(scene, `'shop'`);
    const config = await configured(scene, {
      ...queries,
      DetectPromotionRuleQuery: `SELECT IF(@@port = ${portOn(scene, barred)}, 'must_not', 'neutral')`,
      DetectDataCenterQuery: `SELECT 'dc1'`,
      RegionPattern: '^([0-9]+)[.]',
      ReplicationLagQuery: 'SELECT 7.5',
      RecoverMasterClusterFilters: ['alias=shop'],
      PostMasterFailoverProcesses: [
        `echo "told {failureClusterAlias} {failureClusterDomain} {successorAlias}" >> ${scene.directory}/hooks.log`,
      ],
    });
    const first = await aController(scene, config);
    await expect.poll(() => answering(first.daemon), patient).toBe(3);
    await expect
      .poll(() => clusterOf(first.daemon), patient)
      .toMatchObject({ alias: 'shop', domain: 'shop.example' });
    const instances = (await clusterOf(first.daemon))?.instances ?? [];
    expect(instances.find(({ instance }) => instance === barred)).toMatchObject({
      alias: `db-${portOn(scene, barred)}`,
      promotionRule: 'must_not',
      dataCenter: 'dc1',
      region: '127',
      lagSeconds: 7.5,
    });
    first.process.signal('SIGKILL');
    await expect.poll(() => first.process.isAlive(), patient).toBe(false);
    await scene.sandbox.kill(portOn(scene, primary));

    const { daemon } = await aController(scene, config);
    await expect.poll(async () => (await lastRecovery(daemon))?.state, patient).toBe('recovered');
    expect(await lastRecovery(daemon)).toMatchObject({ cluster: 'shop', successor: chosen });
    expect(await hookLines(scene)).toContain(`told shop shop.example db-${portOn(scene, chosen)}`);
  },
);

it.each(await flavoursHere())(
  'a query of the operator’s that fails, lasts or lies is said once by its key, and %s is watched as ever (P5)',
  async (flavour) => {
    const scene = await aScene({ flavour, servers: 2 });
    await withTable(scene, `CONCAT('shop', CHAR(27), '[2J')`);
    const config = await configured(scene, {
      ...queries,
      InstancePollSeconds: 1,
      DetectInstanceAliasQuery: 'SELECT name FROM meta.nowhere',
      DetectDataCenterQuery:
        'SELECT COUNT(*) FROM information_schema.columns a, information_schema.columns b, information_schema.columns c',
      DetectRegionQuery: `SELECT REPEAT('x', 1000)`,
      DetectPromotionRuleQuery: `SELECT 'first'`,
      ReplicationLagQuery: 'SELECT lag FROM meta.nowhere',
    });
    const { daemon, process } = await aController(scene, config);
    await expect.poll(() => answering(daemon), patient).toBe(2);
    const warnings: string[] = [];
    const said = async () => {
      const news = await process.news();
      // A slow machine may give Baton more to warn of, which is none of these.
      warnings.push(...news.map(({ sentence }) => sentence).filter((one) => /^Detect\w+Query at /.test(one)));
      return warnings.toSorted();
    };
    const at = (key: string) => [
      expect.stringMatching(
        `^DetectDataCenterQuery at ${key} was not answered: .*(max_statement_time|maximum statement)`,
      ),
      expect.stringMatching(`^DetectInstanceAliasQuery at ${key} was not answered: .*nowhere`),
      expect.stringMatching(
        `^DetectPromotionRuleQuery at ${key} gave "first", which is none of must, prefer`,
      ),
      expect.stringMatching(`^DetectRegionQuery at ${key} gave a text of 1000 characters, more than 128`),
    ];
    const expected = [
      expect.stringMatching(
        `^DetectClusterAliasQuery at ${scene.primary} gave a text with control characters`,
      ),
      ...scene.keys.flatMap(at),
    ];
    await expect.poll(async () => (await said()).length, patient).toBe(expected.length);
    await expect.poll(() => said(), patient).toEqual(expect.arrayContaining(expected));
    expect(await answering(daemon)).toBe(2);
    const cluster = await clusterOf(daemon);
    expect(cluster).toMatchObject({ alias: scene.primary, domain: 'shop.example' });
    expect(
      cluster?.instances.map(({ promotionRule, lagSeconds, region }) => ({
        promotionRule,
        lagSeconds,
        region,
      })),
    ).toEqual([
      { promotionRule: 'neutral', lagSeconds: null, region: '' },
      { promotionRule: 'neutral', lagSeconds: 0, region: '' },
    ]);
    expect(await said()).toHaveLength(expected.length);
  },
);
