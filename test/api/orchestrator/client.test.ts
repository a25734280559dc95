import { readFileSync } from 'node:fs';
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
const done = ({ Details }: Json) => keyOf(Details);
const successor = ({ Details }: Json) => key(Details.SuccessorKey);

/** The commands of orchestrator-client (orchestrator 3.2.6, section 5.3). */
const commands = readFileSync(
  new URL('../../fixtures/orchestrator-client-commands.txt', import.meta.url),
  'utf8',
)
  .trim()
  .split('\n');

/** One request as the client sends it for these commands, what it reads of the answer, and what that is here. */
interface Request {
  readonly of: string;
  readonly path: string;
  readonly reads: (answer: Json) => unknown;
  readonly is: unknown;
}

const asks = (of: string, path: string, reads: Request['reads'], is: unknown): Request => ({
  of,
  path,
  reads,
  is,
});
const list = (answer: Json) => answer.map(keyOf);
const listed = ({ Details }: Json) => Details.map(keyOf);
const whole = (answer: Json) => answer;
const said = ({ Details }: Json) => Details;
/** The client says it on its error output and ends with 1. */
const no = ({ Code, Message }: Json) => (Code === 'ERROR' ? Message : Code);
const threads = (one: Json) => [one.ReplicationSQLThreadState, one.ReplicationIOThreadState];

/** Requests that change nothing (orchestrator 3.2.6, section 5.3). */
const reading: readonly Request[] = [
  asks('topology', 'topology/shop', ({ Details }) => Details.split('\n').length, 4),
  asks('topology', 'topology/h1:3306', ({ Details }) => Details.split('\n').length, 4),
  asks(
    'topology-tabulated',
    'topology-tabulated/h1:3306',
    ({ Details }) => Details.split('\n')[0].split('|').length,
    7,
  ),
  asks('topology-tags', 'topology-tags/shop', ({ Details }) => Details.split('\n')[0].endsWith(' []'), true),
  asks('clusters', 'clusters-info', ([one]) => one.ClusterName, 'h1:3306'),
  asks('clusters-alias', 'clusters-info', ([one]) => [one.ClusterName, one.ClusterAlias], [
    'h1:3306',
    'shop',
  ]),
  asks('search', 'search?s=h2%3A3307%0A', list, ['h2:3307']),
  asks('instance, which-instance', 'instance/h2/3307', keyOf, 'h2:3307'),
  asks('which-master', 'instance/h2/3307', ({ MasterKey }) => key(MasterKey), 'h1:3306'),
  asks('is-replicating, is-replication-stopped', 'instance/h2/3307', threads, [1, 1]),
  asks('which-gtid-errant', 'instance/h2/3307', ({ GtidErrant }) => GtidErrant, ''),
  asks('which-replicas', 'instance-replicas/h1/3306', list, ['h2:3307', 'h3:3308']),
  asks(
    'which-broken-replicas',
    'instance-replicas/h2/3307',
    ([one]) => [
      one.ReplicationSQLThreadRuning,
      one.ReplicationIOThreadRuning,
      one.LastSQLError,
      one.LastIOError,
    ],
    [true, true, '', ''],
  ),
  asks('which-cluster-instances', 'cluster/shop', list, ['h1:3306', 'h2:3307', 'h3:3308', 'h4:3309']),
  asks('which-cluster', 'cluster-info/h4:3309', ({ ClusterName }) => ClusterName, 'h1:3306'),
  asks('which-cluster-alias', 'cluster-info/h4:3309', ({ ClusterAlias }) => ClusterAlias, 'shop'),
  asks('which-cluster-master', 'master/shop', ({ ClusterName }) => ClusterName, 'h1:3306'),
  asks('all-clusters-masters', 'masters', list, ['h1:3306']),
  asks('dominant-dc', 'masters', ([one]) => one.DataCenter, ''),
  asks('all-instances', 'all-instances', (all) => all.length, 4),
  asks(
    'which-cluster-osc-replicas, which-cluster-osc-running-replicas',
    'cluster-osc-replicas/shop',
    (all) => all.map((one: Json) => [keyOf(one), one.ReplicationSQLThreadRuning]),
    [
      ['h2:3307', true],
      ['h3:3308', true],
      ['h4:3309', true],
    ],
  ),
  asks('downtimed', 'downtimed/', whole, []),
  asks('downtimed', 'downtimed/shop', whole, []),
  asks(
    'can-replicate-from',
    'can-replicate-from/h4/3309/h3/3308',
    (one) => [one.Message.includes('true'), details(one)],
    [true, 'h3:3308'],
  ),
  asks(
    'can-replicate-from-gtid',
    'can-replicate-from-gtid/h4/3309/h3/3308',
    (one) => [one.Message.includes('true'), details(one)],
    [true, 'h3:3308'],
  ),
  asks('replication-analysis', 'replication-analysis', said, []),
  asks(
    'raft-leader, raft-leader-hostname, raft-elect-leader',
    'raft-state',
    no,
    'raft-state: not running with raft setup',
  ),
  asks('raft-leader', 'raft-leader', no, 'raft-leader: not running with raft setup'),
  asks('raft-leader-hostname', 'status', ({ Details }) => typeof Details.Hostname, 'string'),
  asks('raft-elect-leader', 'raft-yield-hint/h1', no, expect.stringContaining('stop the one that leads')),
  asks('raft-health', 'raft-health', no, 'raft-health: not running with raft setup'),
  asks('api', 'health', ({ Details }) => Details.Healthy, true),
  asks('check-global-recoveries', 'check-global-recoveries', said, 'enabled'),
  asks(
    'restart-replica-statements',
    'restart-replica-statements/h2/3307?q=set%20global%20x%3D1%0A',
    ({ Details }) => Details[2],
    'set global x=1',
  ),
  asks('locate-gtid-errant', 'locate-gtid-errant/h2/3307', no, 'h2:3307 has no errant GTID'),
  asks(
    'last-pseudo-gtid',
    'last-pseudo-gtid/h2/3307',
    no,
    'PseudoGTIDPattern not configured; cannot use Pseudo-GTID',
  ),
];

/** Requests that change something, in an order in which each may be done. */
const changing: readonly Request[] = [
  asks('relocate', 'relocate/h4/3309/h3/3308', moved, 'h4:3309<h3:3308'),
  asks('move-gtid', 'move-gtid/h4/3309/h2/3307', moved, 'h4:3309<h2:3307'),
  asks('move-up', 'move-up/h4/3309', moved, 'h4:3309<h1:3306'),
  asks('move-below', 'move-below/h4/3309/h3/3308', moved, 'h4:3309<h3:3308'),
  asks('match-up', 'match-up/h4/3309', moved, 'h4:3309<h1:3306'),
  asks('move-equivalent', 'move-equivalent/h4/3309/h3/3308', moved, 'h4:3309<h3:3308'),
  asks('repoint', 'repoint/h4/3309/h3/3308', moved, 'h4:3309<h3:3308'),
  asks('match', 'match/h4/3309/h2/3307', moved, 'h4:3309<h2:3307'),
  asks('move-replicas-gtid', 'move-replicas-gtid/h2/3307/h3/3308', listed, ['h4:3309']),
  asks('relocate-replicas', 'relocate-replicas/h3/3308/h2/3307', listed, ['h4:3309']),
  asks('relocate-replicas', 'relocate-replicas/h3/3308/h2/3307', listed, []),
  asks('repoint-replicas', 'repoint-replicas/h2/3307/', listed, ['h4:3309']),
  asks('match-up-replicas', 'match-up-replicas/h2/3307/', listed, ['h4:3309']),
  asks('match-up-replicas', 'match-up-replicas/h2/3307/', listed, []),
  asks('move-below', 'move-below/h4/3309/h2/3307', moved, 'h4:3309<h2:3307'),
  asks('move-up-replicas', 'move-up-replicas/h2/3307/h1/3306', listed, ['h4:3309']),
  asks('take-siblings', 'take-siblings/h2/3307', moved, 'h2:3307<h1:3306'),
  asks('take-siblings', 'take-siblings/h2/3307', moved, 'h2:3307<h1:3306'),
  asks('take-master', 'take-master/h4/3309', moved, 'h4:3309<h1:3306'),
  asks('make-co-master', 'make-co-master/h4/3309', moved, 'h4:3309<h1:3306'),
  asks('reset-replica', 'reset-replica/h1/3306', done, 'h1:3306'),
  asks('stop-replica', 'stop-replica/h3/3308', done, 'h3:3308'),
  asks('start-replica', 'start-slave/h3/3308', done, 'h3:3308'),
  asks('restart-replica', 'restart-replica/h3/3308', done, 'h3:3308'),
  asks('stop-replica-nice', 'stop-replica-nice/h3/3308', done, 'h3:3308'),
  asks('start-replica', 'start-replica/h3/3308', done, 'h3:3308'),
  asks(
    'detach-replica',
    'detach-replica/h3/3308',
    ({ Details }) => [keyOf(Details), Details.MasterKey.Hostname],
    ['h3:3308', '//h2'],
  ),
  asks('reattach-replica', 'reattach-replica/h3/3308', done, 'h3:3308'),
  asks('detach-replica-master-host', 'detach-replica-master-host/h3/3308', done, 'h3:3308'),
  asks('reattach-replica-master-host', 'reattach-replica-master-host/h3/3308', done, 'h3:3308'),
  asks('skip-query', 'skip-query/h3/3308', no, 'h3:3308 has stopped applying at no transaction'),
  ...['gtid-errant-reset-master', 'gtid-errant-inject-empty'].map((word) =>
    asks(word, `${word}/h3/3308`, no, 'h3:3308 has no transaction of its own'),
  ),
  ...[
    'enable-semi-sync-master',
    'disable-semi-sync-master',
    'enable-semi-sync-replica',
    'disable-semi-sync-replica',
    'flush-binary-logs',
    'set-read-only',
  ].map((word) => asks(word, `${word}/h3/3308`, done, 'h3:3308')),
  asks('set-writeable', 'set-writeable/h1/3306', done, 'h1:3306'),
  asks(
    'set-writeable',
    'set-writeable/h3/3308',
    no,
    expect.stringContaining('h1:3306 of the same cluster takes writes already'),
  ),
  asks(
    'delay-replication',
    'delay-replication/h3/3308/7',
    ({ Details }) => [keyOf(Details), Details.SQLDelay, ...threads(Details)],
    ['h3:3308', 7, 1, 1],
  ),
  asks('delay-replication', 'delay-replication/h3/3308/0', ({ Details }) => Details.SQLDelay, 0),
  asks('purge-binary-logs', 'purge-binary-logs/h3/3308/bin.000001', done, 'h3:3308'),
  asks(
    'purge-binary-logs',
    'purge-binary-logs/h3/3308/bin.000009',
    no,
    'bin.000009 is no file of the binary log of h3:3308, which writes bin.000001 now',
  ),
  asks('begin-downtime', 'begin-downtime/h2/3307/o1%0A/my%20reason%0A/5m', details, 'h2:3307'),
  asks('end-downtime', 'end-downtime/h2/3307', details, 'h2:3307'),
  asks('begin-maintenance', 'begin-maintenance/h2/3307/o1%0A/my%20reason%0A', details, 'h2:3307'),
  asks('end-maintenance', 'end-maintenance/h2/3307', details, 'h2:3307'),
  asks('disable-global-recoveries', 'disable-global-recoveries', said, 'disabled'),
  asks('enable-global-recoveries', 'enable-global-recoveries', said, 'enabled'),
  asks('tag', 'tag/h2/3307?tag=role%3Dbatch%0A', details, 'h2:3307'),
  asks('tag', 'tag/h3/3308?tag=role%3Dbackup%0A', details, 'h3:3308'),
  asks('tags', 'tags/h2/3307', whole, ['role=batch']),
  asks('tag-value', 'tag-value/h2/3307?tag=role%0A', whole, 'batch'),
  asks('tagged', 'tagged?tag=role%0A', (all) => all.map(key), ['h2:3307', 'h3:3308']),
  asks('tagged', 'tagged/?tag=~role%3Dbatch%0A', (all) => all.map(key), ['h3:3308']),
  asks('tagged', 'tagged/h2/3307?tag=role%0A', (all) => all.map(key), ['h2:3307']),
  asks('topology-tags', 'topology-tags/shop', ({ Details }) => Details.includes('[role=batch]'), true),
  asks('untag', 'untag/h2/3307?tag=role=batch', ({ Details }) => Details.map(key), ['h2:3307']),
  asks('untag-all', 'untag-all?tag=role=backup', ({ Details }) => Details.map(key), ['h3:3308']),
  asks('submit-pool-instances', 'submit-pool-instances/p1?instances=h2%3A3307%2Ch3%3A3308%0A', said, 'p1'),
  ...['shop/', 'shop/p1'].map((which) =>
    asks('which-heuristic-cluster-pool-instances', `heuristic-cluster-pool-instances/${which}`, listed, [
      'h2:3307',
      'h3:3308',
    ]),
  ),
  asks('api', 'cluster-pool-instances/shop', (all) => all.length, 2),
  asks('api', 'heuristic-cluster-pool-lag/shop/p1', said, 0),
  asks('register-candidate', 'register-candidate/h2/3307/prefer', details, 'h2:3307'),
  asks(
    'register-hostname-unresolve',
    'register-hostname-unresolve/h2/3307/v1',
    no,
    expect.stringContaining('and no other'),
  ),
  asks(
    'deregister-hostname-unresolve',
    'deregister-hostname-unresolve/h2/3307',
    no,
    expect.stringContaining('and no other'),
  ),
  asks('discover', 'discover/h2/3307', done, 'h2:3307'),
  asks('async-discover', 'async-discover/h2/3307', said, null),
  asks('api', 'refresh/h2/3307', details, 'h2:3307'),
  asks('snapshot-topologies', 'snapshot-topologies', said, null),
  asks('api', 'audit', ([one]) => [one.AuditType, one.Message.includes('h4:3309<h1:3306')], [
    'snapshot-topologies',
    true,
  ]),
  asks(
    'submit-masters-to-kv-stores',
    'submit-masters-to-kv-stores/',
    no,
    expect.stringContaining('Publish is empty'),
  ),
  asks('api', 'set-cluster-alias/h1:3306?alias=store', ({ Message }) => Message.includes('store'), true),
  asks('recover', 'recover/h1/3306', no, expect.stringContaining('nothing is found to be wrong')),
  asks('ack-all-recoveries', 'ack-all-recoveries?comment=because', said, 'because'),
];

/** The last things that are done to a cluster. */
const ending: readonly Request[] = [
  asks('graceful-master-takeover', 'graceful-master-takeover/shop/h2/3307', successor, 'h2:3307'),
  asks('graceful-master-takeover-auto', 'graceful-master-takeover-auto/shop', successor, 'h1:3306'),
  asks('ack-cluster-recoveries', 'ack-recovery/cluster/shop?comment=because%0A', said, expect.anything()),
  asks('force-master-takeover', 'force-master-takeover/shop/h3/3308', successor, 'h3:3308'),
  asks('force-master-failover', 'force-master-failover/h3:3308', successor, expect.stringMatching(/^h\d:/)),
  asks('forget', 'forget/h4/3309', ({ Code }) => Code, 'OK'),
  asks('forget-cluster', 'forget-cluster/h1:3306', ({ Code }) => Code, 'OK'),
];

async function askInTurn(requests: readonly Request[]): Promise<void> {
  for (const { path, reads, is } of requests) {
    const { body } = await api.ask(path);
    const isNo = (body as Json)?.Code === 'ERROR' && reads !== no;
    expect([path, isNo ? (body as Json).Message : reads(body)]).toEqual([path, is]);
  }
}

it('the client reads what it asks for', () => askInTurn(reading));

it('the client reads what became of what it has asked to be done', () => askInTurn(changing));

it('the client reads who leads after a takeover or a failover that it has asked for', () =>
  askInTurn(ending));

it('every command of the client that asks anything is tried here', () => {
  const tried = [...reading, ...changing, ...ending].flatMap(({ of }) => of.split(', '));
  expect(commands.filter((name) => !tried.includes(name))).toEqual(['help', 'which-api']);
});

it('replicas are regrouped, and a local source replaced, with the answer that orchestrator gives', async () => {
  await api.ask('relocate-replicas/h2/3307/h1/3306');
  const { body } = await api.ask('regroup-slaves/h1/3306');
  expect(body).toMatchObject({
    Code: 'OK',
    Message: 'promoted replica: h2:3307, lost: 0, trivial: 0, pseudo-gtid: 0',
    Details: { Hostname: 'h2', Port: 3307 },
  });
  expect(list((await api.ask('instance-replicas/h2/3307')).body)).toEqual(['h3:3308', 'h4:3309']);
  expect(done((await api.ask('make-local-master/h3/3308')).body)).toBe('h3:3308');
  expect(list((await api.ask('instance-replicas/h3/3308')).body)).toEqual(['h4:3309']);
});

it('a replica is made the primary by having the one that there is hand over', async () => {
  expect(moved((await api.ask('make-master/h2/3307')).body)).toBe('h2:3307<:0');
  expect(((await api.ask('master/shop')).body as Json).ClusterName).toBe('h2:3307');
  const { body } = await api.ask('make-master/h2/3307');
  expect(body).toMatchObject({ Code: 'ERROR' });
});

it('nonsense in a number or a file’s name is refused before a server hears of it', async () => {
  for (const path of [
    'delay-replication/h3/3308/late',
    'purge-binary-logs/h3/3308/a%20b',
    'kill-query/h3/3308/0',
  ])
    expect([path, (await api.ask(path)).body]).toMatchObject([path, { Code: 'ERROR' }]);
  expect((await api.ask('kill-query/h3/3308/7')).body).toMatchObject({
    Message: 'h3:3308 has no connection 7',
  });
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
