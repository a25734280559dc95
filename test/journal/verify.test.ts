import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqliteJournal } from '../../src/journal/sqlite.ts';
import type { Fault } from '../../src/journal/verify.ts';
import { anOpening, ended, fired, verified } from './contract.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-verify-'));
  file = join(folder, 'baton.sqlite');
  const journal = await openSqliteJournal({ file });
  for (const uid of ['1:aa', '2:bb', '3:cc', '4:dd', '5:ee']) {
    await journal.open(anOpening({ uid }));
    for (const at of [1_001, 1_002, 1_003]) await journal.append(uid, fired, at, 1);
    await journal.append(uid, ended, 2_000, 1);
  }
  await journal.leaveOut(['1:aa'], 3_000, 1);
  await journal.leaveOut(['2:bb'], 4_000, 1);
  await journal.close();
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** What is found after somebody had their hands in the file. */
async function foundAfter(sql: string): Promise<readonly Fault[]> {
  const hand = new Database(file);
  hand.exec(`pragma foreign_keys = off; ${sql}`);
  hand.close();
  const journal = await openSqliteJournal({ file });
  try {
    return (await verified(journal)).faults;
  } finally {
    await journal.close();
  }
}

const run3 = 'run 3 (3:cc)';
const told: readonly (readonly [what: string, sql: string, faults: readonly Fault[]])[] = [
  ['nothing was done', '', []],
  [
    'a record was edited',
    `update record set body = '{"kind":"fired","id":"haste"}' where uid = '3:cc' and seq = 2`,
    [{ where: run3, what: 'record 2 was edited' }],
  ],
  [
    'the time of a record was edited',
    `update record set at = 999 where uid = '3:cc' and seq = 2`,
    [{ where: run3, what: 'record 2 was edited' }],
  ],
  [
    'a record can no longer be read',
    `update record set body = 'torn' where uid = '3:cc' and seq = 2`,
    [{ where: run3, what: 'record 2 was edited' }],
  ],
  [
    'a record was taken out',
    `delete from record where uid = '3:cc' and seq = 2`,
    [{ where: run3, what: 'record 2 is missing' }],
  ],
  [
    'the last records were taken out, and the end beside them',
    `delete from record where uid = '3:cc' and seq > 2; update run set ended_at = null, end = null where uid = '3:cc'`,
    [{ where: run3, what: 'what came after record 2 is missing, or its last seal was edited' }],
  ],
  [
    'two records changed places, seals and all',
    `update record set seq = 9 where uid = '3:cc' and seq = 2; update record set seq = 2 where uid = '3:cc' and seq = 3;
     update record set seq = 3 where uid = '3:cc' and seq = 9`,
    [
      { where: run3, what: 'record 2 stands in the place of another; it was record 3' },
      { where: run3, what: 'record 3 stands in the place of another; it was record 2' },
    ],
  ],
  [
    'the opening was edited',
    `update run set subject = 'billing' where uid = '3:cc'`,
    [{ where: run3, what: 'its opening was edited' }],
  ],
  [
    'the end was edited where it stands beside the records',
    `update run set end = '{"state":"failed","sentence":"It failed.","output":null}' where uid = '3:cc'`,
    [{ where: run3, what: 'how it ended was edited, beside its records' }],
  ],
  [
    'whole runs were taken out',
    `delete from run where number in (3, 4); delete from record where uid in ('3:cc', '4:dd')`,
    [{ where: 'the journal', what: 'runs 3 to 4 are missing, and no anchor speaks for them' }],
  ],
  [
    'the newest run was taken out',
    `delete from run where number = 5; delete from record where uid = '5:ee'`,
    [{ where: 'the journal', what: 'run 5 is missing, and no anchor speaks for it' }],
  ],
  [
    'an anchor was edited',
    `update anchor set ends = replace(ends, '"number":1', '"number":3') where seq = 1`,
    [
      { where: 'anchor 1', what: 'it was edited, or the one before it was taken out' },
      { where: 'the journal', what: 'run 1 is missing, and no anchor speaks for it' },
    ],
  ],
  [
    'the first anchor was taken out',
    'delete from anchor where seq = 1',
    [
      { where: 'anchor 1', what: 'it is missing' },
      { where: 'anchor 2', what: 'it was edited, or the one before it was taken out' },
      { where: 'the journal', what: 'run 1 is missing, and no anchor speaks for it' },
    ],
  ],
  [
    'the last anchor was taken out',
    'delete from anchor where seq = 2',
    [
      { where: 'the journal', what: 'run 2 is missing, and no anchor speaks for it' },
      { where: 'the journal', what: 'anchor 2 is missing, of 2' },
    ],
  ],
];

describe('a look through the journal', () => {
  it.each(told)('says which run and which record, where %s', async (_, sql, faults) => {
    expect(await foundAfter(sql)).toEqual(faults);
  });
});
