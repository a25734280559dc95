import { describe, expect, it } from 'vitest';
import { configOf, saidOf } from './given.ts';

const unsaid = {
  readsFacts: false,
  detached: false,
  timeoutSeconds: null,
  onFailure: null,
  onResume: 'rerun',
  askTimeoutSeconds: null,
  retries: 0,
  exitClasses: false,
};

async function hookOf(hook: unknown): Promise<unknown> {
  const { PreFailoverProcesses } = await configOf({ PreFailoverProcesses: [hook] });
  return PreFailoverProcesses[0];
}

describe('a hook', () => {
  it('may be a command alone', async () => {
    const command = 'fence {failedHost} &';
    expect(await hookOf(command)).toEqual({ ...unsaid, action: { kind: 'shell', command } });
  });

  it('may be an object that says how it is to be run', async () => {
    const hook = {
      Command: 'vip',
      TimeoutSeconds: 30,
      OnFailure: 'abort',
      OnResume: 'ask',
      AskTimeoutSeconds: 90,
      Retries: 2,
      Stdin: 'facts',
      ExitClasses: true,
      Detached: true,
    };
    expect(await hookOf(hook)).toEqual({
      action: { kind: 'shell', command: 'vip' },
      readsFacts: true,
      detached: true,
      timeoutSeconds: 30,
      onFailure: 'abort',
      onResume: 'ask',
      askTimeoutSeconds: 90,
      retries: 2,
      exitClasses: true,
    });
  });

  it('may be a program and its arguments', async () => {
    const argv = ['notify', '{failedHost}', ''];
    expect(await hookOf({ Exec: argv })).toEqual({ ...unsaid, action: { kind: 'exec', argv } });
  });

  it('may be an address, which always gets the facts and always has classes of answers', async () => {
    expect(await hookOf({ Http: { Url: 'https://h/x', Secret: '${KEY}' } })).toEqual({
      ...unsaid,
      action: { kind: 'http', url: 'https://h/x', headers: {}, secretVariable: 'KEY' },
      readsFacts: true,
      exitClasses: true,
    });
  });

  it.each([
    ['', ' is an empty command'],
    [' & ', ' is an empty command'],
    ['a\0b', ' has a NUL byte'],
    ['x'.repeat(1_048_577), ' is longer than 1 MiB'],
    [7, ' wants a command in double quotes, or an object with Command, Exec or Http'],
    [['true'], ' wants a command in double quotes'],
    [null, ' wants a command in double quotes'],
    [{ TimeoutSeconds: 3 }, ' has none of Command, Exec and Http.'],
    [{ command: 'a' }, ' has none of Command, Exec and Http (did you mean Command by command?)'],
    [{ Command: 'a', Exec: ['a'] }, ' has Command and Exec; a hook is one of them'],
    [{ Command: 'a', Exec: ['a'], Http: {} }, ' has Command and Exec and Http; a hook is one of them'],
    [{ Command: '' }, '.Command is an empty command'],
    [{ Command: 7 }, '.Command wants a text'],
    [
      { Command: 'a', TimeoutSecond: 3 },
      ' has TimeoutSecond, which is not known (did you mean TimeoutSeconds?)',
    ],
    [{ Command: 'a', Frobnicate: 3 }, ' has Frobnicate, which is not known.'],
    [{ Command: 'a', TimeoutSeconds: 0 }, '.TimeoutSeconds wants a number of seconds above 0'],
    [
      { Command: 'a', TimeoutSeconds: 1e306 },
      '.TimeoutSeconds wants a number of seconds up to 31536000, a year',
    ],
    [
      { Command: 'a', AskTimeoutSeconds: 1e306 },
      '.AskTimeoutSeconds wants a number of seconds up to 31536000',
    ],
    [{ Command: 'a', OnFailure: 'stop' }, '.OnFailure wants "abort" or "continue"'],
    [{ Command: 'a', OnResume: 'again' }, '.OnResume wants "rerun", "skip" or "ask"'],
    [{ Command: 'a', Retries: -1 }, '.Retries wants 0 or more'],
    [{ Command: 'a', Detached: 'yes' }, '.Detached wants true or false'],
    [{ Command: 'a', Stdin: 'all' }, '.Stdin wants "facts"'],
    [{ Exec: [] }, '.Exec[1] is missing'],
    [{ Exec: 'notify a' }, '.Exec wants a list of texts: the program and its arguments'],
    [{ Exec: [' '] }, '.Exec[1] is an empty name'],
    [{ Exec: ['a', 7] }, '.Exec[2] wants a text'],
    [{ Exec: ['a', 'b\0'] }, '.Exec[2] has a NUL byte, which no argument can hold'],
    [{ Exec: ['a', 'x'.repeat(131_072)] }, '.Exec[2] is longer than the 128 KiB'],
    [{ Exec: ['{failedHost}'] }, '.Exec[1] has a placeholder; data must not name the program'],
    [{ Http: 'https://h' }, '.Http wants an object with Url'],
    [{ Http: {} }, '.Http.Url wants an address as https://host/path'],
    [{ Http: { Url: 'ftp://h' } }, '.Http.Url wants an address as https://host/path'],
    [
      { Http: { Url: 'http://h', Secrte: 'x' } },
      '.Http has Secrte, which is not known (did you mean Secret?)',
    ],
    [{ Http: { Url: 'http://h', Secret: 7 } }, '.Http.Secret wants ${NAME}: the environment variable'],
    [{ Http: { Url: 'http://h', Headers: { 'a b': 'x' } } }, '.Http.Headers.a b wants names of letters'],
    [{ Http: { Url: 'http://h', Headers: { a: 7 } } }, '.Http.Headers.a wants a text'],
    [{ Http: { Url: 'http://h', Headers: { a: 'x\ny' } } }, '.Http.Headers.a has a line break or another'],
    [{ Http: { Url: 'http://h', Headers: { a: '\0' } } }, '.Http.Headers.a has a line break or another'],
    [
      { Http: { Url: 'http://h', Headers: { 'Content-Length': '5' } } },
      '.Http.Headers.Content-Length is a header that only the request itself can set',
    ],
    [{ Http: { Url: 'https://ann@h' } }, '.Http.Url has a name or a password in it'],
    [{ Http: { Url: 'https://ann:geheim@h' } }, '.Http.Url has a name or a password in it'],
    [{ Http: { Url: 'http://h' }, Stdin: 'facts' }, ' has Stdin, which goes with Command or Exec only'],
  ])('that cannot be run is one error, in the words of the shape that was meant: %#', async (hook, fault) => {
    const said = await saidOf({ PreFailoverProcesses: ['true', hook] });
    expect(said).toHaveLength(1);
    expect(`${said[0]}.`).toContain(`error: PreFailoverProcesses[2]${fault}`);
  });

  it('never has its key repeated, be it written where it must not stand', async () => {
    const secret = 'geheim-geheim';
    const [plain] = await saidOf({ PreFailoverProcesses: [{ Http: { Url: 'http://h', Secret: secret } }] });
    expect(plain).toContain('PreFailoverProcesses[1].Http.Secret wants ${NAME}');
    const [alone] = await saidOf({ PreFailoverProcesses: { Http: { Secret: secret } } });
    expect(alone).toContain('PreFailoverProcesses wants a list of hooks');
    const url = `https://ann:${secret}@h`;
    const [within] = await saidOf({ PreFailoverProcesses: [{ Http: { Url: url } }] });
    expect(`${plain} ${alone} ${within}`).not.toContain(secret);
  });

  it('may be a command of exactly 1 MiB', async () => {
    expect(await saidOf({ PreFailoverProcesses: ['x'.repeat(1_048_576)] })).toEqual([]);
  });
});

describe('a misspelt list of hooks', () => {
  it.each([
    ['PreFailoverProcess', 'PreFailoverProcesses'],
    ['PreFailoverProceses', 'PreFailoverProcesses'],
    ['PreFailover', 'PreFailoverProcesses'],
    ['PostMasterFailoverHooks', 'PostMasterFailoverProcesses'],
    ['OnAllClear', 'OnAllClearProcesses'],
    ['PostFailover_Scripts', 'PostFailoverProcesses'],
  ])('is an error, for it would never run: %s', async (written, meant) => {
    expect(await saidOf({ [written]: ['true'] })).toEqual([
      `error: ${written} is not a list of hooks that Baton knows; it would never run. Did you mean ${meant}?`,
    ]);
  });

  it('is an error also where nothing is near it', async () => {
    expect(await saidOf({ OnFullMoon: ['true'] })).toEqual([
      expect.stringMatching(/^error: .* never run\.$/),
    ]);
    expect(await saidOf({ OnFullMoon: true })).toEqual([expect.stringMatching(/^warning: /)]);
  });
});
