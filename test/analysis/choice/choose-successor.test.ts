import { describe, expect, it } from 'vitest';
import type { Candidate } from '../../../src/analysis/choice/candidates.ts';
import { chooseSuccessor } from '../../../src/analysis/choice/choose-successor.ts';
import { freely, type PromotionRules } from '../../../src/analysis/choice/promotion-rules.ts';
import type { InstanceKey } from '../../../src/kernel/instance-key.ts';
import type { Instance } from '../../../src/topology/snapshot.ts';
import { primary, replica } from '../../topology/instances.ts';

function candidate(instance: Instance): Candidate {
  if (instance.server === null) throw new Error(`${instance.key} was never read`);
  return { instance, server: instance.server };
}

const failed = primary('a:1', { dataCenter: 'east', region: 'north', environment: 'live' });

function chooseBy(
  election: Partial<PromotionRules> & { designated?: InstanceKey },
  ...instances: readonly Instance[]
) {
  const { designated = null, ...rules } = election;
  return chooseSuccessor(instances.map(candidate), { failed, rules: { ...freely, ...rules }, designated });
}

const choose = (...instances: readonly Instance[]) =>
  chooseSuccessor(instances.map(candidate), {
    failed: null,
    rules: { ...freely, ignoredHosts: [/^ignored/] },
  });
const received = (receivedGtid: string) => ({ replication: { receivedGtid } });

describe('the successor', () => {
  it('is who received most, though another has applied more (P4)', () => {
    const b = replica('b:1', 'a:1', { server: { executedGtid: '0-1-8' }, ...received('0-1-8') });
    const c = replica('c:1', 'a:1', { server: { executedGtid: '0-1-2' }, ...received('0-1-9') });
    expect(choose(b, c)).toMatchObject({
      successor: 'c:1',
      because: expect.stringContaining('received more'),
    });
  });

  it('is who has the better promotion rule among those that have the same', () => {
    const c = replica('c:1', 'a:1', { promotionRule: 'prefer' });
    expect(choose(replica('b:1', 'a:1'), c)).toMatchObject({ successor: 'c:1' });
  });

  it('is who does not lag on purpose, among those that are as good otherwise', () => {
    const b = replica('b:1', 'a:1', { replication: { sqlDelaySeconds: 600 } });
    expect(choose(b, replica('c:1', 'a:1'))).toMatchObject({
      successor: 'c:1',
      because: 'c:1 does not lag on purpose, unlike b:1',
    });
  });

  const uuid = { a: '3e11fa47-71ca-11e1-9e33-c80aa9429562', b: 'b0000000-0000-0000-0000-00000000000b' };
  const mysql = (key: 'b:1' | 'c:1', executedGtid: string, gtidErrant = '') =>
    replica(key, 'a:1', {
      server: { flavour: 'mysql', executedGtid },
      replication: { position: 'mysql-gtid' },
      gtidErrant,
    });

  it('is who has nothing of its own among those that have the same of their source', () => {
    const own = `${uuid.b}:1-5`;
    const b = mysql('b:1', `${uuid.a}:1-9,${own}`, own);
    expect(choose(b, mysql('c:1', `${uuid.a}:1-9`))).toMatchObject({
      successor: 'c:1',
      because: 'c:1 has no transactions of its own, unlike b:1',
    });
    // 0-2-8 was written on b itself, under a number that its source has given away too.
    const stray = replica('b:1', 'a:1', {
      gtidErrant: '0-2-8..8',
      server: { executedGtid: '0-2-8' },
      ...received('0-1-8'),
    });
    const clean = replica('c:1', 'a:1', { server: { executedGtid: '0-1-8' }, ...received('0-1-8') });
    expect(choose(stray, clean)).toMatchObject({ successor: 'c:1' });
  });

  it('is one with transactions of its own where nobody else has received as much, and the reason says so', () => {
    const own = `${uuid.b}:1`;
    const b = mysql('b:1', `${uuid.a}:1-10,${own}`, own);
    expect(choose(b, mysql('c:1', `${uuid.a}:1-9`))).toMatchObject({
      successor: 'b:1',
      because: `b:1 has received more than c:1, though it has transactions of its own: ${own}`,
    });
    expect(choose(b)).toMatchObject({ successor: 'b:1', because: expect.stringContaining(own) });
    const stray = replica('b:1', 'a:1', {
      gtidErrant: '0-2-8..8',
      server: { executedGtid: '0-2-8' },
      ...received('0-1-9'),
    });
    const clean = replica('c:1', 'a:1', { server: { executedGtid: '0-1-8' }, ...received('0-1-8') });
    expect(choose(stray, clean)).toMatchObject({ successor: 'b:1' });
  });

  it.each<[because: string, instance: Instance]>([
    ['cannot be read', mysql('b:1', `${uuid.a}:1-`)],
    ['cannot be read', replica('b:1', 'a:1', received('0-1'))],
    ['must_not', replica('b:1', 'a:1', { promotionRule: 'must_not' })],
    ['PromotionIgnoreHostnameFilters', replica('ignored:1', 'a:1')],
    ['no binary log', replica('b:1', 'a:1', { server: { logBin: false } })],
    ['does not log what it replicates', replica('b:1', 'a:1', { server: { logReplicaUpdates: false } })],
    [
      'does not say how far it has received',
      replica('b:1', 'a:1', { replication: { position: 'coordinates' } }),
    ],
    ['the default channel', replica('b:1', 'a:1', { replication: { channels: 2 } })],
    ['the default channel', replica('b:1', 'a:1', { replication: { channel: 'west' } })],
    ['Duplicate', replica('b:1', 'a:1', { replication: { lastSqlError: 'Duplicate entry' } })],
  ])('is nobody who may not be: %s (P7)', (because, instance) => {
    expect(choose(instance)).toMatchObject({ successor: null, because: expect.stringContaining(because) });
  });
});

/** Distinct servers of MariaDB, so that each can replicate from the others. */
function node(key: InstanceKey, received: number, twist: NonNullable<Parameters<typeof replica>[2]> = {}) {
  const { server, replication, ...known } = twist;
  const position = received === 0 ? '' : `0-1-${received}`;
  return replica(key, 'a:1', {
    ...known,
    server: { serverId: key.charCodeAt(0), executedGtid: position, ...server },
    replication: { receivedGtid: position, ...replication },
  });
}

describe('a better suited replica that has received less', () => {
  const most = node('b:1', 9);

  it('is promoted where it should be, once it has fetched what another has received', () => {
    expect(choose(most, node('c:1', 7, { promotionRule: 'prefer' }))).toMatchObject({
      successor: 'c:1',
      donor: 'b:1',
      because: 'c:1 has a better promotion rule than b:1, and fetches first what b:1 has received',
    });
  });

  it('is not, where nothing but its place or its name is better', () => {
    const near = node('c:1', 7, { dataCenter: 'east', environment: 'live' });
    expect(chooseBy({}, most, near)).toMatchObject({ successor: 'b:1', donor: null });
  });

  it('is, where of two that should be promoted it is the one beside the failed primary', () => {
    const near = node('c:1', 7, { promotionRule: 'prefer', dataCenter: 'east', environment: 'live' });
    const far = node('b:1', 9, { promotionRule: 'prefer', dataCenter: 'west', environment: 'live' });
    expect(chooseBy({}, far, near)).toMatchObject({ successor: 'c:1', donor: 'b:1' });
  });

  it('fetches from one that may not be promoted itself', () => {
    const analytics = node('b:1', 9, { promotionRule: 'must_not' });
    expect(choose(analytics, node('c:1', 7))).toMatchObject({ successor: 'c:1', donor: 'b:1' });
    expect(choose(node('ignored:1', 9), node('c:1', 7))).toMatchObject({
      successor: 'c:1',
      donor: 'ignored:1',
    });
  });

  it('is not, where the other is of a newer version, and so cannot give it', () => {
    const donor = node('b:1', 9, { server: { version: '11.4.2' } });
    expect(choose(donor, node('c:1', 7, { promotionRule: 'prefer' }))).toMatchObject({
      successor: 'b:1',
      donor: null,
      because: 'b:1 has received more than c:1',
    });
  });

  it.each<[why: string, other: Instance]>([
    ['logs nothing', node('b:1', 9, { server: { logReplicaUpdates: false } })],
    [
      'cannot apply',
      node('b:1', 9, { server: { executedGtid: '0-1-8' }, replication: { lastSqlError: 'Duplicate entry' } }),
    ],
  ])('is promoted all the same where the other %s, and the reason says what stays behind', (_, other) => {
    expect(choose(other, node('c:1', 7))).toMatchObject({
      successor: 'c:1',
      donor: null,
      because: 'c:1 is the only replica that may be promoted; b:1 alone keeps 0-1-8..9',
    });
  });
});

describe('a replica that most others could not follow', () => {
  it.each<[what: string, twist: NonNullable<Parameters<typeof replica>[2]>]>([
    ['a newer version', { server: { version: '11.4.2-MariaDB' } }],
    ['a larger binlog format', { server: { binlogFormat: 'ROW' } }],
  ])('is not promoted for its rule or its place: %s', (_, twist) => {
    const mixed = { server: { binlogFormat: 'MIXED' } };
    const odd = node('b:1', 9, { promotionRule: 'must', ...twist });
    expect(choose(odd, node('c:1', 9, mixed), node('d:1', 9, mixed))).toMatchObject({
      successor: 'c:1',
      comparisons: expect.arrayContaining([
        'c:1 has no newer version and no larger binlog format than most, unlike b:1',
      ]),
    });
  });

  it('is whoever is newer or larger, where as many are not', () => {
    const newer = node('b:1', 9, { server: { version: '11.4.2-MariaDB' } });
    expect(choose(newer, node('c:1', 9))).toMatchObject({ successor: 'c:1' });
  });
});

describe('the operator’s rules', () => {
  it.each<[key: string, rules: Partial<PromotionRules>, instance: Instance, because: string]>([
    [
      'PreventCrossDataCenterMasterFailover',
      { staysInDataCenter: true },
      node('b:1', 9, { dataCenter: 'west' }),
      'b:1 is in data centre west, not east, and PreventCrossDataCenterMasterFailover forbids that',
    ],
    [
      'PreventCrossRegionMasterFailover',
      { staysInRegion: true },
      node('b:1', 9, { region: 'south' }),
      'b:1 is in region south, not north, and PreventCrossRegionMasterFailover forbids that',
    ],
    [
      'FailMasterPromotionOnLagMinutes',
      { lagLimitSeconds: 600 },
      node('b:1', 9, { replication: { lagSeconds: 600 } }),
      'b:1 lags by 600 s, and FailMasterPromotionOnLagMinutes allows less than 600 s',
    ],
  ])('keep a replica from being promoted: %s', (_, rules, instance, because) => {
    expect(chooseBy(rules, instance)).toEqual({
      successor: null,
      because: `no replica may be promoted: ${because}`,
    });
    const other = node('c:1', 7, { dataCenter: 'east', region: 'north' });
    expect(chooseBy(rules, instance, other)).toMatchObject({ successor: 'c:1', donor: 'b:1' });
    expect(chooseBy({}, instance)).toMatchObject({ successor: 'b:1' });
  });

  it('let a replica lag by less than the limit', () => {
    const b = node('b:1', 9, { replication: { lagSeconds: 599 } });
    expect(chooseBy({ lagLimitSeconds: 600 }, b)).toMatchObject({ successor: 'b:1' });
  });
});

describe('a replica that lags on purpose', () => {
  const delayed = (twist: NonNullable<Parameters<typeof replica>[2]> = {}) =>
    node('b:1', 9, {
      ...twist,
      server: { executedGtid: '0-1-2', ...twist.server },
      replication: { sqlDelaySeconds: 3_600 },
    });

  it('is not waited for where another can lead, and the reason says what it keeps', () => {
    expect(chooseBy({}, delayed(), node('c:1', 8))).toMatchObject({
      successor: 'c:1',
      because: 'c:1 has nothing to apply that waits on purpose, unlike b:1; b:1 alone keeps 0-1-9..9',
    });
  });

  const refused =
    'b:1 lags by 1 h on purpose and has 7 transactions to apply, and no other that may be promoted has or can get what it has received; ApplyDeadlinePolicy "wait" would wait for it';

  it('is the only one that may have what the failed primary called safe under semi-sync, so nobody else is promoted', () => {
    const semiSync = { ...candidate(delayed()).server.semiSync, primaryEnabled: true, replicaEnabled: true };
    const [b, c] = [delayed({ server: { semiSync } }), node('c:1', 8, { server: { semiSync } })];
    const election = { failed: primary('a:1', { server: { semiSync } }), rules: freely };
    expect(chooseSuccessor([b, c].map(candidate), election)).toEqual({ successor: null, because: refused });
    expect(
      chooseSuccessor([b, c].map(candidate), { ...election, rules: { ...freely, latePolicy: 'wait' } }),
    ).toMatchObject({ successor: 'b:1' });
  });

  it('is nobody’s successor where all do, and the reason names the delay', () => {
    expect(choose(delayed())).toEqual({ successor: null, because: refused });
    expect(chooseBy({ latePolicy: 'wait' }, delayed())).toMatchObject({ successor: 'b:1' });
    expect(chooseBy({ latePolicy: 'promote-and-report' }, delayed())).toMatchObject({ successor: 'b:1' });
    expect(chooseBy({ patienceSeconds: 3_600 }, delayed())).toMatchObject({ successor: 'b:1' });
  });
});

describe('what has been received', () => {
  it('counts before the rule also among replicas that all lag on purpose', () => {
    const late = (key: InstanceKey, received: number, promotionRule: Instance['promotionRule']) =>
      node(key, received, {
        promotionRule,
        server: { executedGtid: '0-1-2', logReplicaUpdates: true },
        replication: { sqlDelaySeconds: 3_600 },
      });
    expect(
      chooseBy({ latePolicy: 'wait' }, late('b:1', 9, 'neutral'), late('c:1', 7, 'prefer')),
    ).toMatchObject({ successor: 'b:1' });
  });

  it('cannot be had from one that lags on purpose', () => {
    const late = node('b:1', 9, {
      promotionRule: 'must_not',
      server: { executedGtid: '0-1-2' },
      replication: { sqlDelaySeconds: 3_600 },
    });
    expect(choose(late, node('c:1', 7))).toMatchObject({ successor: 'c:1', donor: null });
  });

  it('cannot be had by a MariaDB replica with transactions of its own, which no other lets in', () => {
    const stray = node('c:1', 7, { promotionRule: 'prefer', gtidErrant: '0-3-8..8' });
    expect(choose(node('b:1', 9), stray)).toMatchObject({ successor: 'b:1', donor: null });
  });
});

describe('the replica that was asked for', () => {
  it('is promoted though another suits better, and fetches what it lacks', () => {
    expect(
      chooseBy({ designated: 'c:1' }, node('b:1', 9, { promotionRule: 'must' }), node('c:1', 7)),
    ).toEqual({
      successor: 'c:1',
      because: 'c:1 was asked for, and not b:1, and fetches first what b:1 has received',
      comparisons: ['c:1 was asked for, and not b:1'],
      donor: 'b:1',
    });
  });

  it.each<[because: string, instances: readonly Instance[]]>([
    ['c:1 was asked for, and is none of the replicas that could be reached', [node('b:1', 9)]],
    [
      'c:1 was asked for, and may not be promoted: c:1 has the promotion rule must_not',
      [node('b:1', 9), node('c:1', 9, { promotionRule: 'must_not' })],
    ],
    [
      'c:1 was asked for, and cannot get 0-1-8..9, which others have received; b:1 can',
      [node('b:1', 9), node('c:1', 7, { server: { serverId: 'b'.charCodeAt(0) } })],
    ],
  ])('is refused with its sentence: %s', (because, instances) => {
    expect(chooseBy({ designated: 'c:1' }, ...instances)).toEqual({ successor: null, because });
  });
});

describe('without GTID', () => {
  const at = (file: string, position: number) => ({ file, position });
  const byPlace = (key: InstanceKey, received: number, applied = received, twist = {}) =>
    node(key, 0, {
      ...twist,
      replication: {
        position: 'coordinates',
        readCoordinates: at('bin.000007', received),
        execCoordinates: at('bin.000007', applied),
      },
    });

  it('the successor is who has received more of the log of the failed primary, whatever each has applied (P4)', () => {
    expect(choose(byPlace('b:1', 800), byPlace('c:1', 900, 100))).toMatchObject({
      successor: 'c:1',
      donor: null,
      because: 'c:1 has received more than b:1',
    });
    const rotated = byPlace('c:1', 4, 4, {});
    const later = candidate(rotated).server.replication;
    if (later !== null)
      expect(
        choose(
          byPlace('b:1', 800),
          node('c:1', 0, { replication: { ...later, readCoordinates: at('bin.000010', 4) } }),
        ),
      ).toMatchObject({ successor: 'c:1' });
  });

  it('a better rule counts among those that have received as much, for nobody can fetch the rest', () => {
    const wished = { promotionRule: 'prefer' } as const;
    expect(choose(byPlace('b:1', 800), byPlace('c:1', 700, 700, wished))).toMatchObject({ successor: 'b:1' });
    expect(choose(byPlace('b:1', 800), byPlace('c:1', 800, 100, wished))).toMatchObject({ successor: 'c:1' });
    expect(choose(byPlace('c:1', 800, 100), byPlace('d:1', 800))).toMatchObject({
      successor: 'd:1',
      because: 'd:1 has applied more than c:1',
    });
  });

  it('one that was asked for is refused where another has received more', () => {
    expect(chooseBy({ designated: 'c:1' }, byPlace('b:1', 800), byPlace('c:1', 700))).toEqual({
      successor: null,
      because:
        'c:1 was asked for, and has received less than b:1; without GTID it cannot get the rest from there',
    });
  });

  it('one that lags on purpose says what it has to apply by places', () => {
    const late = node('b:1', 0, {
      replication: { ...candidate(byPlace('b:1', 900, 100)).server.replication, sqlDelaySeconds: 3_600 },
    });
    expect(choose(late)).toMatchObject({
      successor: null,
      because: expect.stringContaining('what stands from bin.000007:100 to bin.000007:900 to apply'),
    });
  });

  it('a replica is not held against others that go by GTID', () => {
    expect(choose(byPlace('b:1', 800), node('c:1', 7))).toMatchObject({
      successor: 'c:1',
      comparisons: ['b:1 does not replicate by GTID'],
    });
  });
});
