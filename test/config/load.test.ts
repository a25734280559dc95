import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { keyNames } from '../../src/config/keys.ts';
import { configPaths, loadConfig, readTextFile } from '../../src/config/load.ts';
import { configOf, examined, path, reader, saidOf } from './given.ts';

const usual = configPaths();
const noSecrets = { environment: {} };

describe('the files of a configuration', () => {
  it('are overridden by later ones, key by key', async () => {
    const readText = reader({
      '/etc/orchestrator.conf.json': '{"InstancePollSeconds": 3, "DiscoverySeeds": ["a", "b"]}',
      'orchestrator.conf.json': '{"DiscoverySeeds": ["c"]}',
    });
    const { config, files } = await loadConfig({ paths: usual, readText, ...noSecrets });
    expect(config.InstancePollSeconds).toBe(3);
    expect(config.DiscoverySeeds).toEqual(['c']);
    expect(files).toEqual(['/etc/orchestrator.conf.json', 'orchestrator.conf.json']);
  });

  it.each([
    [['baton.json', '/etc/baton.json', 'orchestrator.conf.json'], ['baton.json']],
    [['/etc/baton.json', 'orchestrator.conf.json'], ['/etc/baton.json']],
    [['orchestrator.conf.json'], ['orchestrator.conf.json']],
  ])(
    'are Baton’s own, that of the working folder first, and orchestrator’s where there is none: %#',
    async (there, used) => {
      const readText = reader(Object.fromEntries(there.map((file) => [file, '{}'])));
      expect((await loadConfig({ paths: usual, readText, ...noSecrets })).files).toEqual(used);
    },
  );

  it('are only the one that is named with --config', () => {
    expect(configPaths('mine.json')).toEqual([['mine.json']]);
  });

  it('must exist: the one that is named, or one of the usual ones', async () => {
    const none = { readText: reader({}), ...noSecrets };
    await expect(loadConfig({ paths: [['mine.json']], ...none })).rejects.toMatchObject({
      code: 'config-missing',
      message: 'there is no file mine.json',
    });
    await expect(loadConfig({ paths: usual, ...none })).rejects.toThrow(
      /looked for baton\.json, \/etc\/baton\.json, \/etc\/orchestrator/,
    );
  });

  it('are read from the disk, where a missing one is null and a folder is an error', async () => {
    expect(await readTextFile('/nowhere/at/all.json')).toBeNull();
    await expect(readTextFile('/')).rejects.toMatchObject({ code: 'config-missing' });
  });

  it('decide what a relative StateFile begins at', async () => {
    expect((await configOf({})).StateFile).toBe('/etc/baton.sqlite');
    expect((await configOf({ StateFile: 'state/a.sqlite' })).StateFile).toBe('/etc/state/a.sqlite');
    expect((await configOf({ StateFile: '/var/lib/b.sqlite' })).StateFile).toBe('/var/lib/b.sqlite');
  });
});

describe('an invalid configuration', () => {
  it('is one error that names every fault with its place', async () => {
    const readText = reader({ [path]: '{\n"InstancePollSeconds": "5s",\n"Debug": 1\n}' });
    const loading = loadConfig({ paths: [[path]], readText, ...noSecrets });
    await expect(loading).rejects.toMatchObject({ code: 'config-invalid' });
    await expect(loading).rejects.toThrow(
      /\/etc\/baton\.json:2: InstancePollSeconds wants a whole number.*found "5s".*How often.*\n.*:3: Debug wants true or false/,
    );
  });
});

describe('a configuration that ran orchestrator', () => {
  const text = readFileSync(new URL('../fixtures/config/orchestrator.conf.json', import.meta.url), 'utf8');
  const environment = { ORC_TOPOLOGY_PASSWORD: 'geheim' };

  it('starts Baton unchanged', async () => {
    const config = await configOf(text, { environment });
    expect(config.MySQLTopologyPassword).toBe('geheim');
    expect(config.RecoveryPeriodBlockSeconds).toBe(1800);
    expect(config.URLPrefix).toBe('/orchestrator');
    expect(config.PostGracefulTakeoverProcesses).toEqual([]);
  });

  it('is warned only of what somebody relies on and Baton does not do', async () => {
    const { sentences } = await examined(text, { environment });
    const warnings = sentences.filter(({ severity }) => severity === 'warning').map(({ key }) => key);
    expect(warnings).toEqual(['RaftEnabled']);
  });

  it('is told in one sentence which keys have to wait', async () => {
    const notes = (await saidOf(text, { environment })).filter((said) => said.startsWith('note'));
    expect(notes).toEqual([
      expect.stringMatching(/not acted on by this version: .*RemoveTextFromHostnameDisplay.*/),
    ]);
  });
});

it('gives every key a value when the file gives none', async () => {
  const config = await configOf({});
  expect(keyNames.filter((name) => config[name] === undefined)).toEqual([]);
  expect(config.RecoverMasterClusterFilters).toEqual([]);
});
