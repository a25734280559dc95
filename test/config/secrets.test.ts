import { describe, expect, it } from 'vitest';
import { readCredentials } from '../../src/config/credentials.ts';
import { examineConfig } from '../../src/config/examine.ts';
import { configDigest, redacted, secretsOf } from '../../src/config/secrets.ts';
import { configOf, examined, path, saidOf } from './given.ts';

describe('a password', () => {
  const file = { MySQLTopologyPassword: '${DB_PASSWORD}' };

  it('may come from the environment', async () => {
    const config = await configOf(file, { environment: { DB_PASSWORD: 'geheim' } });
    expect(config.MySQLTopologyPassword).toBe('geheim');
  });

  it('whose variable is not set is an error, unless Baton has no use for it', async () => {
    expect(await saidOf(file)).toEqual([
      'error: MySQLTopologyPassword names the variable DB_PASSWORD, which is not set in Baton’s environment.',
    ]);
    expect(await saidOf({ MySQLOrchestratorPassword: '${NOWHERE}' })).toEqual([]);
  });

  it('is the variable alone, as in orchestrator, and a warning says so', async () => {
    const given = [{ MySQLTopologyPassword: 'pre-${X}' }, { environment: { X: 'geheim' } }] as const;
    expect((await configOf(...given)).MySQLTopologyPassword).toBe('geheim');
    expect(await saidOf(...given)).toEqual([expect.stringMatching(/^warning: .* is dropped/)]);
  });
});

describe('a file of credentials', () => {
  const key = 'MySQLTopologyCredentialsConfigFile';

  it('wins over the keys', async () => {
    const files = { '/c.cnf': '[client]\nuser = orc\npassword = "ge#heim"\n' };
    const config = await configOf({ [key]: '/c.cnf', MySQLTopologyUser: 'x' }, { files });
    expect([config.MySQLTopologyUser, config.MySQLTopologyPassword]).toEqual(['orc', 'ge#heim']);
  });

  it('must exist and name a user or a password', async () => {
    expect(await saidOf({ [key]: '/c.cnf' })).toEqual([
      expect.stringContaining('/c.cnf, which does not exist'),
    ]);
    expect(await saidOf({ [key]: '/c.cnf' }, { files: { '/c.cnf': '[mysql]\nuser=a' } })).toEqual([
      expect.stringContaining('neither user nor password'),
    ]);
  });

  it.each([
    [
      '[client]\nuser=a\n!include /etc/mysql/secret.cnf',
      /c\.cnf, of which line 3 has !include, which Baton does not follow/,
    ],
    ['!includedir /etc/mysql/conf.d', /line 1 has !includedir/],
    ['[client]\npassword="ge#heim', /line 2 opens a quote for password that is never closed/],
  ])('is refused where it means more than it says: %j', async (text, said) => {
    expect(await saidOf({ [key]: '/c.cnf' }, { files: { '/c.cnf': text } })).toEqual([
      expect.stringMatching(said),
    ]);
  });

  it('that cannot be read is named by its key', async () => {
    const { sentences } = await examineConfig({
      paths: [[path]],
      environment: {},
      readText: async (file) => {
        if (file === path) return JSON.stringify({ [key]: '/c.cnf' });
        throw new Error('/c.cnf cannot be read: permission denied');
      },
    });
    expect(sentences).toMatchObject([
      { severity: 'error', key, line: 1, text: `${key}: /c.cnf cannot be read: permission denied.` },
    ]);
  });

  it.each([
    ['[client]\nuser=a\npassword=b', 'a', 'b'],
    ['  [client]  \n  user  =  "a b"  \n  password=\' b \'  ', 'a b', ' b '],
    ['[client-mariadb]\nuser=x\n[client]\nuser=a', 'a', null],
    ['[CLIENT]\r\n User = a \r\nPASSWORD\t=\tb\r\n', 'a', 'b'],
    ["[client]\npassword='a;b' # old", null, 'a;b'],
    ['[client]\npassword="a\\"b\\\\" ; old', null, 'a"b\\'],
    ['[client]\npassword=a;b # old', null, 'a;b'],
    ['[client]\n#user=x\n; user=y\nuser=a=b', 'a=b', null],
    ['[mysqld]\nuser=mysql\n[client]\nuser=a\n[mysql]\nuser=b', 'a', null],
    ['[client]\npassword=', null, ''],
  ])('is read as my.cnf is: %j', (text, user, password) => {
    expect(readCredentials(text)).toEqual({ user, password });
  });
});

describe('printing a configuration', () => {
  it('hides every secret that is set, and no other value', async () => {
    const file = { MySQLTopologyPassword: 'geheim', ConsulAclToken: 'token-value', MySQLTopologyUser: 'orc' };
    const config = await configOf(file);
    const text = JSON.stringify(redacted(config));
    expect(text).not.toMatch(/geheim|token-value/);
    expect(redacted(config)).toMatchObject({
      MySQLTopologyPassword: '(hidden)',
      HTTPAuthPassword: '',
      MySQLTopologyUser: 'orc',
    });
  });

  it('knows what a log must not say, the longest first', async () => {
    const file = { MySQLTopologyPassword: 'abc', HTTPAuthPassword: 'abcdef', ConsulAclToken: 'abc' };
    expect(secretsOf(await configOf(file))).toEqual(['abcdef', 'abc']);
  });
});

describe('the digest of a configuration', () => {
  it('changes with a setting, and not with the order of keys or a password', async () => {
    const digest = async (file: object) => configDigest(await configOf(file));
    const one = await digest({ Debug: true, InstancePollSeconds: 9, MySQLTopologyPassword: 'a' });
    expect(one).toMatch(/^[0-9a-f]{64}$/);
    expect(await digest({ MySQLTopologyPassword: 'b', InstancePollSeconds: 9, Debug: true })).toBe(one);
    expect(await digest({ MySQLTopologyPassword: 'a', InstancePollSeconds: 8, Debug: true })).not.toBe(one);
  });
});

it('knows in which files a secret stands as it is', async () => {
  const files = { '/c.cnf': '[client]\nuser=a\n' };
  const filesOf = async (file: object) => (await examined(file, { files })).secretFiles;
  expect(await filesOf({ MySQLTopologyPassword: 'a', ConsulAclToken: 'b' })).toEqual(['/etc/baton.json']);
  expect(await filesOf({ MySQLTopologyCredentialsConfigFile: '/c.cnf' })).toEqual(['/c.cnf']);
  expect(await filesOf({ MySQLTopologyPassword: '${A}', HTTPAuthPassword: '' })).toEqual([]);
});
