import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { configCommand } from '../../../src/cli/commands/config.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baton-config-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs a verb on a file of this text, and gives what a shell would see of it. */
async function run(verb: string, text: string, ...more: string[]) {
  const file = join(folder, 'baton.json');
  writeFileSync(file, text);
  chmodSync(file, 0o600);
  const printed: string[] = [];
  let exit: number | null = null;
  const terminal = {
    print: (line: string) => void printed.push(line.replaceAll(folder, '')),
    say: () => {},
    colours: false,
  };
  const leave = (code: number) => {
    exit = code;
  };
  await configCommand(terminal, leave).parseAsync([verb, '--config', file, ...more], { from: 'user' });
  return { exit, printed: printed.join('\n') };
}

const healthy =
  '"DiscoverySeeds": ["db1"], "MySQLTopologyUser": "baton", "RecoverMasterClusterFilters": ["*"]';

it('a check of a healthy file prints two short sentences and ends with 0', async () => {
  expect(await run('check', `{${healthy}}`)).toEqual({
    exit: 0,
    printed: 'Read /baton.json.\nNothing wrong.',
  });
});

it('a note does not fail a check', async () => {
  const { exit, printed } = await run('check', `{${healthy}, "WebMessage": "hello"}`);
  expect(exit).toBe(0);
  expect(printed).toMatch(
    /^Read .*\nNothing wrong\.\nGood to know:\n {2}Understood and not acted on by this version: WebMessage/,
  );
});

it('a warning ends a check with 1, and has its line', async () => {
  const { exit, printed } = await run('check', `{${healthy},\n"Frobnicate": 1}`);
  expect(exit).toBe(1);
  expect(printed).toBe(
    'Read /baton.json.\nTo be read:\n  line 2: Frobnicate is not a key that Baton knows; it has no effect.',
  );
});

it('an error ends a check with 2, before the warnings', async () => {
  const { exit, printed } = await run('check', '{"Frobnicate": 1,\n"Debug": "yes"}');
  expect(exit).toBe(2);
  expect(printed).toMatch(/start with it:\n {2}line 2: Debug wants .*\nTo be read:\n {2}line 1: Frobnicate/);
});

it('what the doctor finds wrong ends a check with 2', async () => {
  expect((await run('check', `{${healthy}, "ClusterNameToAlias": {"(": "x"}}`)).exit).toBe(2);
});

it('a file that is not JSON is a finding too', async () => {
  const { exit, printed } = await run('check', '{"Debug": true,}', '--json');
  expect(exit).toBe(2);
  expect(JSON.parse(printed)).toMatchObject({
    files: ['/baton.json'],
    findings: [{ severity: 'error', text: expect.stringContaining('line 1, column 15') }],
  });
});

it('a password that everybody may read is a warning', async () => {
  const file = join(folder, 'open.cnf');
  writeFileSync(file, '[client]\nuser=a\npassword=b\n');
  const text = `{${healthy}, "MySQLTopologyCredentialsConfigFile": "${file}"}`;
  chmodSync(file, 0o644);
  const open = await run('check', text);
  expect(open.printed).toContain('/open.cnf has a password in it and may be read by everybody');
  chmodSync(file, 0o640);
  expect((await run('check', text)).exit).toBe(0);
});

it('a missing file is an error for standard error', async () => {
  const command = configCommand({ print: () => {}, say: () => {}, colours: false }, () => {});
  const checking = command.parseAsync(['check', '--config', '/nowhere.json'], { from: 'user' });
  await expect(checking).rejects.toMatchObject({ code: 'config-missing', exit: 2 });
});

it('the configuration is shown with its defaults and without its secrets', async () => {
  const text = `{${healthy}, "MySQLTopologyPassword": "geheim"}`;
  const { exit, printed } = await run('show', text);
  expect(exit).toBe(0);
  expect(printed).toContain('\nInstancePollSeconds: 5\n');
  expect(printed).toContain('\nMySQLTopologyPassword: "(hidden)"\n');
  const json = JSON.parse((await run('show', text, '--json')).printed);
  expect(json).toMatchObject({ StateFile: '/baton.sqlite', MySQLTopologyPassword: '(hidden)' });
});

it('says of each key of a file what becomes of it, and ends with 1 where one is unsafe', async () => {
  const older = '"SlaveLagQuery": "select 1", "Debug": true, "BackendDB": "sqlite", "$schema": "x"';
  expect(await run('keys', `{${older}}`)).toEqual({
    exit: 0,
    printed: [
      'mapped    SlaveLagQuery  Its value is taken over by ReplicationLagQuery.',
      'honoured  Debug',
      'ignored   BackendDB      Baton keeps its state in StateFile; baton import reads the backend by it, once.',
    ].join('\n'),
  });
  const { exit, printed } = await run('keys', '{"RaftEnabled": true}', '--json');
  expect(exit).toBe(1);
  expect(JSON.parse(printed)).toEqual([
    { name: 'RaftEnabled', verdict: 'unsafe', because: expect.stringContaining('Coordination') as string },
  ]);
});
