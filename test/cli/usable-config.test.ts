import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { configCommand } from '../../src/cli/commands/config.ts';
import { usableConfig } from '../../src/cli/usable-config.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baton-usable-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const healthy = { DiscoverySeeds: ['db1'], MySQLTopologyUser: 'baton', RecoverMasterClusterFilters: ['*'] };

function written(config: object): string {
  const file = join(folder, 'baton.json');
  writeFileSync(file, JSON.stringify({ ...healthy, ...config }, null, 1), { mode: 0o600 });
  return file;
}

async function checked(file: string): Promise<{
  exit: number;
  findings: readonly { severity: string; key: string | null; line: number; text: string }[];
}> {
  let exit = -1;
  const printed: string[] = [];
  const terminal = { print: (text: string) => void printed.push(text), say: () => {}, colours: false };
  const leave = (code: number) => {
    exit = code;
  };
  await configCommand(terminal, leave).parseAsync(['check', '--config', file, '--json'], { from: 'user' });
  return { exit, findings: JSON.parse(printed.join('')).findings };
}

it.each([
  [''],
  ['a\0b'],
  ['x'.repeat(1_048_577)],
  ['fence &&'],
  ['echo "not closed'],
  ['echo {succesorPort}'],
  [{ Exec: [] }],
  [{ Command: 'a', Exec: ['a'] }],
  [{ Http: { Url: 'nowhere' } }],
  [{ Http: { Url: 'http://h', Secret: 'plain' } }],
])('a hook that cannot be run keeps Baton from starting, in the words of the check: %#', async (hook) => {
  const file = written({ PreFailoverProcesses: ['true', hook] });
  const { exit, findings } = await checked(file);
  expect(exit).toBe(2);
  expect(findings).toMatchObject([{ severity: 'error', line: 9 }]);
  expect(findings[0]?.text).toContain('PreFailoverProcesses[2]');
  await expect(usableConfig(file)).rejects.toMatchObject({ code: 'config-invalid', exit: 2 });
  await expect(usableConfig(file)).rejects.toThrow(`${file}:9: ${findings[0]?.text}`);
});

it('a misspelt stage keeps Baton from starting', async () => {
  const file = written({ PreFailoverProcess: ['true'] });
  expect((await checked(file)).exit).toBe(2);
  await expect(usableConfig(file)).rejects.toThrow('Did you mean PreFailoverProcesses?');
});

it('a shell that Baton cannot quote for keeps it from starting', async () => {
  const file = written({ ProcessesShellCommand: 'fish', PreFailoverProcesses: ['fence {failedHost}'] });
  await expect(usableConfig(file)).rejects.toThrow(/ProcessesShellCommand is "fish".*"literal"/);
});

it('a hook that is to be written otherwise is a warning of the check, and Baton starts', async () => {
  const file = written({ PreFailoverProcesses: ["bash -c 'fence {failureClusterAlias}'"] });
  const { exit, findings } = await checked(file);
  expect(exit).toBe(1);
  expect(findings.map(({ text }) => text)).toEqual([
    expect.stringMatching(
      /^PreFailoverProcesses\[1\]: bash reads .* Write instead: bash -c 'fence "\$\{ORC_/,
    ),
  ]);
  expect((await usableConfig(file)).config.PreFailoverProcesses).toHaveLength(1);
});

it('the configuration that ran orchestrator has no errors among its hooks', async () => {
  const file = new URL('../fixtures/config/orchestrator.conf.json', import.meta.url).pathname;
  process.env['ORC_TOPOLOGY_PASSWORD'] = 'geheim';
  const { findings } = await checked(file);
  // The file of its authority lies on the machine that ran it.
  const errors = findings.filter(({ severity }) => severity === 'error').map(({ key }) => key);
  expect(errors).toEqual(['MySQLTopologySSLCAFile']);
});

it('what is doubtful is among the warnings that a start logs, in the words of the check', async () => {
  const file = written({
    PreFailoverProcesses: ['mysql -e "select \'{failureClusterAlias}\'"', '/no/such/script'],
  });
  const { findings } = await checked(file);
  const doubtful = findings.filter(({ severity }) => severity === 'warning').map(({ text }) => text);
  expect(doubtful).toHaveLength(2);
  const { warnings } = await usableConfig(file);
  expect(warnings.map(({ text }) => text)).toEqual(expect.arrayContaining(doubtful));
});
