import { afterEach, beforeEach, expect, it } from 'vitest';
import { aFleet } from '../../controller/a-controller.ts';
import { type AnApi, anApi } from './an-api.ts';

let api: AnApi;

/** A primary h1:3306 with the replicas h2:3307 and h3:3308, and h4:3309 below h2. */
beforeEach(async () => {
  const { clock, fleet } = aFleet();
  fleet.add('h1:3306', null);
  fleet.add('h2:3307', 'h1:3306');
  fleet.add('h3:3308', 'h1:3306');
  fleet.add('h4:3309', 'h2:3307');
  api = await anApi(
    { clock, fleet },
    { DiscoverySeeds: ['h1:3306'], ClusterNameToAlias: { '.*': 'shop' }, RecoverMasterClusterFilters: ['*'] },
  );
});

afterEach(async () => {
  await api.server.close();
  await api.controller.stop();
});

interface Key {
  readonly Hostname: string;
  readonly Port: number;
}
// What jq reads of an answer: any path of it.
// biome-ignore lint/suspicious/noExplicitAny: the client's filters know no types.
type Json = any;

/** As the client’s filter `print_key` prints a key. */
const key = ({ Hostname, Port }: Key) => `${Hostname}:${Port}`;
const keyOf = (instance: { Key: Key }) => key(instance.Key);
const moved = ({ Details }: Json) => `${keyOf(Details)}<${key(Details.MasterKey)}`;
const details = ({ Details }: Json) => key(Details);

/** Each request as the client sends it, and what it reads of the answer (orchestrator 3.2.6, section 5.3). */
const reads: readonly (readonly [string, (answer: Json) => unknown, unknown])[] = [
  ['topology/shop', ({ Details }) => Details.split('\n').length, 4],
  ['topology-tabulated/h1:3306', ({ Details }) => Details.split('\n')[0].split('|').length, 7],
  ['topology-tags/shop', ({ Details }) => Details.split('\n')[0].endsWith(' []'), true],
  ['clusters-info', (list) => [list[0].ClusterName, list[0].ClusterAlias], ['h1:3306', 'shop']],
  ['search?s=h2%3A3307%0A', (list) => list.map(keyOf), ['h2:3307']],
  ['instance/h2/3307', keyOf, 'h2:3307'],
  ['instance/h2/3307', ({ MasterKey }) => key(MasterKey), 'h1:3306'],
  [
    'instance/h2/3307',
    (one) => [one.ReplicationSQLThreadState, one.ReplicationIOThreadState, one.GtidErrant],
    [1, 1, ''],
  ],
  ['instance-replicas/h1/3306', (list) => list.map(keyOf), ['h2:3307', 'h3:3308']],
  [
    'instance-replicas/h2/3307',
    ([one]) => [
      one.ReplicationSQLThreadRuning,
      one.ReplicationIOThreadRuning,
      one.LastSQLError,
      one.LastIOError,
    ],
    [true, true, '', ''],
  ],
  ['cluster/shop', (list) => list.map(keyOf), ['h1:3306', 'h2:3307', 'h3:3308', 'h4:3309']],
  [
    'cluster-info/h4:3309',
    ({ ClusterName, ClusterAlias }) => [ClusterName, ClusterAlias],
    ['h1:3306', 'shop'],
  ],
  ['master/shop', ({ ClusterName }) => ClusterName, 'h1:3306'],
  ['masters', (list) => list.map((one: Json) => [keyOf(one), one.DataCenter]), [['h1:3306', '']]],
  ['all-instances', (list) => list.length, 4],
  ['cluster-osc-replicas/shop', (list) => list.map(keyOf), ['h2:3307', 'h3:3308', 'h4:3309']],
  ['downtimed/', (list) => list, []],
  ['downtimed/shop', (list) => list, []],
  [
    'can-replicate-from/h4/3309/h3/3308',
    (one) => [one.Message.includes('true'), details(one)],
    [true, 'h3:3308'],
  ],
  ['replication-analysis', ({ Details }) => Details, []],
  ['raft-state', ({ Code }) => Code, 'ERROR'],
  ['health', ({ Details }) => Details.Healthy, true],
  ['status', ({ Details }) => typeof Details.Hostname, 'string'],
  ['check-global-recoveries', ({ Details }) => Details, 'enabled'],
  [
    'restart-replica-statements/h2/3307?q=set%20global%20x%3D1%0A',
    ({ Details }) => Details[2],
    'set global x=1',
  ],
];

it('the client reads what it asks for', async () => {
  for (const [path, read, expected] of reads) {
    const { body } = await api.ask(path);
    expect([path, read(body)]).toEqual([path, expected]);
  }
});

/** What changes something, in an order in which each may be done. */
const writes: readonly (readonly [string, (answer: Json) => unknown, unknown])[] = [
  ['relocate/h4/3309/h3/3308', moved, 'h4:3309<h3:3308'],
  ['move-gtid/h4/3309/h2/3307', moved, 'h4:3309<h2:3307'],
  ['move-up/h4/3309', moved, 'h4:3309<h1:3306'],
  ['move-below/h4/3309/h3/3308', moved, 'h4:3309<h3:3308'],
  ['repoint/h4/3309/h3/3308', moved, 'h4:3309<h3:3308'],
  ['match/h4/3309/h2/3307', moved, 'h4:3309<h2:3307'],
  ['move-replicas-gtid/h2/3307/h3/3308', ({ Details }) => Details.map(keyOf), ['h4:3309']],
  ['relocate-replicas/h3/3308/h2/3307', ({ Details }) => Details.map(keyOf), ['h4:3309']],
  ['repoint-replicas/h2/3307/', ({ Details }) => Details.map(keyOf), ['h4:3309']],
  ['match-up-replicas/h2/3307/', ({ Details }) => Details.map(keyOf), ['h4:3309']],
  ['take-siblings/h2/3307', moved, 'h2:3307<h1:3306'],
  ['take-master/h4/3309', moved, 'h4:3309<h1:3306'],
  ['stop-replica/h3/3308', ({ Details }) => keyOf(Details), 'h3:3308'],
  ['start-slave/h3/3308', ({ Details }) => keyOf(Details), 'h3:3308'],
  ['restart-replica/h3/3308', ({ Details }) => keyOf(Details), 'h3:3308'],
  ['stop-replica-nice/h3/3308', ({ Details }) => keyOf(Details), 'h3:3308'],
  ['start-replica/h3/3308', ({ Details }) => keyOf(Details), 'h3:3308'],
  [
    'detach-replica/h3/3308',
    ({ Details }) => [keyOf(Details), Details.MasterKey.Hostname],
    ['h3:3308', '//h2'],
  ],
  ['reattach-replica/h3/3308', ({ Details }) => keyOf(Details), 'h3:3308'],
  ['set-read-only/h3/3308', ({ Details }) => keyOf(Details), 'h3:3308'],
  ['begin-downtime/h2/3307/o1%0A/my%20reason%0A/5m', details, 'h2:3307'],
  ['end-downtime/h2/3307', details, 'h2:3307'],
  ['begin-maintenance/h2/3307/o1%0A/my%20reason%0A', details, 'h2:3307'],
  ['end-maintenance/h2/3307', details, 'h2:3307'],
  ['disable-global-recoveries', ({ Details }) => Details, 'disabled'],
  ['enable-global-recoveries', ({ Details }) => Details, 'enabled'],
  ['tag/h2/3307?tag=role%3Dbatch%0A', details, 'h2:3307'],
  ['tag/h3/3308?tag=role%3Dbackup%0A', details, 'h3:3308'],
  ['tags/h2/3307', (list) => list, ['role=batch']],
  ['tag-value/h2/3307?tag=role%0A', (text) => text, 'batch'],
  ['tagged?tag=role%0A', (list) => list.map(key), ['h2:3307', 'h3:3308']],
  ['tagged/?tag=~role%3Dbatch%0A', (list) => list.map(key), ['h3:3308']],
  ['topology-tags/shop', ({ Details }) => Details.includes('[role=batch]'), true],
  ['untag/h2/3307?tag=role=batch', ({ Details }) => Details.map(key), ['h2:3307']],
  ['untag-all?tag=role=backup', ({ Details }) => Details.map(key), ['h3:3308']],
  ['submit-pool-instances/p1?instances=h2%3A3307%2Ch3%3A3308%0A', ({ Details }) => Details, 'p1'],
  ['heuristic-cluster-pool-instances/shop/p1', ({ Details }) => Details.map(keyOf), ['h2:3307', 'h3:3308']],
  ['cluster-pool-instances/shop', (list) => list.length, 2],
  ['heuristic-cluster-pool-lag/shop/p1', ({ Details }) => Details, 0],
  ['register-candidate/h2/3307/prefer', details, 'h2:3307'],
  ['discover/h2/3307', ({ Details }) => keyOf(Details), 'h2:3307'],
  ['async-discover/h2/3307', ({ Details }) => Details, null],
  ['refresh/h2/3307', details, 'h2:3307'],
  ['set-cluster-alias/h1:3306?alias=store', ({ Message }) => Message.includes('store'), true],
  ['audit', (list) => list.some((one: Json) => one.AuditType === 'register-candidate'), true],
  ['ack-all-recoveries?comment=because', ({ Details }) => Details, 'because'],
];

it('the client reads what became of what it has asked to be done', async () => {
  for (const [path, read, expected] of writes) {
    const { body } = await api.ask(path);
    const { Code, Message } = body as Json;
    expect([path, Code === 'ERROR' ? Message : read(body)]).toEqual([path, expected]);
  }
});

it('a takeover is answered when it has ended, with the successor that leads by then', async () => {
  const { status, body } = await api.ask('graceful-master-takeover-auto/shop/h2/3307');
  expect([status, key((body as Json).Details.SuccessorKey)]).toEqual([200, 'h2:3307']);
  expect(((await api.ask('master/shop')).body as Json).ClusterName).toBe('h2:3307');
});

it('a forced takeover is answered with its successor too', async () => {
  const { body } = await api.ask('force-master-takeover/shop/h3/3308');
  expect(key((body as Json).Details.SuccessorKey)).toBe('h3:3308');
});

it('a recovery is found and acknowledged by its number', async () => {
  await api.ask('force-master-takeover/shop/h3/3308');
  const [last] = (await api.ask('audit-recovery')).body as Json;
  expect((await api.ask(`audit-recovery/id/${last.Id}`)).body).toMatchObject([{ UID: last.UID }]);
  expect(await api.ask(`ack-recovery/${last.Id}?comment=seen%0A`)).toMatchObject({ status: 200 });
  const [seen] = (await api.ask(`audit-recovery/uid/${last.UID}`)).body as Json;
  expect([seen.Acknowledged, seen.AcknowledgedComment]).toEqual([true, 'seen']);
});

it('a recovery that a person asks for is answered with the key of the successor', async () => {
  api.controller.restraints.disable('ann', 'a test').catch(() => {});
  await api.clock.advance(1_000);
  api.fleet.kill('h1:3306');
  await api.clock.advance(5_000);
  const { status, body } = await api.ask('recover/h1/3306');
  expect(status).toBe(200);
  expect(['h2:3307', 'h3:3308']).toContain(details(body));
});

it('the HEAD that the client sends before each call is answered', async () => {
  expect((await api.ask('', 'HEAD')).status).toBe(200);
  expect((await api.server.inject({ method: 'HEAD', url: '/api' })).statusCode).toBe(200);
});

it('a promotion rule of `must`, and a tag that is taken off everywhere without a value, are refused', async () => {
  for (const path of ['register-candidate/h2/3307/must', 'untag-all?tag=role']) {
    const { status, body } = await api.ask(path);
    expect([path, status, (body as Json).Code]).toEqual([path, 500, 'ERROR']);
  }
});

it('an instance may be forgotten, and a cluster that nobody knows may not', async () => {
  expect((await api.ask('forget/h4/3309')).status).toBe(200);
  expect((await api.ask('forget-cluster/nosuch')).body).toMatchObject({ Code: 'ERROR' });
});

it('a host is known by a part of its name, where only one has that', async () => {
  expect((await api.ask('instance/2/3307')).body).toMatchObject({ Key: { Hostname: 'h2', Port: 3307 } });
});
