import { writeSync } from 'node:fs';
import { openSqliteJournal } from '../../src/journal/sqlite.ts';
import { BatonError } from '../../src/kernel/errors.ts';

/**
 * Appends to the run 1:aa, all at once, and kills its own process at the moment the last is said to
 * be kept. Prints that one's seq. Its arguments are a file and how many to append.
 */
const [file = '', count] = process.argv.slice(2);
try {
  const journal = await openSqliteJournal({ file });
  const appends = Array.from({ length: Number(count) }, () =>
    journal.append('1:aa', { kind: 'fired', id: 'patience' }, Date.now(), 1),
  );
  const records = await Promise.all(appends);
  writeSync(1, `${records.at(-1)?.seq}\n`);
  process.kill(process.pid, 'SIGKILL');
} catch (error) {
  if (!(error instanceof BatonError)) throw error;
  console.error(error.code, error.message);
  process.exitCode = error.exit;
}
