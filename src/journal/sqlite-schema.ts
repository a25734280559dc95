import type Database from 'libsql';
import { upgradeFromTwo } from './sqlite-upgrade.ts';

/** `BATN` in ASCII, kept in the file's header, so that another program's database is never taken for ours. */
const applicationId = 0x4241544e;
const version = 3;

/**
 * Times are milliseconds since 1970. STRICT tables, so that a column holds what it says. The partial
 * index is the claim itself: no two unended runs hold one subject, whatever the code above believes.
 * An index for each question that lists runs: the newest of some kind are found without the others.
 */
const tables = `
  create table run (
    number integer primary key, uid text not null unique, workflow text not null, digest text not null,
    subject text not null, exclusive integer not null, input text not null, at integer not null,
    token integer not null, ended_at integer, end text, ack text,
    seal text not null, last_seal text not null
  ) strict;
  create unique index one_holder on run (subject) where exclusive = 1 and ended_at is null;
  create index run_that_goes_on on run (number) where ended_at is null;
  create index run_of_workflow on run (workflow, number);
  create index run_of_subject on run (subject, number);
  create index run_of_subject_and_workflow on run (subject, workflow, number);
  create table record (
    uid text not null references run (uid), seq integer not null, at integer not null,
    token integer not null, kind text not null, body text not null, seal text not null,
    primary key (uid, seq)
  ) strict, without rowid;
  create table anchor (
    seq integer primary key, at integer not null, token integer not null, ends text not null, seal text not null
  ) strict;
  create table kept (
    room text not null, name text not null, value text not null, primary key (room, name)
  ) strict;
  create table counter (name text primary key, value integer not null) strict, without rowid;
`;

/**
 * Makes the tables in an empty file, and those of today in an older file, of which `keepCopy` makes a copy
 * first. Throws a sentence for a file that is not ours or too new for us.
 */
export function prepareTables(database: Database.Database, keepCopy: (version: number) => void): void {
  const found = versionOf(database);
  if (found === version) return;
  if (found === 2) {
    keepCopy(found);
    database.exec('begin immediate');
    upgradeFromTwo(database, tables);
    database.exec(`pragma user_version = ${version}; commit`);
    return;
  }
  if (found !== null) throw new Error(otherVersion(found));
  if (database.prepare('select name from sqlite_schema').all().length > 0)
    throw new Error('it is a database of another program');
  database.exec(`begin immediate; ${tables}
    pragma user_version = ${version}; pragma application_id = ${applicationId}; commit`);
}

/** For those who only read: throws a sentence for a file that they could not understand. */
export function mustBeOfToday(database: Database.Database): void {
  const found = versionOf(database);
  if (found === null) throw new Error('it is no state file of Baton');
  if (found === 2)
    throw new Error(
      'an older Baton wrote it, without seals (schema 2); the next start of Baton with it adds them',
    );
  if (found !== version) throw new Error(otherVersion(found));
}

/** Throws a sentence for a file that was to be filled with another journal and is not whole. */
export function mustBeFilled(database: Database.Database): void {
  if (database.prepare(`select 1 from counter where name = 'filling'`).all().length > 0)
    throw new Error(
      'it was being filled with another journal, and that broke off: remove it and do it again',
    );
}

function otherVersion(found: number): string {
  return `it was written by another Baton (schema ${found}; this one knows ${version})`;
}

/** Null for a file that is not ours. */
function versionOf(database: Database.Database): number | null {
  return pragma(database, 'application_id') === applicationId ? pragma(database, 'user_version') : null;
}

function pragma(database: Database.Database, name: string): number {
  const [row] = database.prepare(`pragma ${name}`).all();
  return Number(Object(row)[name]);
}
