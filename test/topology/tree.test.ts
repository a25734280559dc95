import { expect, it } from 'vitest';
import type { Instance } from '../../src/topology/snapshot.ts';
import { topologyText } from '../../src/topology/tree.ts';
import { failingToConnect, primary, readAt, replica, unread } from './instances.ts';

function drawn(...instances: Instance[]): string[] {
  const view = { now: readAt, instancePollSeconds: 5, reasonableMaintenanceReplicationLagSeconds: 20 };
  return topologyText(instances, view).split('\n');
}

it('draws a cluster as orchestrator does, replicas below their source and in order', () => {
  expect(
    drawn(
      replica('127.0.0.1:23309', '127.0.0.1:23308', { depth: 2 }),
      replica('127.0.0.1:23308', '127.0.0.1:23307'),
      replica('127.0.0.1:23306', '127.0.0.1:23307'),
      primary('127.0.0.1:23307'),
    ),
  ).toEqual([
    '127.0.0.1:23307     [0s,ok,10.11.19-MariaDB-log,rw,ROW,>>]',
    '+ 127.0.0.1:23306   [0s,ok,10.11.19-MariaDB-log,ro,ROW,>>,GTID]',
    '+ 127.0.0.1:23308   [0s,ok,10.11.19-MariaDB-log,ro,ROW,>>,GTID]',
    '  + 127.0.0.1:23309 [0s,ok,10.11.19-MariaDB-log,ro,ROW,>>,GTID]',
  ]);
});

it('draws a dead primary and its broken replicas as orchestrator does', () => {
  expect(
    drawn(
      primary('127.0.0.1:23307', unread),
      replica('127.0.0.1:23306', '127.0.0.1:23307', { replication: failingToConnect }),
    ),
  ).toEqual([
    '127.0.0.1:23307   [unknown,invalid,10.11.19-MariaDB-log,rw,ROW,>>]',
    '- 127.0.0.1:23306 [null,nonreplicating,10.11.19-MariaDB-log,ro,ROW,>>,GTID]',
  ]);
});

it('says what is out of the ordinary', () => {
  const semiSync = {
    primaryEnabled: true,
    primaryStatus: true,
    waitForReplicas: 1,
    clients: 1,
    timeoutMs: 1_000,
    replicaEnabled: true,
    replicaStatus: true,
    waitPoint: null,
    waitsForAbsent: null,
    waiting: null,
  };
  expect(
    drawn(
      primary('a:1', { alias: 'shop', server: { semiSync: { ...semiSync, replicaStatus: false } } }),
      replica('b:1', 'a:1', { replication: { lagSeconds: 21 }, gtidErrant: 'x' }),
      replica('c:1', 'a:1', {
        replication: { position: 'coordinates', lagSeconds: 20 },
        server: { semiSync: { ...semiSync, primaryStatus: false } },
        usesPseudoGtid: true,
        downtime: { owner: 'ann', reason: 'disk', until: readAt + 1 },
      }),
      replica('d:1', 'a:1', {
        replication: { position: 'coordinates' },
        server: { logBin: false },
        downtime: { owner: 'ann', reason: 'over', until: readAt },
      }),
      replica('e:1', 'a:1', {
        replication: { position: 'coordinates' },
        server: { logReplicaUpdates: false, gtidMode: 'ON' },
      }),
    ),
  ).toEqual([
    'a:1 (shop) [0s,ok,10.11.19-MariaDB-log,rw,ROW,>>,semi:master]',
    '+ b:1      [21s,lag,10.11.19-MariaDB-log,ro,ROW,>>,GTID:errant]',
    '+ c:1      [20s,ok,10.11.19-MariaDB-log,ro,ROW,>>,P-GTID,semi:replica,downtimed]',
    '+ d:1      [0s,ok,10.11.19-MariaDB-log,ro,nobinlog]',
    '+ e:1      [0s,ok,10.11.19-MariaDB-log,ro,ROW,GTID]',
  ]);
});

it('trusts no reading that is older than five polls', () => {
  const checks = { ...primary('a:1').checks, checkedAt: readAt - 25_001, seenAt: readAt - 25_001 };
  expect(drawn(primary('a:1'), replica('b:1', 'a:1', { checks }))[1]).toMatch(/^- b:1 \[unknown,unchecked,/);
});

it('draws co-primaries side by side, each with its own replicas', () => {
  const lines = drawn(replica('a:1', 'b:1'), replica('b:1', 'a:1'), replica('c:1', 'b:1'));
  expect(lines.map((line) => line.split(' [')[0])).toEqual(['+ a:1  ', '+ b:1  ', '  + c:1']);
});

it('draws what is left of a cluster whose primary is not known', () => {
  const lines = drawn(replica('b:1', 'lost:1'), replica('c:1', 'b:1'));
  expect(lines.map((line) => line.split(' [')[0])).toEqual(['b:1  ', '+ c:1']);
});
