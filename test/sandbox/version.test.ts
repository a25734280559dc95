import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Flavour } from '../../src/sandbox/server-package.ts';
import { versionOf } from '../../src/sandbox/version.ts';
import { programs } from './fake-programs.ts';

async function versionSaid(flavour: Flavour, words: string) {
  const folder = await programs({ server: `echo "${words}"` });
  return versionOf(flavour, { file: join(folder, 'server'), args: [] }, new AbortController().signal);
}

it('takes a server at its word', async () => {
  expect(await versionSaid('mysql', '/usr/sbin/mysqld  Ver 9.7.4-2 for Linux on x86_64')).toBe('9.7.4-2');
  expect(await versionSaid('mariadb', 'mariadbd  Ver 10.11.19-MariaDB for debian-linux-gnu')).toBe(
    '10.11.19-MariaDB',
  );
});

it('does not take a MariaDB for a MySQL because it is called mysqld', async () => {
  expect(await versionSaid('mysql', 'mysqld  Ver 10.11.19-MariaDB for debian-linux-gnu')).toBeNull();
  expect(await versionSaid('mariadb', 'mysqld  Ver 9.7.4-2 for Linux on x86_64')).toBeNull();
});

it('leaves servers alone that are older than the words it speaks', async () => {
  expect(await versionSaid('mysql', 'mysqld  Ver 8.0.40 for Linux on x86_64')).toBeNull();
  expect(await versionSaid('mysql', 'mysqld  Ver 8.4.0 for Linux on x86_64')).toBe('8.4.0');
  expect(await versionSaid('mariadb', 'mysqld  Ver 10.4.34-MariaDB for Linux')).toBeNull();
});

it('knows a server that does not run', async () => {
  const absent = { file: '/nowhere/mariadbd', args: [] };
  expect(await versionOf('mariadb', absent, new AbortController().signal)).toBeNull();
});
