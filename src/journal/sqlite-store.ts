import type Database from 'libsql';
import type { Opened, Opening } from '../engine/ports.ts';
import type { JournalRecord } from '../engine/record.ts';
import type { RunHead } from './archive.ts';
import { noSeal, sealOfAnchor, sealOfOpening, sealOfRecord } from './chain.ts';
import { mayOpen } from './claim.ts';
import { endedRun, goingRun, mayFollowTheEnd, unknownRun } from './refusals.ts';
import { fillingIn } from './sqlite-filled.ts';
import { rowsOf } from './sqlite-rows.ts';
import { openingOf, type RecordRow, recordOf, type RunRow, storedIn } from './sqlite-stored.ts';

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
    `insert into run (number, uid, workflow, digest, subject, exclusive, input, at, token, seal, last_seal)
     values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?10)`,
  );
  const nextSeq = all<{ seq: number }>('select coalesce(max(seq), 0) + 1 as seq from record where uid = ?');
  const insertRecord = all(
    'insert into record (uid, seq, at, token, kind, body, seal) values (?, ?, ?, ?, ?, ?, ?)',
  );
  const sealRun = all('update run set last_seal = ? where uid = ?');
  const endRun = all('update run set ended_at = ?, end = ? where uid = ?');
  const recordsOf = all<RecordRow>(
    'select seq, at, token, body, seal from record where uid = ? order by seq',
  );
  const unended = all<RunRow>('select * from run where ended_at is null order by number');
  const newest = all<RunRow>('select * from run order by number desc limit ?');
  const newestOfWorkflow = all<RunRow>('select * from run where workflow = ? order by number desc limit ?');
  const newestOfSubject = all<RunRow>('select * from run where subject = ? order by number desc limit ?');
  const newestOfBoth = all<RunRow>(
    'select * from run where subject = ? and workflow = ? order by number desc limit ?',
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
  const deleteRecords = all('delete from record where uid = ?');
  const deleteRun = all('delete from run where uid = ?');
  const headsAfter = all<RunHead>(
    `select number, uid, workflow, subject, at, ended_at as "endedAt" from run where number > ? order by number limit ?`,
  );
  const lastAnchor = all<{ seal: string }>('select seal from anchor order by seq desc limit 1');
  const insertAnchor = all('insert into anchor (seq, at, token, ends, seal) values (?, ?, ?, ?, ?)');
  const count = all<{ value: number }>(
    `insert into counter (name, value) values (?, 1)
     on conflict (name) do update set value = value + 1 returning value`,
  );
  const next = (name: 'token' | 'run' | 'anchor') => count(name)[0]?.value ?? 1;

  const known = (uid: string): RunRow => {
    const [run] = runOf(uid);
    if (run === undefined) throw unknownRun(uid);
    return run;
  };

  return {
    ...storedIn(database),
    ...fillingIn(database),
    open(opening: Omit<Opening, 'input'>, input: string): Opened {
      const { uid, workflow, digest, subject, at, token } = opening;
      if (runOf(uid).length > 0) return { opened: true };
      const [holder] = holderOf(subject);
      const opened = mayOpen(opening, holder?.uid ?? null);
      if (!opened.opened) return opened;
      const number = next('run');
      const exclusive = Number(opening.exclusive);
      const row = { uid, workflow, digest, subject, exclusive, input, at, token };
      const seal = sealOfOpening(number, openingOf({ ...row, ended_at: null, end: null, ack: null }));
      insertRun(number, uid, workflow, digest, subject, exclusive, input, at, token, seal);
      return opened;
    },
    /** Gives the record's seq. */
    append({ uid, kind, body, at, token, end }: Appending): number {
      const run = known(uid);
      if (run.ended_at !== null && !mayFollowTheEnd(kind)) throw endedRun(uid);
      const seq = nextSeq(uid)[0]?.seq ?? 1;
      const seal = sealOfRecord(run.last_seal, recordOf({ seq, at, token, body }));
      insertRecord(uid, seq, at, token, kind, body, seal);
      sealRun(seal, uid);
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
    /** Of one of these workflows; null for any. */
    list(workflows: readonly string[] | null, subject: string | null, limit: number): readonly RunRow[] {
      if (workflows === null) return subject === null ? newest(limit) : newestOfSubject(subject, limit);
      const found = [...new Set(workflows)].flatMap((workflow) =>
        subject === null ? newestOfWorkflow(workflow, limit) : newestOfBoth(subject, workflow, limit),
      );
      return found.toSorted((one, other) => other.number - one.number).slice(0, limit);
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
    heads(after: number, limit: number): readonly RunHead[] {
      return headsAfter(after, limit);
    },
    leaveOut(uids: readonly string[], at: number, token: number): void {
      const runs = uids.map(known);
      const going = runs.find(({ ended_at }) => ended_at === null);
      if (going !== undefined) throw goingRun(going.uid);
      const ends = runs.map(({ number, last_seal }) => ({ number, seal: last_seal }));
      const before = lastAnchor()[0]?.seal ?? noSeal;
      const seq = next('anchor');
      const seal = sealOfAnchor(before, { seq, at, token, ends });
      insertAnchor(seq, at, token, JSON.stringify(ends), seal);
      for (const { uid } of runs) {
        deleteRecords(uid);
        deleteRun(uid);
      }
    },
    nextToken(): number {
      return next('token');
    },
  };
}
