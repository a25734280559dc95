import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import type { InstanceKey } from '../../../src/kernel/instance-key.ts';
import { aFleet } from '../../controller/a-controller.ts';
import { type AnApi, anApi, type Reply } from './an-api.ts';
import { differences } from './differences.ts';

const folder = new URL('../../fixtures/orchestrator-api/', import.meta.url);
const host = '127.0.0.1';

/** What was asked of the real one while all was well, after the primary had died and recovery was blocked, and after it. */
const asked = {
  well: {
    'active-cluster-recovery': 'active-cluster-recovery/demo',
    'all-instances': 'all-instances',
    'audit-failure-detection': 'audit-failure-detection',
    'audit-recovery': 'audit-recovery',
    audit: 'audit',
    'automated-recovery-filters': 'automated-recovery-filters',
    'blocked-recoveries': 'blocked-recoveries',
    'bulk-instances': 'bulk-instances',
    'bulk-promotion-rules': 'bulk-promotion-rules',
    'can-replicate-from-gtid': `can-replicate-from-gtid/${host}/23308/${host}/23307`,
    'can-replicate-from': `can-replicate-from/${host}/23308/${host}/23307`,
    'check-global-recoveries': 'check-global-recoveries',
    'cluster-alias': 'cluster/alias/demo',
    'cluster-info': 'cluster-info/demo',
    'cluster-master': 'master/demo',
    cluster: `cluster/${host}:23307`,
    'clusters-info': 'clusters-info',
    clusters: 'clusters',
    'config-reload': 'reload-configuration',
    'discovery-metrics-aggregated': 'discovery-metrics-aggregated/60',
    downtimed: 'downtimed',
    'error-instance': `instance/${host}/1`,
    'forget-cluster-error': 'forget-cluster/nosuch',
    headers: 'headers',
    health: 'health',
    'hostname-resolve-cache': 'hostname-resolve-cache',
    'instance-replicas': `instance-replicas/${host}/23307`,
    instance: `instance/${host}/23308`,
    'last-pseudo-gtid': `last-pseudo-gtid/${host}/23308`,
    'lb-check': 'lb-check',
    'leader-check': 'leader-check',
    maintenance: 'maintenance',
    masters: 'masters',
    problems: 'problems',
    'raft-state': 'raft-state',
    'recently-active-cluster-recovery': 'recently-active-cluster-recovery/demo',
    'recover-healthy': `recover/${host}/23307`,
    'replication-analysis-changelog': 'replication-analysis-changelog',
    'replication-analysis-cluster': 'replication-analysis/demo',
    'replication-analysis': 'replication-analysis',
    search: 'search?s=23308',
    snapshot: 'snapshot-topologies',
    status: 'status',
    tags: `tags/${host}/23309`,
    'topology-tabulated': 'topology-tabulated/demo',
    'topology-tags': 'topology-tags/demo',
    topology: 'topology/demo',
    relocate: `relocate/${host}/23309/${host}/23307`,
    'set-read-only': `set-read-only/${host}/23309`,
  },
  blocked: {
    'replication-analysis-dead': 'replication-analysis',
    'after-active-cluster-recovery': 'active-cluster-recovery/demo',
    'after-analysis-changelog': 'replication-analysis-changelog',
    'after-audit-failure-detection': 'audit-failure-detection',
    'after-audit-recovery': 'audit-recovery',
    'after-audit-recovery-uid': 'audit-recovery/uid/UID',
    'after-audit-recovery-steps': 'audit-recovery-steps/UID',
    'after-audit': 'audit',
    'after-blocked': 'blocked-recoveries',
    'after-cluster': 'cluster/demo',
    'after-problems': 'problems',
    'after-recently': 'recently-active-cluster-recovery/demo',
    'after-topology': 'topology/demo',
    'after-disable': 'disable-global-recoveries',
    'after-check-global': 'check-global-recoveries',
    'after-ack-noc': 'ack-recovery/cluster/demo',
    'after-ack-uid': 'ack-recovery/uid/UID?comment=because',
    'after-ack': 'ack-recovery/cluster/demo?comment=because',
    'after-ack-all': 'ack-all-recoveries?comment=because',
    'after-enable': 'enable-global-recoveries',
  },
  recovered: {
    'after2-active': 'active-cluster-recovery/demo',
    'after2-audit-recovery': 'audit-recovery',
    'after2-changelog': 'replication-analysis-changelog',
    'after2-cluster-info': 'clusters-info',
    'after2-detection': 'audit-failure-detection',
    'after2-problems': 'problems',
    'after2-recently': 'recently-active-cluster-recovery/demo',
    'after2-steps': 'audit-recovery-steps/UID',
    'after2-topology': 'topology/demo',
  },
} as const;

/** What is answered otherwise on purpose: shapes that differ, each with its reason. */
const onPurpose: Readonly<Record<string, { differs: readonly string[]; because: string }>> = {
  'bulk-promotion-rules': {
    differs: ['. was object and is list'],
    because: 'orchestrator’s statement is no SQL on SQLite and fails; the rules are answered',
  },
  headers: {
    differs: ['.Accept is missing', '.Host is too many'],
    because: 'what is echoed is what this client has sent',
  },
  'replication-analysis-changelog': {
    differs: ['. is empty'],
    because: 'nothing was found yet, and Baton writes down no NoProblem',
  },
  snapshot: { differs: ['.Details is null'], because: 'it is left out, and ERROR is its answer' },
  'audit-failure-detection': {
    differs: ['. is empty'],
    because: 'what a person forces was detected by nobody',
  },
};

/** Those that are equal to the letter: nothing in them depends on the servers. */
const exact = [
  'active-cluster-recovery',
  'automated-recovery-filters',
  'blocked-recoveries',
  'bulk-instances',
  'can-replicate-from',
  'can-replicate-from-gtid',
  'check-global-recoveries',
  'clusters',
  'config-reload',
  'error-instance',
  'last-pseudo-gtid',
  'lb-check',
  'leader-check',
  'maintenance',
  'problems',
  'raft-state',
  'replication-analysis',
  'replication-analysis-cluster',
  'tags',
  'after-ack',
  'after-ack-all',
  'after-ack-noc',
  'after-check-global',
  'after-disable',
  'after-enable',
] as const;

const replies = new Map<string, Reply>();

/** The same servers: a first failover of 23306, which then follows 23307; 23309 below 23308; then 23307 dies. */
beforeAll(async () => {
  const { clock, fleet } = aFleet();
  const key = (port: number): InstanceKey => `${host}:${port}`;
  fleet.add(key(23306), null);
  fleet.add(key(23307), key(23306));
  fleet.add(key(23308), key(23306));
  fleet.add(key(23309), key(23308));
  const api = await anApi(
    { clock, fleet },
    {
      DiscoverySeeds: [key(23306)],
      RecoverMasterClusterFilters: ['*'],
      RecoverIntermediateMasterClusterFilters: ['*'],
      ClusterNameToAlias: { '.*': 'demo' },
      DetectClusterDomainQuery: '',
    },
  );
  fleet.write(key(23306));
  await clock.advance(10_000);
  await api.ask(`force-master-takeover/demo/${host}/23307`);
  await clock.advance(5_000);
  await api.ask(`relocate/${host}/23308/${host}/23307`);
  await clock.advance(20_000);
  await api.ask(`tag/${host}/23309?tag=role%3Dbatch%0A`);
  await take(api, asked.well);
  fleet.kill(key(23307));
  await clock.advance(30_000);
  await take(api, asked.blocked);
  await clock.advance(60_000);
  await take(api, asked.recovered);
}, 120_000);

async function take(api: AnApi, paths: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, path] of Object.entries(paths)) {
    const [last] = (await api.ask('audit-recovery')).body as { UID: string }[];
    replies.set(name, await api.ask(path.replace('UID', last?.UID ?? '')));
  }
}

const recordedNames = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.replace('.json', ''));

it('every recorded reply is asked for', () => {
  const names = Object.values(asked).flatMap((paths) => Object.keys(paths));
  expect(names.toSorted()).toEqual(recordedNames.toSorted());
});

it.each(recordedNames)('%s has the fields and the types of the real one', (name) => {
  const recorded: unknown = JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'));
  expect(differences(recorded, replies.get(name)?.body)).toEqual(onPurpose[name]?.differs ?? []);
});

it.each(exact)('%s is the same to the letter', (name) => {
  const recorded: unknown = JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'));
  expect(replies.get(name)?.body).toEqual(recorded);
});
