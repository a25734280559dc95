import { accessSync, constants } from 'node:fs';
import Database from 'libsql';
import { BatonError, messageOf } from '../kernel/errors.ts';

/** A row as SQL gives it, by the names of its columns. */
type Row = Readonly<Record<string, unknown>>;

/**
 * The tables of another program's SQLite file, read and never written. Throws `backend-unreadable` where it is none.
 *
 * DANGER: not for the state file of this process, whose lock would be dropped by it (sqlite-file.ts).
 */
export function openForeignFile(file: string) {
  const unreadable = (error: unknown) =>
    new BatonError('backend-unreadable', `${file} cannot be read: ${messageOf(error)}`, { cause: error });
  try {
    accessSync(file, constants.R_OK);
    const database = new Database(file, { readonly: true });
    const isThere = database.prepare("select name from sqlite_schema where type = 'table' and name = ?");
    // A file that is no database is found out by the first question.
    isThere.all('');
    return {
      name: file,
      /** All rows of a table; null where there is none of that name. */
      async rows(table: string): Promise<readonly Row[] | null> {
        try {
          if (isThere.all(table).length === 0) return null;
          return database.prepare(`select * from "${table.replaceAll('"', '""')}"`).all() as Row[];
        } catch (error) {
          throw unreadable(error);
        }
      },
      close: (): void => void database.close(),
    };
  } catch (error) {
    throw unreadable(error);
  }
}
