import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openForeignFile } from '../../src/journal/foreign-file.ts';
import { memoryJournal } from '../../src/journal/memory.ts';
import { readBackend } from '../../src/migration/backend.ts';
import { importedBefore, take, whatToTake } from '../../src/migration/import.ts';
import { rowsAt, statementsOf } from './a-backend.ts';

const now = Date.UTC(2026, 10, 22, 14, 0, 0);

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baton-import-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A SQLite file as orchestrator leaves it. */
async function aBackend(rows = rowsAt(now)) {
  const file = join(folder, 'orchestrator.sqlite3');
  rmSync(file, { force: true });
  const database = new Database(file);
  database.exec(`begin; ${statementsOf(rows).join('; ')}; commit`);
  database.close();
  const tables = openForeignFile(file);
  const backend = await readBackend(tables);
  tables.close();
  return backend;
}

async function imported(journal = memoryJournal()) {
  const backend = await aBackend();
  await take(await whatToTake(backend, journal, now), journal, { from: backend.name, at: now });
  return journal;
}

it('clusters, aliases, domains, rules, downtimes, tags, pools and the word that disables come into the journal', async () => {
  const journal = await imported();
  const instances = await journal.kept('instances');
  expect([...instances.keys()]).toEqual(['db1:3306', 'db2:3306', 'db3:3306']);
  const [db1, db2, db3] = [...instances.values()] as { clusterId: string; downtime: unknown }[];
  expect(db3).toMatchObject({
    clusterId: db2?.clusterId,
    server: { replication: { source: 'db2:3306' } },
    seenAt: now,
    downtime: null,
  });
  expect(db1).toMatchObject({ downtime: { owner: 'orchestrator', reason: 'lost-in-recovery' } });
  expect(db1?.clusterId).not.toBe(db2?.clusterId);
  expect(await journal.kept('aliases')).toEqual(new Map([[db2?.clusterId, 'found']]));
  expect(await journal.kept('own-aliases')).toEqual(new Map([[db2?.clusterId, 'shop']]));
  expect(await journal.kept('pools')).toEqual(
    new Map([['readers', { instances: ['db3:3306', 'db2:3306'], at: now - 4 * 60_000 }]]),
  );
  expect(await journal.kept('domains')).toEqual(new Map([[db2?.clusterId, 'shop.example']]));
  expect(await journal.kept('promotion-rules')).toEqual(new Map([['db3:3306', 'must_not']]));
  expect(await journal.kept('tags')).toEqual(new Map([['db3:3306', { role: 'backup', rack: '7' }]]));
  expect((await journal.kept('labels')).get('db2:3306')).toMatchObject({ dataCenter: 'west' });
  expect((await journal.kept('restraints')).get('disabled')).toMatchObject({ who: 'orchestrator', at: now });
});

it('past recoveries become runs that have ended, the acknowledged ones acknowledged', async () => {
  const journal = await imported();
  expect(await journal.unfinished()).toEqual([]);
  const [last, first] = await journal.list({ limit: 9 });
  expect(last).toMatchObject({
    opening: { uid: `1700000000000000000:${'a'.repeat(64)}`, workflow: 'orchestrator-recovery' },
    end: {
      state: 'recovered',
      sentence: 'orchestrator put db2:3306 in the place of db1:3306.',
      output: { successful: true, successor: 'db2:3306', lost: [{ instance: 'db9:3306' }] },
    },
    endedAt: now - 19 * 60_000,
    acknowledged: null,
  });
  expect(first).toMatchObject({
    end: { state: 'failed', output: { reason: 'no replica could be promoted' } },
    acknowledged: { by: 'ann', why: 'seen', at: now - 80 * 60_000 },
  });
});

it('a second import finds nothing to take, and one that was cut off is made whole', async () => {
  const journal = await imported();
  expect(await importedBefore(journal)).toMatchObject({ at: now });
  const again = await whatToTake(await aBackend(), journal, now + 1);
  expect(again.facts).toEqual([]);
  await journal.drop('tags', 'db3:3306');
  const rest = await whatToTake(await aBackend(), journal, now + 1);
  expect(rest.facts.map(({ room }) => room)).toEqual(['tags']);
  await take(rest, journal, { from: 'again', at: now + 1 });
  expect(await journal.list({ limit: 9 })).toHaveLength(2);
});

it('what the journal knows already stays, and its own recoveries are not put behind older ones', async () => {
  const journal = memoryJournal();
  await journal.keep('instances', 'db2:3306', { clusterId: 'c0ffee', downtime: null });
  await journal.keep('aliases', 'c0ffee', 'ours');
  const own = { uid: '1:ab', workflow: 'recovery', digest: 'd', subject: 'c0ffee', exclusive: true };
  await journal.open({ ...own, input: {}, at: now, token: 1 });
  const { facts, runs, leaves } = await whatToTake(await aBackend(), journal, now);
  expect(runs).toEqual([]);
  expect(facts.filter(({ room }) => room === 'aliases')).toEqual([]);
  const db3 = facts.find(({ room, name }) => room === 'instances' && name === 'db3:3306');
  expect(db3?.value).toMatchObject({ clusterId: 'c0ffee' });
  expect(leaves).toContainEqual(expect.stringContaining('stay as they are there: 1'));
  expect(leaves).toContainEqual(expect.stringContaining('past recoveries: 2; this journal'));
});

it('a row that makes no sense is left out and said, and the rest is taken', async () => {
  const rows = rowsAt(now);
  const bad = { cluster_name: 'db1:3306', alias: 'a\u001b[31mb' };
  const backend = await aBackend({ ...rows, cluster_alias: [...(rows['cluster_alias'] ?? []), bad] });
  expect(backend.unread).toEqual([
    { table: 'cluster_alias', count: 1, because: 'alias: a name has control characters' },
  ]);
  const { leaves } = await whatToTake(backend, memoryJournal(), now);
  expect(leaves).toContainEqual(expect.stringContaining('rows of cluster_alias that cannot be read: 1'));
});

it('a file that is no backend of orchestrator is refused', async () => {
  const file = join(folder, 'other.sqlite3');
  const other = new Database(file);
  other.exec('create table t (a)');
  other.close();
  const tables = openForeignFile(file);
  await expect(readBackend(tables)).rejects.toMatchObject({ code: 'backend-unreadable' });
  tables.close();
  expect(() => openForeignFile(join(folder, 'nowhere'))).toThrow(/nowhere cannot be read/);
});
