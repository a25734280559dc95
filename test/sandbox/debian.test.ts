import { watch } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fetchFromDebian } from '../../src/sandbox/debian.ts';
import type { Flavour } from '../../src/sandbox/server-package.ts';
import { temporaryFolder } from '../process/temporary-folder.ts';
import { programs } from './fake-programs.ts';

function fetching(folder: string, options: { flavour?: Flavour; signal?: AbortSignal } = {}) {
  const { flavour = 'mariadb', signal = new AbortController().signal } = options;
  return fetchFromDebian({ flavour, home: join(folder, flavour), tell: () => {}, signal });
}

it('says in the words of apt why nothing could be fetched, and leaves nothing behind', async () => {
  await programs({ 'apt-get': 'echo "E: Unable to locate package" >&2; exit 100' });
  const folder = await temporaryFolder();
  await expect(fetching(folder)).rejects.toThrow('apt-get says Unable to locate package');
  expect(await readdir(folder)).toEqual([]);
});

it('leaves no half of a server when it is interrupted', async () => {
  const folder = await temporaryFolder();
  await programs({ 'apt-get': `: > ${folder}/began; exec sleep 600` });
  const controller = new AbortController();
  const watcher = watch(folder, (_, name) => {
    if (name === 'began') controller.abort(new Error('interrupted'));
  });
  await expect(fetching(folder, { signal: controller.signal })).rejects.toThrow('interrupted');
  watcher.close();
  expect(await readdir(folder)).toEqual(['began']);
});

it('keeps nothing that does not run', async () => {
  const download = 'case "$*" in *download-only*) : > "$(dirname "$2")/cache/archives/server.deb";; esac';
  await programs({ 'apt-get': download, 'dpkg-deb': 'mkdir -p "$3/usr/sbin"' });
  const folder = await temporaryFolder();
  await expect(fetching(folder)).rejects.toThrow('does not run on this machine');
  expect(await readdir(folder)).toEqual([]);
});

it('wants a Debian mirror for MySQL, which the stable suites do not have', async () => {
  await programs({ 'apt-get': 'echo "Ubuntu http://archive.example/ubuntu/"' });
  await expect(fetching(await temporaryFolder(), { flavour: 'mysql' })).rejects.toThrow('no Debian mirror');
});

it('gives apt a state of its own and none of the hooks of the machine', async () => {
  const folder = await temporaryFolder();
  await programs({ 'apt-get': `[ -e ${folder}/apt.conf ] || cp "$2" ${folder}/apt.conf; exit 1` });
  await expect(fetching(folder)).rejects.toThrow();
  const configuration = await readFile(join(folder, 'apt.conf'), 'utf8');
  expect(configuration).toContain('#clear APT::Update;');
  for (const place of ['State', 'State::lists', 'State::status', 'Cache']) {
    expect(configuration).toMatch(new RegExp(`^Dir::${place} "${folder}/`, 'm'));
  }
});
