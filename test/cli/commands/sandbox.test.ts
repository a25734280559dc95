import { join } from 'node:path';
import { CommanderError } from 'commander';
import { expect, it } from 'vitest';
import { sandboxCommand } from '../../../src/cli/commands/sandbox.ts';
import { describeStatus } from '../../../src/cli/commands/sandbox-words.ts';
import { newCredentials } from '../../../src/sandbox/accounts.ts';
import { writeState } from '../../../src/sandbox/state.ts';
import { temporaryFolder } from '../../process/temporary-folder.ts';

async function run(...words: readonly string[]) {
  const printed: string[] = [];
  const codes: number[] = [];
  const terminal = { print: (text: string) => printed.push(text), say: () => {}, colours: false };
  const command = sandboxCommand(terminal, (code) => codes.push(code));
  for (const verb of command.commands) verb.configureOutput({ writeErr: () => {}, writeOut: () => {} });
  await command.parseAsync(words, { from: 'user' });
  return { printed, codes };
}

/** The record of a sandbox whose only server never came to life. */
async function deadSandbox(): Promise<string> {
  const directory = await temporaryFolder();
  const program = { file: '/nowhere/mariadbd', args: [] };
  writeState(directory, {
    format: 1,
    found: {
      flavour: 'mariadb',
      version: '10.11.19-MariaDB',
      server: program,
      client: program,
      shareDirectory: '/nowhere',
      pluginDirectory: null,
    },
    chain: false,
    semiSync: false,
    credentials: newCredentials(),
    members: [{ port: 4_001, directory: join(directory, '4001'), pid: null }],
  });
  return directory;
}

it('says of a dead server that it is dead, and leaves with 1', async () => {
  const directory = await deadSandbox();
  const { printed, codes } = await run('status', '--directory', directory);
  expect(printed).toEqual(['127.0.0.1:4001  dead']);
  expect(codes).toEqual([1]);
});

it('answers in JSON when it is asked to', async () => {
  const directory = await deadSandbox();
  const { printed } = await run('status', '--directory', directory, '--json');
  expect(JSON.parse(printed.join(''))).toMatchObject({
    directory,
    flavour: 'mariadb',
    config: join(directory, 'baton.json'),
    members: [{ key: '127.0.0.1:4001', life: 'dead', readOnly: null }],
  });
});

it('leaves with 3 where there is no sandbox', async () => {
  const directory = await temporaryFolder();
  for (const words of [['status'], ['down'], ['kill', '4001'], ['sql', '4001', 'SELECT 1']]) {
    const refused = run(...words, '--directory', directory);
    await expect(refused).rejects.toMatchObject({ code: 'sandbox-missing', exit: 3 });
  }
});

it('takes a port as it is listed, and no words that are no port', async () => {
  const directory = await deadSandbox();
  const { printed } = await run('kill', '127.0.0.1:4001', '--directory', directory);
  expect(printed).toEqual(['127.0.0.1:4001  dead']);
  await expect(run('kill', 'primary')).rejects.toThrow(CommanderError);
});

it('refuses sandboxes without servers and with very many', async () => {
  const up = (count: string) => run('up', '--servers', count, '--directory', '/');
  await expect(up('0')).rejects.toThrow('from 1 to 50 servers');
  await expect(up('51')).rejects.toThrow('from 1 to 50 servers');
});

it('says how well a server replicates, in the words of the server where something is wrong', () => {
  const source = '127.0.0.1:4001';
  const fine = { source, ioThread: 'running', sqlThread: 'running', lagSeconds: 0, error: '' } as const;
  const report = describeStatus([
    { key: '127.0.0.1:4001', life: 'alive', readOnly: false, replication: null },
    { key: '127.0.0.1:4002', life: 'alive', readOnly: true, replication: { ...fine, lagSeconds: 4 } },
    {
      key: '127.0.0.1:4003',
      life: 'alive',
      readOnly: true,
      replication: { ...fine, ioThread: 'connecting', error: 'no route' },
    },
    { key: '127.0.0.1:4004', life: 'frozen', readOnly: null, replication: null },
  ]);
  expect(report).toBe(
    [
      '127.0.0.1:4001  alive   writable',
      '127.0.0.1:4002  alive   read-only  replicates from 127.0.0.1:4001, 4 s behind',
      '127.0.0.1:4003  alive   read-only  replica of 127.0.0.1:4001, receiving connecting, applying running: no route',
      '127.0.0.1:4004  frozen',
    ].join('\n'),
  );
});
