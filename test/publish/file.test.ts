import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { filePublisher } from '../../src/publish/file.ts';
import { publisherContract, shop } from './contract.ts';

const { signal } = new AbortController();

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'baton-publish-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'primaries');
}

publisherContract('files', async () => filePublisher(await aFolder()));

it('a file holds the cluster and its primary, and nothing else lies beside it', async () => {
  const folder = await aFolder();
  await filePublisher(folder).publish({ ...shop, alias: '../a b' }, 'db1:3306', signal);
  expect(await readdir(folder)).toEqual(['..%2Fa%20b.json']);
  const text = await readFile(join(folder, '..%2Fa%20b.json'), 'utf8');
  expect(JSON.parse(text)).toEqual({
    cluster: { ...shop, alias: '../a b' },
    primary: 'db1:3306',
    hostname: 'db1',
    port: 3306,
  });
});

it('a file that somebody has spoiled is not known, and is written anew', async () => {
  const folder = await aFolder();
  const publisher = filePublisher(folder);
  await publisher.publish(shop, 'db1:3306', signal);
  await writeFile(join(folder, 'shop.json'), '{');
  expect(await publisher.published(shop, signal)).toEqual(['unknown']);
  await publisher.publish(shop, 'db1:3306', signal);
  expect(await publisher.published(shop, signal)).toEqual(['db1:3306']);
});
