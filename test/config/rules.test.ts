import { describe, expect, it } from 'vitest';
import { configOf, saidOf } from './given.ts';

describe('the pause between recoveries of a cluster', () => {
  it.each([
    [{}, 3600],
    [{ RecoveryPeriodBlockSeconds: 30 }, 30],
    [{ RecoveryPeriodBlockSeconds: 30, RecoveryPeriodBlockMinutes: 5 }, 30],
    [{ RecoveryPeriodBlockMinutes: 5 }, 300],
    [{ RecoveryPeriodBlockMinutes: 0 }, 0],
    [{ RecoveryPeriodBlockMinutes: Number.MAX_SAFE_INTEGER }, Number.MAX_SAFE_INTEGER],
    [{ RecoveryPeriodBlockSeconds: 0 }, 3600],
    [{ RecoveryPeriodBlockSeconds: 0, RecoveryPeriodBlockMinutes: 5 }, 300],
    [{ RecoveryPeriodBlockSeconds: 0, RecoveryPeriodBlockMinutes: 0 }, 0],
  ])('of %j is %i seconds', async (file, seconds) => {
    expect((await configOf(file)).RecoveryPeriodBlockSeconds).toBe(seconds);
  });

  it('warns where minutes alone count, for orchestrator did not hear them', async () => {
    expect(await saidOf({ RecoveryPeriodBlockMinutes: 5 })).toEqual([
      expect.stringContaining('orchestrator kept to one hour'),
    ]);
    expect(await saidOf({ RecoveryPeriodBlockMinutes: 60 })).toEqual([]);
  });

  it('is silent where both say none', async () => {
    const none = { RecoveryPeriodBlockSeconds: 0, RecoveryPeriodBlockMinutes: 0 };
    expect(await saidOf(none)).toEqual([]);
  });

  it('warns where 0 seconds do not mean none', async () => {
    expect(await saidOf({ RecoveryPeriodBlockSeconds: 0 })).toEqual([
      expect.stringContaining('Set both to 0'),
    ]);
  });
});

describe('detaching lost replicas', () => {
  const newer = 'DetachLostReplicasAfterMasterFailover';
  const older = 'DetachLostSlavesAfterMasterFailover';

  it.each([
    [{}, true, 0],
    [{ [newer]: true }, true, 0],
    [{ [older]: true }, true, 0],
    [{ [older]: false }, false, 0],
    [{ [newer]: false, [older]: false }, false, 0],
    [{ [newer]: false }, false, 1],
    [{ [newer]: false, [older]: true }, false, 1],
    [{ [newer]: true, [older]: false }, false, 1],
  ])('with %j is %s; %i warnings say that orchestrator did otherwise', async (file, detach, warnings) => {
    expect((await configOf(file))[newer]).toBe(detach);
    const said = (await saidOf(file)).filter((text) => text.includes('orchestrator detached them'));
    expect(said).toHaveLength(warnings);
  });
});

describe('two names of one setting', () => {
  it('fill the newer name', async () => {
    const config = await configOf({
      SlaveLagQuery: 'select 1',
      PostponeSlaveRecoveryOnLagMinutes: 3,
      MasterFailoverDetachSlaveMasterHost: true,
    });
    expect(config.ReplicationLagQuery).toBe('select 1');
    expect(config.PostponeReplicaRecoveryOnLagMinutes).toBe(3);
    expect(config.MasterFailoverDetachReplicaMasterHost).toBe(true);
  });

  it.each([
    { SlaveLagQuery: 'select 1', ReplicationLagQuery: 'select 2' },
    { PostponeSlaveRecoveryOnLagMinutes: 3, PostponeReplicaRecoveryOnLagMinutes: 4 },
  ])('must not differ: %j', async (file) => {
    expect(await saidOf(file)).toContainEqual(expect.stringMatching(/^error: .* two names of one setting/));
  });
});

describe('settings that contradict each other', () => {
  it.each([
    [
      {
        FailMasterPromotionIfSQLThreadNotUpToDate: true,
        DelayMasterPromotionIfSQLThreadNotUpToDate: true,
      },
      'refused and delayed',
    ],
    [{ FailMasterPromotionOnLagMinutes: 2 }, 'it cannot know the lag'],
    [{ RaftEnabled: true }, 'RaftEnabled needs RaftDataDir too'],
    [{ RaftEnabled: true, RaftBind: '', RaftDataDir: '' }, 'RaftDataDir and RaftBind'],
    [{ HTTPAdvertise: 'host:3000' }, 'scheme, host and port'],
    [{ HTTPAdvertise: 'http://host:3000/path' }, 'no path'],
  ])('are errors: %j', async (file, words) => {
    const errors = (await saidOf(file)).filter((text) => text.startsWith('error: '));
    expect(errors).toEqual([expect.stringContaining(words)]);
  });

  it('do not contradict where the lag query has its older name', async () => {
    const file = { FailMasterPromotionOnLagMinutes: 2, SlaveLagQuery: 'select 1' };
    expect((await configOf(file)).ReplicationLagQuery).toBe('select 1');
  });
});

it.each([
  [{ URLPrefix: 'a/b/' }, { URLPrefix: '/a/b' }],
  [{ KVClusterMasterPrefix: 'mysql//' }, { KVClusterMasterPrefix: 'mysql/' }],
  [{ RaftBind: '192.0.2.1' }, { RaftAdvertise: '192.0.2.1' }],
  [{ HTTPAdvertise: 'https://[2001:db8::1]:3000' }, { HTTPAdvertise: 'https://[2001:db8::1]:3000' }],
  [{ ConsulMaxKVsPerTransaction: 1 }, { ConsulMaxKVsPerTransaction: 5 }],
  [{ ConsulMaxKVsPerTransaction: 100 }, { ConsulMaxKVsPerTransaction: 64 }],
  [{ ReasonableReplicationLagSeconds: 12 }, { ReasonableLockedSemiSyncMasterSeconds: 12 }],
  [{ AutoPseudoGTID: true, PseudoGTIDPattern: 'x' }, { PseudoGTIDMonotonicHint: 'asc:' }],
])('reads %j as orchestrator does: %j', async (file, effect) => {
  expect(await configOf(file)).toMatchObject(effect);
});

it('is silent about a key that is not acted on and keeps its default', async () => {
  expect(await saidOf({ PreventCrossRegionMasterFailover: false, ReplicationLagQuery: '' })).toEqual([]);
});
