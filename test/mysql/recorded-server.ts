import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Rows } from '../../src/mysql/link.ts';

const Row = z.record(z.string(), z.unknown());

/** One version of a server as its manual describes it: what it knows, and no more. */
const Recorded = z.object({
  version: z.string(),
  comment: z.string(),
  performance_schema: z.number(),
  /** Its system variables, of those that were ever asked for. */
  variables: Row,
  /** Tables of name and value, of connections, of group members. */
  tables: z.record(z.string(), z.unknown()),
  /** The columns of replication_group_members. */
  memberColumns: z.array(z.string()),
  /** The statements that it understands, and their rows. */
  statements: z.record(z.string(), z.array(Row)),
});

/** An error as a server words it. */
function said(errno: number, sqlMessage: string): Error {
  return Object.assign(new Error(sqlMessage), { errno, sqlMessage });
}

/** Answers as that version would: a word that it does not know is an error of its own. */
export async function recordedServer(name: string) {
  const file = new URL(`../fixtures/servers/${name}.json`, import.meta.url);
  const recorded = Recorded.parse(JSON.parse(await readFile(file, 'utf8')));
  const { version, comment } = recorded;
  return {
    identity: { version, comment, performanceSchema: recorded.performance_schema === 1, serverUid: '' },
    ask: (text: string): Promise<Rows[]> =>
      Promise.resolve(text.split(';\n').map((statement) => answer(recorded, statement))),
  };
}

function answer(recorded: z.infer<typeof Recorded>, statement: string): Rows {
  if (statement.startsWith('SELECT ')) return [select(recorded, statement)];
  const rows = recorded.statements[statement];
  if (rows === undefined) throw said(1064, `You have an error in your SQL syntax near '${statement}'`);
  return rows;
}

function select(recorded: z.infer<typeof Recorded>, statement: string): Rows[number] {
  const row: Record<string, unknown> = {};
  for (const [, name = '', alias = ''] of statement.matchAll(/@@global\.(\w+) (\w+)/g)) {
    if (!(name in recorded.variables)) throw said(1193, `Unknown system variable '${name}'`);
    row[alias] = recorded.variables[name];
  }
  for (const [, table = '', list = '', alias = ''] of statement.matchAll(
    /FROM (\S+) WHERE VARIABLE_NAME IN \(([^)]*)\)\) ?(\w*)/g,
  )) {
    const wanted = new Set(list.split(', ').map((each) => each.slice(1, -1).toLowerCase()));
    const pairs = Object.entries(z.record(z.string(), z.string()).parse(tableOf(recorded, table)));
    const found = pairs.filter(([name]) => wanted.has(name.toLowerCase()));
    row[alias] = found.length === 0 ? null : found.map((pair) => pair.join('=')).join('|');
  }
  for (const [, table = '', alias = ''] of statement.matchAll(/FROM (\S+processlist) WHERE .*?\) ?(\w*)/g)) {
    const ends = z.array(z.string()).parse(tableOf(recorded, table));
    row[alias] = ends.length === 0 ? null : ends.join('|');
  }
  for (const [, list = '', table = '', alias = ''] of statement.matchAll(
    /CONCAT_WS\(',', (.*?)\) SEPARATOR '\|'\)\s+FROM (\S+members)\) ?(\w*)/g,
  )) {
    row[alias] = members(recorded, list.split(/, (?!0)/), table);
  }
  return row;
}

function members(recorded: z.infer<typeof Recorded>, columns: readonly string[], table: string) {
  const rows = z.array(Row).parse(tableOf(recorded, table));
  const names = columns.map((column) => /\w+_\w+/.exec(column)?.[0] ?? '');
  const unknown = names.find((name) => name !== '' && !recorded.memberColumns.includes(name));
  if (unknown !== undefined) throw said(1054, `Unknown column '${unknown}' in 'field list'`);
  const lines = rows.map((row) => names.map((name) => (name === '' ? '' : String(row[name]))).join(','));
  return lines.length === 0 ? null : lines.join('|');
}

function tableOf({ tables }: z.infer<typeof Recorded>, name: string): unknown {
  if (!(name in tables)) throw said(1109, `Unknown table '${name}'`);
  return tables[name];
}
