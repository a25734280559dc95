import type Database from 'libsql';
import type { Opened, Opening } from '../engine/ports.ts';
import type { JournalRecord } from '../engine/record.ts';
import { mayOpen } from './claim.ts';
import { endedRun, goingRun, mayFollowTheEnd, unknownRun } from './refusals.ts';

/** A row of the table run, as it stands there: `input`, `end` and `ack` are JSON. */
export interface RunRow {
  readonly uid: string;
  readonly workflow: string;
  readonly digest: string;
  readonly subject: string;
  readonly exclusive: number;
  readonly input: string;
  readonly at: number;
  readonly token: number;
  readonly ended_at: number | null;
  readonly end: string | null;
  readonly ack: string | null;
}

/** A row of the table record; `body` is the entry as JSON. */
export interface RecordRow {
  readonly seq: number;
  readonly at: number;
  readonly token: number;
  readonly body: string;
}

/** A record to be appended. `end` is what an entry of kind `ended` says, as JSON; null for the others. */
export interface Appending {
  readonly uid: string;
  readonly kind: JournalRecord['kind'];
  readonly body: string;
  readonly at: number;
  readonly token: number;
  readonly end: string | null;
}

export type Store = ReturnType<typeof storeIn>;

/**
 * The journal's verbs on its tables. They begin and end no transaction: whoever calls them does, and
 * may put several into one. A verb that throws a BatonError has changed nothing.
 */
export function storeIn(database: Database.Database) {
  const all = rowsOf(database);
  const runOf = all<RunRow>('select * from run where uid = ?');
  const holderOf = all<{ uid: string }>(
    'select uid from run where subject = ? and exclusive = 1 and ended_at is null',
  );
  const insertRun = all(
    `insert into run (uid, workflow, digest, subject, exclusive, input, at, token)
     values (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const nextSeq = all<{ seq: number }>('select coalesce(max(seq), 0) + 1 as seq from record where uid = ?');
  const insertRecord = all('insert into record (uid, seq, at, token, kind, body) values (?, ?, ?, ?, ?, ?)');
  const endRun = all('update run set ended_at = ?, end = ? where uid = ?');
  const recordsOf = all<RecordRow>('select seq, at, token, body from record where uid = ? order by seq');
  const unended = all<RunRow>('select * from run where ended_at is null order by rowid');
  const newest = all<RunRow>(
    `select * from run where (?1 is null or workflow in (select value from json_each(?1))) and (?2 is null or subject = ?2)
     order by rowid desc limit ?3`,
  );
  const acknowledgeRun = all('update run set ack = coalesce(ack, ?) where uid = ?');
  const upsertKept = all(
    `insert into kept (room, name, value) values (?, ?, ?)
     on conflict (room, name) do update set value = excluded.value`,
  );
  const keptIn = all<{ name: string; value: string }>(
    'select name, value from kept where room = ? order by rowid',
  );
  const deleteKept = all('delete from kept where room = ? and name = ?');
  const count = all<{ value: number }>(
    `insert into counter (name, value) values (?, 1)
     on conflict (name) do update set value = value + 1 returning value`,
  );

  const known = (uid: string): RunRow => {
    const [run] = runOf(uid);
    if (run === undefined) throw unknownRun(uid);
    return run;
  };

  return {
    open(opening: Omit<Opening, 'input'>, input: string): Opened {
      const { uid, workflow, digest, subject, exclusive, at, token } = opening;
      if (runOf(uid).length > 0) return { opened: true };
      const [holder] = holderOf(subject);
      const opened = mayOpen(opening, holder?.uid ?? null);
      if (opened.opened) insertRun(uid, workflow, digest, subject, Number(exclusive), input, at, token);
      return opened;
    },
    /** Gives the record's seq. */
    append({ uid, kind, body, at, token, end }: Appending): number {
      if (known(uid).ended_at !== null && !mayFollowTheEnd(kind)) throw endedRun(uid);
      const seq = nextSeq(uid)[0]?.seq ?? 1;
      insertRecord(uid, seq, at, token, kind, body);
      if (end !== null) endRun(at, end, uid);
      return seq;
    },
    read(uid: string): { run: RunRow; records: readonly RecordRow[] } | null {
      const [run] = runOf(uid);
      return run === undefined ? null : { run, records: recordsOf(uid) };
    },
    unfinished(): readonly RunRow[] {
      return unended();
    },
    /** `workflows` is a list of names in JSON. */
    list(workflows: string | null, subject: string | null, limit: number): readonly RunRow[] {
      return newest(workflows, subject, limit);
    },
    acknowledge(uid: string, ack: string): void {
      if (known(uid).ended_at === null) throw goingRun(uid);
      acknowledgeRun(ack, uid);
    },
    keep(room: string, name: string, value: string): void {
      upsertKept(room, name, value);
    },
    kept(room: string): readonly { name: string; value: string }[] {
      return keptIn(room);
    },
    drop(room: string, name: string): void {
      deleteKept(room, name);
    },
    nextToken(): number {
      return count('token')[0]?.value ?? 1;
    },
  };
}

/** Prepares a statement once and gives a function that runs it and returns its rows. */
function rowsOf(database: Database.Database) {
  return <Row>(sql: string) => {
    const statement = database.prepare(sql);
    // The tables are STRICT, so a row is what the schema says.
    return (...values: (string | number | null)[]) => statement.all(...values) as Row[];
  };
}
