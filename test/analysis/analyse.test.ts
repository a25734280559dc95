import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../src/analysis/analyse.ts';
import { Finding } from '../../src/analysis/finding.ts';
import type { AnalysisSettings } from '../../src/analysis/settings.ts';
import { type Instance, newInstance } from '../../src/topology/snapshot.ts';
import { failingToConnect, primary, readAt, replica, unread } from '../topology/instances.ts';
import { defaultSettings } from './settings.ts';

const now = readAt + 3_000;
const downtime = { owner: 'ann', reason: 'disk', until: now + 1 };
const orphaned = { replication: failingToConnect };

function found(instances: readonly Instance[], settings: Partial<AnalysisSettings> = {}): Finding[] {
  return analyse({ takenAt: now, instances }, { ...defaultSettings, ...settings });
}
function lines(instances: readonly Instance[], settings: Partial<AnalysisSettings> = {}): string[] {
  return found(instances, settings).map(({ instance, code }) => `${instance} ${code}`);
}

describe('analysis', () => {
  it('says all that the journal and the hooks want to know of a dead primary', () => {
    const cluster = [
      replica('b:10', 'a:1', orphaned),
      replica('b:9', 'a:1', orphaned),
      primary('a:1', unread),
    ];
    const [finding] = found(cluster);
    expect(finding).toEqual({
      code: 'DeadMaster',
      description: 'Master cannot be reached by orchestrator and none of its replicas is replicating',
      treatment: 'dead-primary',
      instance: 'a:1',
      clusterName: 'a:1',
      instanceType: 'master',
      isPrimary: true,
      isCoPrimary: false,
      replicas: ['b:9', 'b:10'],
      validReplicas: 2,
      replicatingReplicas: 0,
      connectedReplicas: 0,
      tryingReplicas: 2,
      echo: 'refused',
      emergency: 'none',
      troubles: [],
      words: 'it refuses connections',
      warnings: [],
      isDowntimed: false,
      skippedForDowntime: false,
      evidence: 'last answered 3 s ago; 2 of 2 replicas reachable, 0 replicating, 2 failing to connect to it',
    });
    expect(Finding.parse(finding)).toEqual(finding);
  });

  it('says nothing of a cluster in health', () => {
    expect(found([primary('a:1'), replica('b:1', 'a:1'), replica('c:1', 'b:1', { depth: 2 })])).toEqual([]);
  });

  it('holds a primary unreachable as soon as one look at it fails', () => {
    const cluster = [primary('a:1', unread), replica('b:1', 'a:1')];
    expect(lines(cluster)).toEqual(['a:1 UnreachableMaster']);
  });

  it('holds a primary unreachable when a look at it hangs for longer than a poll and a check', () => {
    const { checks } = primary('a:1');
    const hanging = (ms: number) => primary('a:1', { checks: { ...checks, attemptedAt: readAt + ms } });
    expect(lines([hanging(6_000), replica('b:1', 'a:1')])).toEqual([]);
    expect(lines([hanging(6_001), replica('b:1', 'a:1')])).toEqual(['a:1 UnreachableMaster']);
  });

  it('says nothing of an instance that was never read, nor of its part in the cluster', () => {
    expect(lines([newInstance('a:1'), replica('b:1', 'a:1', orphaned)])).toEqual([
      'b:1 FirstTierReplicaFailingToConnectToMaster',
    ]);
  });

  it('says nothing of an instance in maintenance', () => {
    expect(lines([primary('a:1', { ...unread, inMaintenance: true }), replica('b:1', 'a:1')])).toEqual([]);
  });

  it('says nothing of ignored hosts, whatever their port', () => {
    const cluster = [primary('a:1', unread), replica('b:1', 'a:1')];
    expect(lines(cluster, { ignoredHosts: [/^a$/] })).toEqual([]);
    expect(lines(cluster, { ignoredHosts: [/:1$/] })).toEqual(['a:1 UnreachableMaster']);
  });

  it('marks what a downtime of the instance mutes', () => {
    const muted = (until: number) =>
      found([
        primary('a:1', { ...unread, downtime: { ...downtime, until } }),
        replica('b:1', 'a:1', orphaned),
      ]);
    expect(muted(now + 1)[0]).toMatchObject({ isDowntimed: true, skippedForDowntime: true });
    expect(muted(now)[0]).toMatchObject({ isDowntimed: false, skippedForDowntime: false });
  });

  it('marks what a downtime of all replicas explains, and nothing else', () => {
    const idle = { replication: { sqlThread: 'stopped' as const } };
    const cluster = (which: Partial<Instance>, dead: object) => [
      primary('a:1', dead),
      replica('b:1', 'a:1', { ...idle, downtime }),
      replica('c:1', 'a:1', { ...idle, downtime: which.downtime ?? null }),
    ];
    const marks = (instances: Instance[]) =>
      found(instances).map(({ code, skippedForDowntime }) => [code, skippedForDowntime]);
    expect(marks(cluster({ downtime }, {}))).toEqual([['AllMasterReplicasNotReplicating', true]]);
    expect(marks(cluster({}, {}))).toEqual([['AllMasterReplicasNotReplicating', false]]);
    expect(marks(cluster({ downtime }, unread))).toEqual([['DeadMaster', false]]);
  });

  it('passes over healthy leaves, unless it is told to look at them', () => {
    const lonely = [primary('a:1', { server: { readOnly: true } })];
    expect(found(lonely)).toEqual([]);
    expect(found(lonely, { reduceReplicationAnalysisCount: false })).toMatchObject([
      { code: 'NoProblem', treatment: 'none', warnings: ['NoWriteableMasterStructureWarning'] },
    ]);
    expect(lines([primary('a:1', unread)])).toEqual(['a:1 DeadMasterWithoutReplicas']);
  });

  it('puts primaries first, those that give a cluster its name before others, then by replicas and name', () => {
    const down = (key: 'a:1' | 'b:1' | 'c:1' | 'd:1') => primary(key, unread);
    const middle = (key: 'x:1' | 'y:1') => replica(key, 'b:1', { ...unread, replication: failingToConnect });
    expect(
      lines([
        middle('y:1'),
        middle('x:1'),
        down('c:1'),
        down('b:1'),
        down('a:1'),
        down('d:1'),
        replica('z:1', 'd:1'),
      ]).map((line) => line.split(' ')[0]),
    ).toEqual(['a:1', 'b:1', 'd:1', 'c:1', 'x:1', 'y:1']);
  });

  it('calls each instance what hooks know it by', () => {
    const type = (instance: Instance) =>
      found([{ ...instance, ...unread }, replica('z:1', instance.key)])[0]?.instanceType;
    const group = { name: 'g', state: 'ONLINE', role: 'PRIMARY' };
    expect(type(primary('a:1'))).toBe('master');
    expect(type(replica('b:1', 'a:1'))).toBe('intermediate-master');
    expect(type(replica('b:1', 'a:1', { isCoPrimary: true }))).toBe('co-master');
    const dead = { ...primary('a:1', { group }), ...unread };
    expect(found([dead, replica('z:1', 'a:1', orphaned)])[0]).toMatchObject({
      code: 'DeadReplicationGroupMemberWithReplicas',
      instanceType: 'group-member',
      isPrimary: true,
    });
    const round = { ...dead, isCoPrimary: true };
    expect(found([round, replica('z:1', 'a:1', orphaned)])[0]?.instanceType).toBe('co-master');
  });

  it('never has a primary replaced from which any replica is seen replicating, whatever the cluster', () => {
    fc.assert(
      fc.property(anyCluster, (instances) => {
        for (const finding of found(instances)) {
          if (!finding.treatment.startsWith('dead-')) continue;
          const replicating = instances.filter(({ server, checks }) => {
            const { source, ioThread, sqlThread } = server?.replication ?? {};
            const runs = ioThread === 'running' && sqlThread === 'running';
            return source === finding.instance && runs && checks.checkedAt <= checks.seenAt;
          });
          expect(replicating).toEqual([]);
        }
      }),
    );
  });
});

const thread = fc.constantFrom('running' as const, 'connecting' as const, 'stopped' as const);

/** A primary, replicas of it in any state, and replicas of the first of these. */
const anyCluster = fc
  .tuple(
    fc.boolean(),
    fc.array(fc.record({ io: thread, sql: thread, seen: fc.boolean(), below: fc.boolean() }), {
      maxLength: 5,
    }),
  )
  .map(([answers, replicas]) => [
    primary('a:1', answers ? {} : unread),
    ...replicas.map(({ io, sql, seen, below }, index) =>
      replica(`r:${index + 1}`, below && index > 0 ? 'r:1' : 'a:1', {
        ...(seen ? {} : unread),
        replication: { ...failingToConnect, ioThread: io, sqlThread: sql },
      }),
    ),
  ]);
