import { writeSync } from 'node:fs';
import { openSqliteJournal } from '../../src/journal/sqlite.ts';

/**
 * Says how many records the run before has, then appends to a run of its own, several at a time, and says the seq of each
 * that the journal says it has, until it is killed. Its arguments are a file and a number for the run.
 */
const [file = '', round = '1'] = process.argv.slice(2);
const journal = await openSqliteJournal({ file });
const before = await journal.read(`${Number(round) - 1}:aa`);
writeSync(1, `before ${before?.records.length ?? 0}\n`);
const uid = `${round}:aa`;
const at = Date.now();
const rest = { digest: 'd1', exclusive: false, input: null, at, token: 1 };
await journal.open({ uid, workflow: 'recovery', subject: 'shop', ...rest });
const appendOn = async (): Promise<never> => {
  for (;;) {
    const { seq } = await journal.append(uid, { kind: 'fired', id: 'patience' }, Date.now(), 1);
    writeSync(1, `kept ${seq}\n`);
  }
};
await Promise.all([appendOn(), appendOn(), appendOn()]);
