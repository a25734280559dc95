import { describe, expect, it } from 'vitest';
import { readConfigText } from '../../src/config/read-text.ts';
import { configOf, saidOf } from './given.ts';

describe('a key', () => {
  it('is matched whatever its case', async () => {
    expect((await configOf({ instancepollseconds: 7 })).InstancePollSeconds).toBe(7);
  });

  it('that begins with # is a comment, however often it stands there', async () => {
    expect(await saidOf('{"#": 1, "#": {"a": []}, "#Debug": "x"}')).toEqual([]);
  });

  it('that is given twice warns, and the second one holds', async () => {
    const text = '{"InstancePollSeconds": 7,\n"InstancePollSeconds": 8}';
    expect((await configOf(text)).InstancePollSeconds).toBe(8);
    expect(await saidOf(text)).toEqual([
      'warning: InstancePollSeconds was already given on line 1; this one holds.',
    ]);
  });

  it('that is unknown warns with the nearest known name, and without one where none is near', async () => {
    expect(await saidOf({ DiscoverySeed: ['a'], Frobnicate: 1 })).toEqual([
      'warning: DiscoverySeed is not a key that Baton knows; it has no effect. Did you mean DiscoverySeeds?',
      'warning: Frobnicate is not a key that Baton knows; it has no effect.',
    ]);
  });

  it('that looks like a list of hooks and is none is an error, for it would never run', async () => {
    expect(await saidOf({ PreFailoverProceses: [], PostRecoveryProcesses: [] })).toEqual([
      expect.stringMatching(/^error: PreFailoverProceses .* Did you mean PreFailoverProcesses\?/),
      expect.stringMatching(/^error: PostRecoveryProcesses /),
    ]);
  });

  it('that is a time of a timer is at most an hour, for Node fires one that is too long at once', async () => {
    expect(await saidOf({ ProbeIntervalMilliseconds: 1e12, ProbeTimeoutMilliseconds: 1e12 })).toEqual([
      expect.stringMatching(/^error: ProbeIntervalMilliseconds wants a whole number, 10 to 3600000/),
      expect.stringMatching(/^error: ProbeTimeoutMilliseconds wants a whole number, 10 to 3600000/),
    ]);
  });

  it('that orchestrator itself had retired is passed over', async () => {
    expect(await saidOf({ ActiveNodeExpireSeconds: 'whatever', statussimplehealth: true })).toEqual([]);
  });

  it('that is null keeps its default, as in orchestrator', async () => {
    expect((await configOf({ InstancePollSeconds: null })).InstancePollSeconds).toBe(5);
  });
});

describe('a value of the wrong type', () => {
  it.each([
    ['InstancePollSeconds', 2.5, 'a whole number, 1 or more'],
    ['InstancePollSeconds', 0, 'a whole number, 1 or more'],
    ['DefaultInstancePort', 70_000, '1 to 65535'],
    ['DiscoverySeeds', 'db1:3306', 'a list of texts'],
    ['ClusterNameToAlias', ['a'], 'an object of patterns'],
    ['UseSuperReadOnly', 'true', 'true or false'],
    ['FencingLevelRequired', 'sure', 'one of "none", "attempted", "timed", "proven"'],
    ['Coordination', { Kind: 'raft' }, ''],
    ['Coordination', { Kind: 'etcd', Endpoints: [] }, 'at least one address'],
  ])('is an error that names the key and what is wanted: %s %j', async (key, value, wanted) => {
    const said = await saidOf({ [key]: value });
    expect(said).toHaveLength(1);
    expect(said[0]).toContain(`error: ${key}`);
    expect(said[0]).toContain(wanted);
    expect(said[0]).toContain('It means: ');
  });

  it('is not printed when the key is a secret', async () => {
    const [said] = await saidOf({ MySQLTopologyPassword: 4711 });
    expect(said).toContain('found a number');
    expect(said).not.toContain('4711');
  });
});

it('reads what follows the object as orchestrator did, not at all, and says so', () => {
  const { given, sentences } = readConfigText('a.json', '{"Debug": true}\n\nrest');
  expect(given).toHaveLength(1);
  expect(sentences).toMatchObject([{ severity: 'warning', line: 3 }]);
});

it('refuses what is not JSON with file, line, column and cause', () => {
  expect(() => readConfigText('a.json', '{\n  "Debug": true,\n}')).toThrow(
    'a.json, line 2, column 16: a comma stands before the closing }.\n  "Debug": true,',
  );
});
