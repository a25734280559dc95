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
const quiet: Surroundings = {
  secretFiles: [],
  exists: () => true,
  isExecutable: () => true,
  isReadableByAll: () => false,
  environment: { PATH: '/usr/bin:/bin' },
};

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
  [
    { MySQLTopologyUseMixedTLS: false, MySQLTopologySSLSkipVerify: true },
    {},
    'warning MySQLTopologyUseMixedTLS',
  ],
  [{ MySQLHostnameResolveMethod: 'fqdn' }, {}, 'warning MySQLHostnameResolveMethod'],
  [{ HostnameResolveMethod: 'dns' }, {}, 'warning HostnameResolveMethod'],
  [{ DataCenterPattern: '[.]dc1[.]' }, {}, 'warning DataCenterPattern'],
  [{ HookSubstitution: 'literal' }, {}, 'warning HookSubstitution'],
  [{ FencingLevelRequired: 'none' }, {}, 'warning FencingLevelRequired'],
  [{ DetectionConfirmMilliseconds: 0 }, {}, 'warning DetectionConfirmMilliseconds'],
  [{ ProbeIntervalMilliseconds: 5001 }, {}, 'warning ProbeIntervalMilliseconds'],
  [{ BrakeMaxRecoveries: 0 }, {}, 'warning BrakeMaxRecoveries'],
  [
    { Coordination: { Kind: 'etcd', Endpoints: ['http://db9:2379'] }, CoordinationPassword: 'p' },
    {},
    'warning Coordination',
  ],
  [{}, { secretFiles: ['/a.json'], isReadableByAll: () => true }, 'warning MySQLTopologyPassword'],
])('has one thing to say of %j', async (file, surroundings, said) => {
  expect((await diagnosed(file, surroundings)).map((finding) => finding.said)).toEqual([said]);
});

it('has nothing to say of missing seeds when an inventory was kept', async () => {
  expect(await diagnosed({ DiscoverySeeds: [] })).toEqual([]);
});

describe('a program that a hook calls', () => {
  const stage = 'PostMasterFailoverProcesses';
  const saidOf = async (hooks: readonly unknown[], surroundings: Partial<Surroundings>, more: object = {}) =>
    (await diagnosed({ [stage]: hooks, ...more }, surroundings)).map(({ text }) => text);

  it('must exist, and is named once a stage', async () => {
    const missing = { exists: (path: string) => path !== '/opt/vip' };
    const hooks = [
      '/opt/vip {failedHost}',
      '/opt/vip;true',
      'vip',
      '"/opt/vip"',
      'true && /opt/vip',
      '/opt/*/vip',
    ];
    const said = `${stage} calls /opt/vip, which does not exist on this machine.`;
    expect(await saidOf(hooks, missing)).toEqual([said]);
    expect(await saidOf([{ Exec: ['/opt/vip', '/opt/none'] }], missing)).toEqual([said]);
  });

  it('must be one that may be executed', async () => {
    const text = { isExecutable: (path: string) => path !== '/opt/vip' };
    const said = `${stage} calls /opt/vip, which is not a file that may be executed; chmod +x it.`;
    expect(await saidOf(['/opt/vip {failedHost}'], text)).toEqual([said]);
    expect(await saidOf(['bash /opt/vip'], text)).toEqual([]);
  });

  it('without a shell, is looked for on the PATH', async () => {
    const onPath = { isExecutable: (path: string) => path === '/bin/vip' };
    expect(await saidOf([{ Exec: ['vip'] }], onPath)).toEqual([]);
    expect(await saidOf([{ Exec: ['vop'] }], onPath)).toEqual([
      `${stage} calls vop, which is nowhere on the PATH.`,
    ]);
  });

  it('is looked for where it runs the commands themselves, too', async () => {
    const nowhere = { isExecutable: () => false };
    const said = 'ProcessesShellCommand is dash, which is nowhere on the PATH.';
    expect(await saidOf(['true'], nowhere, { ProcessesShellCommand: 'dash' })).toEqual([said]);
    expect(await saidOf([], nowhere)).toEqual([]);
  });
});

it('a hook’s key that is not in the environment is a warning', async () => {
  const file = { PostFailoverProcesses: ['true', { Http: { Url: 'http://h', Secret: '${CHAT_KEY}' } }] };
  expect(await diagnosed(file)).toEqual([
    {
      said: 'warning PostFailoverProcesses',
      text: 'PostFailoverProcesses[2].Http needs the variable CHAT_KEY, which is not set in this environment.',
    },
  ]);
  expect(await diagnosed(file, { environment: { PATH: '/bin', CHAT_KEY: 'x' } })).toEqual([]);
});

describe('a pattern', () => {
  it('that does not compile is an error where Baton uses it and a warning elsewhere', async () => {
    const file = {
      PromotionIgnoreHostnameFilters: ['^ok', 'db('],
      ClusterNameToAlias: { '[': 'x' },
      RecoverMasterClusterFilters: ['*', 'alias=(', 'alias~=(', '+'],
      DiscoveryIgnoreReplicationUsernameFilters: ['('],
    };
    expect((await diagnosed(file)).map(({ said, text }) => [said, /"(.*)"/.exec(text)?.[1]])).toEqual([
      ['error RecoverMasterClusterFilters', '('],
      ['error RecoverMasterClusterFilters', '+'],
      ['error PromotionIgnoreHostnameFilters', 'db('],
      ['error ClusterNameToAlias', '['],
      ['warning DiscoveryIgnoreReplicationUsernameFilters', '('],
    ]);
  });

  it.each(['(?i)^db-(a|b)', '^(?P<dc>..)', '[.]([^.]+)[.]'])(
    'that has a group says where a host is: %s',
    async (DataCenterPattern) => {
      expect(await diagnosed({ DataCenterPattern })).toEqual([]);
    },
  );

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
