import type Database from 'libsql';
import { sealOfOpening, sealOfRecord } from './chain.ts';
import { rowsOf } from './sqlite-rows.ts';
import { openingOf, type RecordRow, recordOf, type RunRow } from './sqlite-stored.ts';

type OldRun = Omit<RunRow, 'number' | 'seal' | 'last_seal'>;
type OldRecord = Omit<RecordRow, 'seal'> & { readonly uid: string; readonly kind: string };

/**
 * From the schema of version 0.1, which had no seals, to `tables`, within a transaction of the caller's: every run gets its number in
 * the order of the openings, and every record its seal. What was edited before cannot be told.
 */
export function upgradeFromTwo(database: Database.Database, tables: string): void {
  database.exec(`
    alter table run rename to old_run; alter table record rename to old_record; alter table kept rename to old_kept;
    alter table counter rename to old_counter; drop index one_holder; drop index run_of_subject; ${tables}
    insert into kept select * from old_kept order by old_kept.rowid; insert into counter select * from old_counter;`);
  const all = rowsOf(database);
  const olds = all<{ uid: string }>('select uid from old_run order by rowid');
  const runOf = all<OldRun>('select * from old_run where uid = ?');
  const recordsOf = all<OldRecord>('select * from old_record where uid = ? order by seq');
  const insertRun = all(`insert into run values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const insertRecord = all('insert into record values (?, ?, ?, ?, ?, ?, ?)');
  const uids = olds();
  uids.forEach(({ uid }, index) => {
    const [old] = runOf(uid);
    if (old === undefined) return;
    const number = index + 1;
    const seal = sealOfOpening(number, openingOf(old));
    const seals = [seal];
    const sealedRecords = recordsOf(uid).map((record) => {
      seals.push(sealOfRecord(seals.at(-1) ?? seal, recordOf(record)));
      return { ...record, seal: seals.at(-1) ?? seal };
    });
    const { workflow, digest, subject, exclusive, input, at, token, ended_at, end, ack } = old;
    const claim = [workflow, digest, subject, exclusive, input, at, token, ended_at, end, ack];
    insertRun(number, uid, ...claim, seal, seals.at(-1) ?? seal);
    for (const one of sealedRecords)
      insertRecord(uid, one.seq, one.at, one.token, one.kind, one.body, one.seal);
  });
  all(`insert into counter (name, value) values ('run', ?)`)(uids.length);
  database.exec('drop table old_record; drop table old_run; drop table old_kept; drop table old_counter');
}
