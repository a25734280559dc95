import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { lifeOf } from '../../src/process/recorded-process.ts';
import { newCredentials } from '../../src/sandbox/accounts.ts';
import { openSandbox } from '../../src/sandbox/sandbox.ts';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { type SandboxState, writeState } from '../../src/sandbox/state.ts';
import { startBystander } from '../process/bystander.ts';
import { temporaryFolder } from '../process/temporary-folder.ts';

const program = { file: '/nowhere/mariadbd', args: [] };
const found = {
  flavour: 'mariadb',
  version: '10.11.19-MariaDB',
  server: program,
  client: program,
  shareDirectory: '/nowhere',
  pluginDirectory: null,
} as const;

/** A directory with the record of a sandbox of one server, which was never started by us. */
async function recorded(pid: number | null, memberDirectory?: string): Promise<string> {
  const directory = await temporaryFolder();
  const member = { port: 4_001, directory: memberDirectory ?? join(directory, '4001'), pid };
  const credentials = newCredentials();
  const state: SandboxState = {
    format: 1,
    found,
    chain: false,
    semiSync: false,
    credentials,
    members: [member],
  };
  writeState(directory, state);
  return directory;
}

function starting(directory: string) {
  const { signal } = new AbortController();
  const wish = { servers: 1, chain: false, flavour: 'mariadb', semiSync: false } as const;
  return startSandbox({ ...wish, directory, tell: () => {}, signal });
}

it('never signals a process that has the pid of a server of ours but is none', async () => {
  const bystander = await startBystander();
  const sandbox = await openSandbox(await recorded(bystander.pid));
  await sandbox.kill(4_001);
  await sandbox.terminate(4_001);
  await expect(sandbox.freeze(4_001)).rejects.toThrow('127.0.0.1:4001 is not running.');
  await sandbox.down();
  expect(lifeOf(bystander)).toBe('alive');
});

it('finds and ends a server that was started by somebody who died before he wrote its pid down', async () => {
  const server = await startBystander();
  const sandbox = await openSandbox(await recorded(null, server.folder));
  await sandbox.down();
  expect(lifeOf(server)).toBe('dead');
});

it('says where it looked for a sandbox that is not there', async () => {
  await expect(openSandbox('/nowhere')).rejects.toMatchObject({
    code: 'sandbox-missing',
    message: 'There is no sandbox in /nowhere.',
  });
});

it('names the ports that it has when it is asked for another', async () => {
  const sandbox = await openSandbox(await recorded(null));
  await expect(sandbox.kill(9)).rejects.toThrow('no server on port 9; its ports are 4001.');
});

it('takes no directory in which there is something else', async () => {
  const directory = await temporaryFolder();
  await writeFile(join(directory, 'letter'), 'mine');
  await expect(starting(directory)).rejects.toThrow('is not empty and holds no sandbox');
});

it('takes no directory whose path a socket cannot have', async () => {
  await expect(starting(join(tmpdir(), 'x'.repeat(107)))).rejects.toThrow('too long a path');
});

it('refuses to start where a server of an earlier sandbox still runs', async () => {
  const { pid, folder } = await startBystander();
  await expect(starting(await recorded(pid, folder))).rejects.toThrow(
    'A sandbox of 1 servers is already up in',
  );
});
