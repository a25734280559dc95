import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openSqliteJournal } from '../../src/journal/sqlite.ts';
import { ended, fired, verified } from './contract.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-upgrade-'));
  file = join(folder, 'baton.sqlite');
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** As version 0.1 before seals made it: schema 2. */
function oldFile(): void {
  const old = new Database(file);
  old.exec(`pragma journal_mode = wal;
    create table run (
      uid text primary key, workflow text not null, digest text not null, subject text not null,
      exclusive integer not null, input text not null, at integer not null, token integer not null,
      ended_at integer, end text, ack text
    ) strict;
    create unique index one_holder on run (subject) where exclusive = 1 and ended_at is null;
    create index run_of_subject on run (subject, ended_at);
    create table record (
      uid text not null references run (uid), seq integer not null, at integer not null,
      token integer not null, kind text not null, body text not null,
      primary key (uid, seq)
    ) strict, without rowid;
    create table kept (
      room text not null, name text not null, value text not null, primary key (room, name)
    ) strict;
    create table counter (name text primary key, value integer not null) strict, without rowid;
    insert into run values ('1:aa', 'recovery', 'd1', 'shop', 1, '{"failed":"db1:3306"}', 1000, 1, 1002,
      '{"state":"recovered","sentence":"A successor serves the cluster.","output":{"successor":"db2:3306"}}', null);
    insert into run values ('2:bb', 'recovery', 'd1', 'shop', 1, 'null', 1003, 1, null, null, null);
    insert into record values ('1:aa', 1, 1001, 1, 'fired', '{"kind":"fired","id":"patience"}');
    insert into record values ('1:aa', 2, 1002, 1, 'ended', '${JSON.stringify(ended)}');
    insert into record values ('2:bb', 1, 1004, 1, 'fired', '{"kind":"fired","id":"patience"}');
    insert into kept values ('flags', 'disabled', 'true');
    insert into counter values ('token', 4);
    pragma user_version = 2; pragma application_id = ${0x4241544e};`);
  old.close();
}

it('a state file of an older version is brought up to date, sealed, with all that was in it', async () => {
  oldFile();
  const journal = await openSqliteJournal({ file });
  try {
    expect((await journal.unfinished()).map(({ uid }) => uid)).toEqual(['2:bb']);
    expect((await journal.read('1:aa'))?.records).toEqual([
      { ...fired, seq: 1, at: 1001, token: 1 },
      { ...ended, seq: 2, at: 1002, token: 1 },
    ]);
    expect(await journal.kept('flags')).toEqual(new Map([['disabled', true]]));
    expect(await journal.nextToken()).toBe(5);
    await journal.append('2:bb', ended, 1_005, 5);
    expect(await verified(journal)).toMatchObject({ runs: 2, records: 4, faults: [] });
  } finally {
    await journal.close();
  }
});

it('a copy of the older file is made first, for its owner alone, and is not touched by the next start', async () => {
  oldFile();
  await (await openSqliteJournal({ file })).close();
  const copy = `${file}.v2.bak`;
  expect((await readdir(folder)).toSorted()).toEqual(['baton.sqlite', 'baton.sqlite.v2.bak']);
  const { mode, mtimeMs } = await stat(copy);
  expect(mode & 0o777).toBe(0o600);
  await (await openSqliteJournal({ file })).close();
  expect((await stat(copy)).mtimeMs).toBe(mtimeMs);
  const kept = new Database(copy);
  expect(kept.prepare('pragma user_version').all()).toEqual([{ user_version: 2 }]);
  expect(kept.prepare('select count(*) as runs from run').all()).toEqual([{ runs: 2 }]);
  kept.close();
});

it('a copy of the older file can be put back, and is brought up to date again', async () => {
  oldFile();
  await (await openSqliteJournal({ file })).close();
  const journal = await openSqliteJournal({ file: `${file}.v2.bak` });
  expect(await verified(journal)).toMatchObject({ runs: 2, faults: [] });
  await journal.close();
});

it('an older file whose copy cannot be made is left as it is', async () => {
  oldFile();
  const inTheWay = join(`${file}.v2.bak`, 'a folder');
  await mkdir(inTheWay, { recursive: true });
  await expect(openSqliteJournal({ file })).rejects.toMatchObject({ code: 'journal-broken' });
  const old = new Database(file);
  expect(old.prepare('pragma user_version').all()).toEqual([{ user_version: 2 }]);
  old.close();
});
