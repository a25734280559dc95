import type Database from 'libsql';

/** `BATN` in ASCII, kept in the file's header, so that another program's database is never taken for ours. */
const applicationId = 0x4241544e;
const version = 2;

/**
 * Times are milliseconds since 1970. STRICT tables, so that a column holds what it says. The partial
 * index is the claim itself: no two unended runs hold one subject, whatever the code above believes.
 */
const tables = `
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
`;

/** Makes the tables in an empty file; throws a sentence for a file that is not ours or too new for us. */
export function prepareTables(database: Database.Database): void {
  const found = pragma(database, 'user_version');
  if (found === version && pragma(database, 'application_id') === applicationId) return;
  if (pragma(database, 'application_id') === applicationId)
    throw new Error(`it was written by another Baton (schema ${found}; this one knows ${version})`);
  if (database.prepare('select name from sqlite_schema').all().length > 0)
    throw new Error('it is a database of another program');
  database.exec(`begin immediate; ${tables}
    pragma user_version = ${version}; pragma application_id = ${applicationId}; commit`);
}

function pragma(database: Database.Database, name: string): number {
  const [row] = database.prepare(`pragma ${name}`).all();
  return Number(Object(row)[name]);
}
