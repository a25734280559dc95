import { mkdtemp, readdir, readFile, rm, unlink, watch, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { trackFilePublisher } from '../../src/publish/track-file.ts';
import { shop } from './contract.ts';

const { signal } = new AbortController();

async function three() {
  const folder = await mkdtemp(join(tmpdir(), 'baton-role-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const names = ['db1', 'db2', 'db3'];
  const publisher = trackFilePublisher(
    Object.fromEntries(names.map((name) => [`${name}:3306`, join(folder, name)])),
  );
  for (const name of names) await writeFile(join(folder, name), '1');
  const values = async () =>
    (await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8'))))
      .map((text) => text.trim())
      .join('');
  return { folder, publisher, values };
}

it('allows the address beside the primary and forbids it beside all others', async () => {
  const { folder, publisher, values } = await three();
  expect(await publisher.published(shop, signal)).toEqual([null]);
  await publisher.publish(shop, 'db2:3306', signal);
  expect(await values()).toBe('101');
  expect(await publisher.published(shop, signal)).toEqual(['db2:3306']);
  expect(await readdir(folder)).toEqual(['db1', 'db2', 'db3']);
});

it('forbids it everywhere when the primary is withdrawn', async () => {
  const { publisher, values } = await three();
  await publisher.publish(shop, 'db2:3306', signal);
  await publisher.withdraw(shop, signal);
  expect(await values()).toBe('111');
});

it('allows the new one before it forbids the old one', async () => {
  const { folder, publisher } = await three();
  await publisher.publish(shop, 'db1:3306', signal);
  const seen: string[] = [];
  const end = new AbortController();
  const watching = (async () => {
    for await (const { filename } of watch(folder, { signal: end.signal }))
      if (filename === 'db1' || filename === 'db2') seen.push(filename);
  })().catch(() => {});
  await publisher.publish(shop, 'db2:3306', signal);
  end.abort();
  await watching;
  expect(seen.indexOf('db2')).toBe(0);
});

it('tells of what is not right as of none: a missing file allows, and two that allow are two', async () => {
  const { folder, publisher } = await three();
  await writeFile(join(folder, 'db1'), '0');
  await writeFile(join(folder, 'db3'), 'junk');
  expect(await publisher.published(shop, signal)).toEqual(['db1:3306', 'db3:3306']);
  await unlink(join(folder, 'db2'));
  expect(await publisher.published(shop, signal)).toEqual(['unknown']);
});

it('takes the address from all where none is named for the primary, and says so', async () => {
  const { publisher, values } = await three();
  await publisher.publish(shop, 'db1:3306', signal);
  await expect(publisher.publish(shop, 'db9:3306', signal)).rejects.toThrow(/no file is named for db9:3306/);
  expect(await values()).toBe('111');
});

it('forbids those that it can where one cannot be written, and says which', async () => {
  const { folder, publisher, values } = await three();
  await publisher.publish(shop, 'db1:3306', signal);
  const broken = trackFilePublisher({
    'db1:3306': join(folder, 'db1'),
    'db9:3306': join(folder, 'no', 'db9'),
  });
  await expect(broken.withdraw(shop, signal)).rejects.toThrow(/no\/db9/);
  expect(await values()).toBe('111');
});
