import { describe, expect, it } from 'vitest';
import { evidenceOf } from '../../src/analysis/evidence.ts';
import { type Facts, factsAbout } from '../../src/analysis/facts.ts';
import type { AnalysisSettings } from '../../src/analysis/settings.ts';
import type { Server } from '../../src/topology/observation.ts';
import type { Instance } from '../../src/topology/snapshot.ts';
import { failingToConnect, primary, readAt, replica, unread } from '../topology/instances.ts';
import { defaultSettings } from './settings.ts';

const now = readAt + 3_000;

function facts(
  instance: Instance,
  replicas: Instance[] = [],
  settings: Partial<AnalysisSettings> = {},
): Facts {
  const { server } = instance;
  if (server === null) throw new Error('these tests are about instances that were read');
  return factsAbout({ instance, server, replicas }, { now, settings: { ...defaultSettings, ...settings } });
}

describe('facts about an instance', () => {
  it('know a primary by its having no source, and in a group by its role', () => {
    const member = (role: string, state = 'ONLINE') =>
      facts(primary('a:1', { group: { name: 'g', state, role } }));
    expect(facts(primary('a:1')).isPrimary).toBe(true);
    expect(facts(replica('b:1', 'a:1')).isPrimary).toBe(false);
    expect(member('PRIMARY')).toMatchObject({ isPrimary: true, isGroupMember: true });
    expect(member('SECONDARY')).toMatchObject({ isPrimary: false, isGroupMember: true });
    expect(member('PRIMARY', 'OFFLINE').isGroupMember).toBe(false);
  });

  it('know a co-primary by itself or by a replica that is one', () => {
    const round = replica('b:1', 'a:1', { isCoPrimary: true });
    expect(facts(round).isCoPrimary).toBe(true);
    expect(facts(replica('a:1', 'b:1'), [round]).isCoPrimary).toBe(true);
    expect(facts(replica('a:1', 'b:1'), [replica('c:1', 'a:1')]).isCoPrimary).toBe(false);
  });

  it.each([
    ["error connecting to master 'repl@a:1' - retry-time: 1", true],
    ["error reconnecting to master 'repl@a:1'", true],
    ["Error connecting to source 'repl@a:1'. This was attempt 2/86400", true],
    ['Got fatal error 1236 from master when reading data from binary log', false],
    ['', false],
  ])('take %j for a failure to connect: %s', (lastIoError, fails) => {
    const lost = replica('b:1', 'a:1', { replication: { ...failingToConnect, lastIoError } });
    expect(facts(lost).failsToConnect).toBe(fails);
    expect(facts(primary('a:1'), [lost]).replicasFailingToConnect).toBe(Number(fails));
  });

  it('believe an old connection error only while receiving is down and applying is up', () => {
    const lost = (threads: object) =>
      facts(replica('b:1', 'a:1', { replication: { ...failingToConnect, ...threads } }));
    expect(lost({ ioThread: 'running' }).failsToConnect).toBe(false);
    expect(lost({ ioThread: 'stopped' }).failsToConnect).toBe(true);
    expect(lost({ sqlThread: 'stopped' }).failsToConnect).toBe(false);
  });

  it('count replicas by how they fare, and believe only those that were read last', () => {
    const cluster = [
      replica('b:1', 'a:1'),
      replica('c:1', 'a:1', unread),
      replica('d:1', 'a:1', { replication: { ioThread: 'connecting' } }),
      replica('e:1', 'a:1', { ...unread, replication: failingToConnect }),
      replica('f:1', 'a:1', { replication: { lagSeconds: 11, sqlDelaySeconds: 5 } }),
      replica('g:1', 'a:1', { replication: { lagSeconds: 10 } }),
      replica('h:1', 'a:1', { replication: { lagSeconds: null } }),
      replica('i:1', 'a:1', { downtime: { owner: 'ann', reason: 'disk', until: now + 1 } }),
      replica('j:1', 'a:1', { ...unread, downtime: { owner: 'ann', reason: 'disk', until: now } }),
    ];
    expect(facts(primary('a:1'), cluster)).toMatchObject({
      replicas: 9,
      validReplicas: 6,
      replicatingReplicas: 5,
      connectedReplicas: 5,
      tryingReplicas: 1,
      replicasFailingToConnect: 0,
      laggingReplicas: 1,
      delayedReplicas: 1,
      downtimedReplicas: 1,
    });
  });

  it('count a replica as connected that receives and does not apply', () => {
    const idle = replica('b:1', 'a:1', { replication: { sqlThread: 'stopped' } });
    expect(facts(primary('a:1'), [idle])).toMatchObject({ replicatingReplicas: 0, connectedReplicas: 1 });
  });

  it('tell since when nothing was heard from since when nothing was read', () => {
    const heardAt = readAt + 2_000;
    const mute = primary('a:1', { checks: { ...unread.checks, heardAt } });
    expect(facts(mute)).toMatchObject({ silentMs: 1_000, unreadMs: 3_000 });
  });

  it.each([true, false])('carry what the operator wants of them: %s', (wanted) => {
    const settings = { recoverNonWriteableMaster: wanted, enforceExactSemiSyncReplicas: wanted };
    const mysql = primary('a:1', { server: { flavour: 'mysql' } });
    expect(facts(mysql, [], settings)).toMatchObject({
      recoversNonWriteable: wanted,
      semiSync: { mustBeExact: wanted },
    });
  });

  it('want no exact number of semi-sync replicas of MariaDB, which cannot be told one', () => {
    expect(facts(primary('a:1'), [], { enforceExactSemiSyncReplicas: true }).semiSync.mustBeExact).toBe(
      false,
    );
  });

  it('believe a lock only when the binlog has stood still for long enough at the same place', () => {
    const still = (position: number, since: number) =>
      facts(
        primary('a:1', { staleCoordinates: { coordinates: { file: 'bin.000001', position }, since } }),
        [],
        { reasonableLockedSemiSyncMasterSeconds: 2 },
      ).semiSync.standsStill;
    expect(still(4, now - 2_001)).toBe(true);
    expect(still(4, now - 2_000)).toBe(false);
    expect(still(5, now - 9_000)).toBe(false);
    expect(facts(primary('a:1')).semiSync.standsStill).toBe(false);
  });
});

describe('the evidence', () => {
  it.each<[string, Instance, Instance[], string]>([
    ['a dead primary', primary('a:1', unread), [], 'last answered 3 s ago; no replicas'],
    [
      'a primary that answers and lets nobody in',
      primary('a:1', { checks: { ...unread.checks, echo: 'answered' } }),
      [],
      'answers, but was last read 3 s ago; no replicas',
    ],
    [
      'a primary that answers in part',
      primary('a:1', { checks: { ...unread.checks, partial: true } }),
      [replica('b:1', 'a:1', unread)],
      'answers in part only, and was last read 3 s ago; 0 of 1 replicas reachable, 0 replicating',
    ],
    [
      'a replica without its source',
      replica('b:1', 'a:1', { replication: failingToConnect }),
      [],
      'answers, and cannot connect to its source; no replicas',
    ],
    [
      'lagging replicas',
      primary('a:1'),
      [
        replica('b:1', 'a:1', { replication: { lagSeconds: 600, sqlDelaySeconds: 600 } }),
        replica('c:1', 'a:1', { downtime: { owner: 'ann', reason: 'disk', until: now + 1 } }),
      ],
      'answers; 2 of 2 replicas reachable, 2 replicating, 1 lagging, 1 delayed on purpose, 1 in downtime',
    ],
  ])('of %s is a sentence of numbers', (_, instance, replicas, sentence) => {
    expect(evidenceOf(facts(instance, replicas))).toBe(sentence);
  });

  it('counts semi-sync replicas where commits wait for them', () => {
    const semiSync = {
      ...(primary('a:1').server as Server).semiSync,
      primaryEnabled: true,
      primaryStatus: true,
      waitForReplicas: 2,
      clients: 1,
    };
    const waiting = (change: object) =>
      evidenceOf(
        facts(
          primary('a:1', {
            server: {
              semiSync: { ...semiSync, ...change },
            },
          }),
        ),
      );
    expect(waiting({})).toBe('answers; no replicas; commits wait for 2 semi-sync replicas, 1 connected');
    expect(waiting({ primaryStatus: false })).toMatch(
      /; commits should wait for 2 semi-sync replicas, 1 con/,
    );
    expect(waiting({ waitForReplicas: 0 })).toBe('answers; no replicas');
  });
});
