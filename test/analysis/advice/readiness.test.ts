import { describe, expect, it } from 'vitest';
import { freely } from '../../../src/analysis/choice/promotion-rules.ts';
import { analyse } from '../../../src/analysis/analyse.ts';
import { type ReadinessSubject, readinessOf } from '../../../src/analysis/advice/readiness.ts';
import { readinessChecks } from '../../../src/analysis/advice/readiness-checks.ts';
import type { Instance } from '../../../src/topology/snapshot.ts';
import { primary, readAt, replica, unread } from '../../topology/instances.ts';
import { defaultSettings } from '../settings.ts';

const semiSync = {
  primaryEnabled: true,
  primaryStatus: false,
  waitForReplicas: 1,
  clients: 0,
  timeoutMs: 0,
  replicaEnabled: false,
  replicaStatus: false,
  waitPoint: null,
  waitsForAbsent: null,
  waiting: null,
};
const a = primary('a:1');
const [b, c] = [replica('b:1', 'a:1'), replica('c:1', 'a:1')];

function ready(members: readonly Instance[], given: Partial<ReadinessSubject> = {}) {
  return readinessOf({
    name: 'a:1',
    members,
    now: readAt,
    analyse: (instances, takenAt) => analyse({ takenAt, instances }, defaultSettings),
    promotion: freely,
    automatic: true,
    disabledBecause: null,
    fencingRequired: 'attempted',
    fencingReachable: 'attempted',
    ...given,
  });
}
const lagging = (lagSeconds: number) => [
  a,
  replica('b:1', 'a:1', { replication: { lagSeconds } }),
  replica('c:1', 'a:1', { replication: { lagSeconds } }),
];
const patient = (
  netTimeoutSeconds: number,
  flavour: 'mariadb' | 'mysql' = 'mariadb',
  version = '10.11.2',
) => [a, replica('b:1', 'a:1', { server: { netTimeoutSeconds, flavour, version } }), c];

/** What each check finds, and a word of its sentence. */
const found: Record<string, [members: readonly Instance[], given: Partial<ReadinessSubject>, says: RegExp]> =
  {
    'no-candidate': [[a], {}, /no replica could be reached/],
    fencing: [[a, b, c], { fencingRequired: 'proven' }, /FencingLevelRequired is "proven"/],
    'recoveries-off': [[a, b, c], { automatic: false }, /RecoverMasterClusterFilters/],
    unread: [[a, b, replica('c:1', 'a:1', unread)], {}, /c:1 cannot be read: it refuses connections/],
    lag: [lagging(7), {}, /b:1, which would be promoted, is 7 s behind/],
    delayed: [
      [a, replica('b:1', 'a:1', { replication: { sqlDelaySeconds: 3_600 } })],
      {},
      /b:1, which would be promoted, is delayed by 3600 s/,
    ],
    'sql-stopped': [
      [
        a,
        b,
        replica('c:1', 'a:1', { replication: { sqlThread: 'stopped', lastSqlError: 'Duplicate entry' } }),
      ],
      {},
      /SQL thread of c:1 does not run: Duplicate entry/,
    ],
    'io-stopped': [
      [a, b, replica('c:1', 'a:1', { replication: { ioThread: 'stopped' } })],
      {},
      /IO thread of c:1/,
    ],
    gtid: [
      [a, b, replica('c:1', 'a:1', { replication: { position: 'coordinates' } })],
      {},
      /c:1 may be left behind/,
    ],
    'gtid-unreadable': [
      [a, b, replica('c:1', 'a:1', { server: { executedGtid: '0-1' } })],
      {},
      /"0-1" is no GTID/,
    ],
    errant: [[a, b, replica('c:1', 'a:1', { gtidErrant: '0-3-7' })], {}, /c:1 has transactions .* 0-3-7/],
    'one-replica': [[a, b], {}, /b:1 is the only replica/],
    'semi-sync': [[primary('a:1', { server: { semiSync } }), b, c], {}, /do not: 0 semi-sync replicas/],
    'newer-successor': [
      [
        a,
        replica('b:1', 'a:1', { server: { version: '11.4.2', executedGtid: '0-1-9' } }),
        replica('c:1', 'a:1', { server: { version: '10.11.2', executedGtid: '0-1-8' } }),
      ],
      {},
      /newer than that of c:1/,
    ],
    'filtered-successor': [
      [a, replica('b:1', 'a:1', { replication: { hasFilters: true } })],
      {},
      /has replication filters/,
    ],
    'writable-replica': [
      [a, b, replica('c:1', 'a:1', { server: { readOnly: false } })],
      {},
      /c:1 takes writes/,
    ],
    'no-log': [[a, b, replica('c:1', 'a:1', { server: { logBin: false } })], {}, /c:1 can never be promoted/],
    'net-timeout': [patient(60), {}, /b:1 would take up to 60 s/],
    'connect-retry': [
      [a, b, replica('c:1', 'a:1', { replication: { connectRetrySeconds: 60 } })],
      {},
      /c:1 tries to reach a lost source only every 60 s/,
    ],
    structure: [[primary('a:1', { server: { readOnly: true } }), b, c], {}, /the primary is read-only/],
  };

describe('readiness', () => {
  it('is 100, with nothing to say, where a failover would go well', () => {
    expect(ready([a, b, c])).toEqual({ score: 100, reasons: [] });
  });

  it.each(readinessChecks.map(({ code, weight }) => [code, weight] as const))(
    'is less for %s, and says what and what to do',
    (code, weight) => {
      const [members, given, says] = found[code] ?? [[], {}, /nothing/];
      const { score, reasons } = ready(members, given);
      const reason = reasons.find((one) => one.code === code);
      expect(score).toBeLessThan(100);
      expect(reason?.because).toMatch(says);
      expect(reason?.remedy).toMatch(/\w/);
      expect(reason?.costs).toBeGreaterThan(0);
      expect(reason?.costs).toBeLessThanOrEqual(weight * 100);
    },
  );

  it('is continuous: a little lag costs little, and more lag costs more', () => {
    const scores = [0, 1, 5, 30, 300, 3_600].map((seconds) => ready(lagging(seconds)).score);
    expect(scores).toEqual([100, 98, 91, 70, 45, 40]);
    expect([10, 11, 30, 60, 600].map((seconds) => ready(patient(seconds)).score)).toEqual([
      100, 99, 96, 90, 90,
    ]);
  });

  it('is 0 where a failover is impossible, whatever else is well', () => {
    expect(ready([a, b, c], { fencingRequired: 'proven' }).score).toBe(0);
    expect(ready([b, c]).score).toBe(0);
  });

  it('takes no notice of replicas in downtime', () => {
    const downtime = { owner: 'ann', reason: 'repair', until: readAt + 1 };
    expect(ready([a, b, c, replica('d:1', 'a:1', { ...unread, downtime })]).score).toBe(100);
  });

  it('names the statements of the server that it is about, with a heartbeat faster than the timeout', () => {
    const remedy = (...server: Parameters<typeof patient>) => ready(patient(...server)).reasons[0]?.remedy;
    expect(remedy(60)).toContain(
      'STOP SLAVE; SET GLOBAL slave_net_timeout = 8; CHANGE MASTER TO MASTER_HEARTBEAT_PERIOD = 2; START SLAVE',
    );
    expect(remedy(60, 'mysql', '5.7.44')).toContain(
      'STOP SLAVE IO_THREAD; SET GLOBAL slave_net_timeout = 8;',
    );
    expect(remedy(60, 'mysql', '8.4.6')).toContain(
      'STOP REPLICA IO_THREAD; SET GLOBAL replica_net_timeout = 8; CHANGE REPLICATION SOURCE TO SOURCE_HEARTBEAT_PERIOD = 2; START REPLICA IO_THREAD',
    );
  });
});
