import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Evidence,
  weigh,
  withRestored,
  withUnapplied,
} from '../../../src/analysis/cost/data-verdict.ts';
import type { Reached } from '../../../src/analysis/cost/holding.ts';
import { lastMomentsOf } from '../../../src/analysis/cost/last-moments.ts';
import type { Server } from '../../../src/topology/observation.ts';
import { containsGtid } from '../../../src/topology/gtid/arithmetic.ts';
import { parseGtid } from '../../../src/topology/gtid/parse.ts';
import { primary, readAt, replica } from '../../topology/instances.ts';
import { AcknowledgingFleet, lives } from '../acknowledging-fleet.ts';

const now = readAt + 2_000;
const inForce: Server['semiSync'] = {
  primaryEnabled: true,
  primaryStatus: true,
  waitForReplicas: 1,
  clients: 2,
  timeoutMs: 10_000,
  replicaEnabled: false,
  replicaStatus: false,
  waitPoint: 'after-sync',
  waitsForAbsent: true,
  waiting: 0,
};

const forNobody = { readOnly: true, superReadOnly: true };

/** A primary at `0-1-100` whose replicas b and c acknowledge; b is chosen and has as much as `has` says. */
function judged({
  semiSync = {},
  has = '0-1-100',
  others = '0-1-100',
  isStill = false,
  goneAt = now,
  absent = false,
  uptimeSeconds = 1_000,
  server = {},
}: {
  semiSync?: Partial<Server['semiSync']>;
  has?: string;
  others?: string;
  isStill?: boolean;
  goneAt?: number | null;
  absent?: boolean;
  uptimeSeconds?: number;
  server?: Partial<Server>;
} = {}) {
  const a = primary('a:1', {
    server: { executedGtid: '0-1-100', semiSync: { ...inForce, ...semiSync }, ...server },
  });
  const replicas = (['b:1', 'c:1'] as const).map((key) =>
    replica(key, 'a:1', { acknowledgedAt: readAt - 1_000 }),
  );
  const read = (key: Reached['key'], receivedGtid: string): Reached => ({
    key,
    at: now,
    errant: '',
    server: replica('b:1', 'a:1', { server: { uptimeSeconds }, replication: { receivedGtid } })
      .server as Server,
  });
  const evidence: Evidence = {
    moments: lastMomentsOf(a, replicas, { withinMs: 10_000, goneAt, isStill }),
    reached: [read('b:1', has), ...(absent ? [] : [read('c:1', others)])],
    unreached: absent ? [{ key: 'c:1', isLongGone: false }] : [],
    successor: 'b:1',
    donor: null,
    tail: null,
    now,
  };
  return weigh(evidence);
}

describe('the verdict on the data', () => {
  it('is that nothing is lost where semi-sync could not be left and everybody who acknowledged was read', () => {
    expect(judged()).toEqual({
      hold: null,
      ifStill: null,
      verdict: {
        says: 'nothing-lost',
        because:
          'nothing is lost: semi-sync was in force when a:1 was last read, and could not have been left since, and b:1 has every transaction that it can have acknowledged',
        missing: '',
        count: 0,
      },
    });
  });

  it('names what is lost at most where the primary or another replica had more', () => {
    expect(judged({ has: '0-1-98', others: '0-1-98' }).verdict).toMatchObject({
      says: 'at-most',
      missing: '0-1-99..100',
      count: 2,
    });
    expect(judged({ others: '0-1-103' }).verdict).toMatchObject({ missing: '0-1-101..103', count: 3 });
  });

  it('is exact where the primary was read when nobody could write there any more, whatever its semi-sync', () => {
    const final = { isStill: true, semiSync: { primaryStatus: false }, server: forNobody };
    expect(judged(final).verdict.says).toBe('nothing-lost');
    expect(judged({ ...final, has: '0-1-90', others: '' }).verdict).toMatchObject({
      says: 'at-most',
      count: 10,
    });
  });

  it('rests on another reading where the primary was read-only, but not for everybody', () => {
    const open = { isStill: true, semiSync: { primaryStatus: false }, server: { readOnly: true } };
    const { verdict, ifStill } = judged(open);
    expect(verdict.says).toBe('unknown');
    expect(verdict.because).toContain('does not bind accounts with the right to write all the same');
    expect(ifStill).toMatchObject({ says: 'nothing-lost' });
    expect(ifStill?.because).toContain('had not moved when it was read again with b:1 in its place');
    expect(judged({ ...open, has: '0-1-90', others: '' }).ifStill).toMatchObject({
      says: 'at-most',
      count: 10,
    });
  });

  it.each([
    [
      'semi-sync was not in force',
      { semiSync: { primaryStatus: false } },
      /has committed since nobody can know/,
    ],
    ['commits may have been seen before', { semiSync: { waitPoint: 'after-commit' as const } }, /AFTER_SYNC/],
    ['it does not say when commits wait', { semiSync: { waitPoint: null } }, /AFTER_SYNC/],
    ['nothing waits for replicas that are away', { semiSync: { waitsForAbsent: false } }, /wait_no_replica/],
    ['the timeout may have run out', { semiSync: { timeoutMs: 1_500 } }, /1.5 s, may have run out/],
    ['a commit was waiting already', { semiSync: { waiting: 1 } }, /may have run out/],
    ['it may still live and give up waiting', { goneAt: null }, /may have run out/],
    ['one that acknowledged cannot be read', { absent: true }, /1 of the replicas .* cannot be read/],
    ['one that acknowledged was restarted since', { uptimeSeconds: 1 }, /2 of the replicas/],
  ])('is that nobody knows where %s', (_, given, because) => {
    const { says, because: said, missing } = judged(given).verdict;
    expect([says, missing]).toEqual(['unknown', '']);
    expect(said).toMatch(because);
  });

  it('says what is missing that is known of where nobody knows the rest', () => {
    expect(
      judged({ semiSync: { primaryStatus: false }, has: '0-1-99', others: '' }).verdict.because,
    ).toContain('1 transaction that b:1 lacks is known of: 0-1-100..100');
  });

  it('counts what the successor did not apply among what is lost', () => {
    const { verdict } = judged();
    expect(withUnapplied(verdict, 'b:1', '0-1-99..100')).toMatchObject({
      says: 'at-most',
      missing: '0-1-99..100',
    });
    expect(withUnapplied(verdict, 'b:1', '')).toBe(verdict);
  });

  it('has what the successor was given of the failed primary’s log, and names the rest', () => {
    const verdict = {
      says: 'at-most',
      because: 'as weighed',
      missing: '0-1-99..100',
      count: 2,
    } as const;
    expect(withRestored(verdict, 'b:1', '0-1-99..100')).toMatchObject({ says: 'nothing-lost', count: 0 });
    expect(withRestored(verdict, 'b:1', '0-1-99..99')).toMatchObject({
      says: 'at-most',
      missing: '0-1-100..100',
      count: 1,
    });
    expect(withRestored(verdict, 'b:1', '')).toBe(verdict);
  });

  it('is never that nothing is lost of what an application was told was committed, and at most has all of that', () => {
    const told = new Map<string, number>();
    fc.assert(
      fc.property(lives, ({ rules, semiSync, deeds, chosen, isGone }) => {
        const fleet = new AcknowledgingFleet(rules, semiSync);
        for (const deed of deeds) deed(fleet);
        const end = fleet.end({ chosen, isGone });
        if (end === null) return;
        const { verdict, hold } = end.weighed;
        told.set(verdict.says, (told.get(verdict.says) ?? 0) + 1);
        if (verdict.says === 'nothing-lost') expect([end.lost, hold]).toEqual([[], null]);
        if (verdict.says === 'at-most')
          expect(end.lost.filter((gtid) => !containsGtid(parseGtid(verdict.missing), lastOf(gtid)))).toEqual(
            [],
          );
      }),
      { numRuns: 4_000 },
    );
    // All three are said often enough to mean something.
    expect(
      Math.min(...['nothing-lost', 'at-most', 'unknown'].map((says) => told.get(says) ?? 0)),
    ).toBeGreaterThan(20);
  });
});

describe('a recovery', () => {
  it('is held where one that acknowledged cannot be read, for the only copy may be there', () => {
    expect(judged({ absent: true }).hold).toContain('1 replica (c:1) acknowledged what a:1 committed');
  });

  it('is not held where enough of those that acknowledged were read, or none was waited for', () => {
    expect(judged().hold).toBeNull();
    expect(judged({ absent: true, semiSync: { waitForReplicas: 2 } }).hold).toBeNull();
    expect(judged({ absent: true, semiSync: { clients: 1 } }).hold).toBeNull();
    expect(judged({ absent: true, semiSync: { primaryStatus: false } }).hold).toBeNull();
    expect(judged({ absent: true, isStill: true, server: forNobody }).hold).toBeNull();
    expect(judged({ absent: true, isStill: true, server: { readOnly: true } }).hold).toBeNull();
  });
});

/** The last transaction of a set `uuid:1-n`, alone. */
function lastOf(text: string) {
  return parseGtid(text.replace(/:\d+-/, ':'));
}
