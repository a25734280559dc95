import type Database from 'libsql';

/** Prepares a statement once and gives a function that runs it and returns its rows. */
export function rowsOf(database: Database.Database) {
  return <Row>(sql: string) => {
    const statement = database.prepare(sql);
    // The tables are STRICT, so a row is what the schema says.
    return (...values: (string | number | null)[]) => statement.all(...values) as Row[];
  };
}
