import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/config/doctor.ts';
import type { Surroundings } from '../../src/config/doctor-rows.ts';
import { compilePattern } from '../../src/config/pattern.ts';
import { configOf } from './given.ts';

const healthy = {
  DiscoverySeeds: ['db1:3306'],
  MySQLTopologyUser: 'baton',
  RecoverMasterClusterFilters: ['*'],
};
const quiet: Surroundings = { secretFiles: [], exists: () => true, isReadableByAll: () => false };

async function diagnosed(file: object, surroundings: Partial<Surroundings> = {}) {
  const findings = diagnose(await configOf({ ...healthy, ...file }), { ...quiet, ...surroundings });
  return findings.map(({ severity, key, text }) => ({ said: `${severity} ${key}`, text }));
}

it('has nothing to say of a healthy configuration', async () => {
  expect(await diagnosed({})).toEqual([]);
});

it.each([
  [{ DiscoverySeeds: [] }, { exists: () => false }, 'warning DiscoverySeeds'],
  [{ DiscoverySeeds: ['db1:port'] }, {}, 'error DiscoverySeeds'],
  [{ RecoverMasterClusterFilters: [] }, {}, 'warning RecoverMasterClusterFilters'],
  [{ MySQLTopologyUser: '' }, {}, 'warning MySQLTopologyUser'],
  [{ MySQLTopologyUseMutualTLS: true }, {}, 'error MySQLTopologyUseMutualTLS'],
  [{ HookSubstitution: 'literal' }, {}, 'warning HookSubstitution'],
  [{ FencingLevelRequired: 'none' }, {}, 'warning FencingLevelRequired'],
  [{ DetectionConfirmMilliseconds: 0 }, {}, 'warning DetectionConfirmMilliseconds'],
  [{ ProbeIntervalMilliseconds: 5001 }, {}, 'warning ProbeIntervalMilliseconds'],
  [{ BrakeMaxRecoveries: 0 }, {}, 'warning BrakeMaxRecoveries'],
  [{ Coordination: { Kind: 'etcd', Endpoints: ['http://db9:2379'] } }, {}, 'error Coordination'],
  [{}, { secretFiles: ['/a.json'], isReadableByAll: () => true }, 'warning MySQLTopologyPassword'],
])('has one thing to say of %j', async (file, surroundings, said) => {
  expect((await diagnosed(file, surroundings)).map((finding) => finding.said)).toEqual([said]);
});

it('has nothing to say of missing seeds when an inventory was kept', async () => {
  expect(await diagnosed({ DiscoverySeeds: [] })).toEqual([]);
});

describe('hooks', () => {
  it('that call a program which does not exist are named once a stage', async () => {
    const missing = { exists: (path: string) => path !== '/opt/vip' };
    const file = {
      PostMasterFailoverProcesses: [
        '/opt/vip {failedHost}',
        '/opt/vip;true',
        'vip',
        '"/opt/vip"',
        '/bin/true && /opt/vip',
        '/opt/*/vip',
      ],
    };
    expect(await diagnosed(file, missing)).toEqual([
      {
        said: 'warning PostMasterFailoverProcesses',
        text: 'PostMasterFailoverProcesses calls /opt/vip, which does not exist on this machine.',
      },
    ]);
  });
});

describe('a pattern', () => {
  it('that does not compile is an error where Baton uses it and a warning elsewhere', async () => {
    const file = {
      PromotionIgnoreHostnameFilters: ['^ok', 'db('],
      ClusterNameToAlias: { '[': 'x' },
      RecoverMasterClusterFilters: ['*', 'alias=(', 'alias~=(', '+'],
      DataCenterPattern: '(',
    };
    expect((await diagnosed(file)).map(({ said, text }) => [said, /"(.*)"/.exec(text)?.[1]])).toEqual([
      ['error RecoverMasterClusterFilters', '('],
      ['error RecoverMasterClusterFilters', '+'],
      ['error PromotionIgnoreHostnameFilters', 'db('],
      ['error ClusterNameToAlias', '['],
      ['warning DataCenterPattern', '('],
    ]);
  });

  it.each([
    ['db', 'my-db1', true],
    ['^db', 'my-db1', false],
    ['(?i)^DB', 'db1', true],
    ['(?P<dc>ams|fra)[.]', 'db.fra.', true],
    ['\\Adb\\z', 'db', true],
    ['^[[:alpha:]]+[[:digit:]]$', 'db1', true],
    ['^[[:alpha:]]+[[:digit:]]$', 'db', false],
    ['', 'db', true],
  ])('may be written as Go has it: %s on %s is %s', (pattern, text, matches) => {
    expect(compilePattern(pattern)?.test(text)).toBe(matches);
  });

  it('of no language is none', () => {
    expect(compilePattern('a(')).toBeNull();
  });
});
