import { BatonError } from '../kernel/errors.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';
import type { Rows } from './link.ts';

/** One thing that a look asks a server for. */
export interface Question {
  /** A statement, or an expression of one value. */
  readonly sql: string;
  /** What it brings, as a sentence names it: `replication status`. */
  readonly about: string;
  /** The privilege it takes: `PROCESS ON *.*`. */
  readonly grant: string;
  /** Without its answer nothing is known of the server. */
  readonly isNeeded?: true;
}

/** What a look asks for: one SELECT, then the statements in their order. */
export interface Questions {
  /** What every server must tell, in the SELECT: `@@global.server_id server_id`. */
  readonly columns: readonly string[];
  /** What one may refuse, as further columns of the SELECT, by the column's name. */
  readonly scalars: Readonly<Record<string, Question>>;
  /** By a name of ours. */
  readonly statements: Readonly<Record<string, Question>>;
}

/** What came back; the scalars and statements that were not asked or were refused are not there. */
export interface Answers {
  /** The row of the SELECT. */
  readonly own: Rows[number];
  readonly rows: Readonly<Record<string, Rows | undefined>>;
  /** A sentence for each question that the server refused, by the question's name. */
  readonly lacking: ReadonlyMap<string, string>;
}

type Ask = (statements: string) => Promise<readonly Rows[]>;

/** Asks all at once, but for `unasked` and for what this server is known to refuse. */
export async function askAll(
  { columns, scalars, statements }: Questions,
  { ask, lacking, unasked }: { ask: Ask; lacking: ReadonlyMap<string, string>; unasked: ReadonlySet<string> },
): Promise<Answers> {
  const extras = Object.entries(scalars).filter(([name]) => !lacking.has(name) && !unasked.has(name));
  const others = Object.entries(statements).filter(([name]) => !lacking.has(name));
  const select = `SELECT ${[...columns, ...extras.map(([name, { sql }]) => `${sql} ${name}`)].join(', ')}`;
  const results = await ask([select, ...others.map(([, { sql }]) => sql)].join(';\n'));
  const [own] = results[0] ?? [];
  const rows = Object.fromEntries(others.map(([name], at) => [name, results[at + 1]]));
  if (own === undefined || results.length !== others.length + 1)
    throw new BatonError('answer-unreadable', 'it did not answer every question');
  return { own, rows, lacking: new Map([...lacking].filter(([name]) => !unasked.has(name))) };
}

/**
 * Asks one by one, after all at once were refused: the sentences of those that this server refuses and
 * that Baton can do without. Throws what it said to one that is needed.
 */
export async function findLacking(
  { columns, scalars, statements }: Questions,
  { ask, key, unasked }: { ask: Ask; key: InstanceKey; unasked: ReadonlySet<string> },
): Promise<ReadonlyMap<string, string>> {
  await ask(`SELECT ${columns.join(', ')}`);
  const found = new Map<string, string>();
  const alone = Object.entries(scalars).map(([name, one]) => [name, { ...one, sql: `SELECT ${one.sql}` }]);
  const all: Record<string, Question> = { ...Object.fromEntries(alone), ...statements };
  for (const [name, question] of Object.entries(all)) {
    if (unasked.has(name)) continue;
    try {
      await ask(question.sql);
    } catch (error) {
      const { sqlMessage } = error as { sqlMessage?: string };
      if (sqlMessage === undefined) throw error;
      if (question.isNeeded) throw refused(key, question, error);
      found.set(name, sentenceOf(question, error));
    }
  }
  return found;
}

function refused(key: InstanceKey, question: Question, cause: unknown): BatonError {
  return new BatonError('access-denied', `${key} cannot be read: ${sentenceOf(question, cause)}`, { cause });
}

/** ER_SPECIFIC_ACCESS_DENIED, ER_TABLEACCESS_DENIED, ER_COLUMNACCESS_DENIED and ER_DBACCESS_DENIED. */
const denials = new Set([1227, 1142, 1143, 1044]);

export function isDenied(error: unknown): boolean {
  const { errno, cause } = error as { errno?: number; cause?: unknown };
  return (errno !== undefined && denials.has(errno)) || (cause !== undefined && isDenied(cause));
}

/** What it is that may not be read, and what a person can do about it. */
export function mayNot({ about, grant }: Question): string {
  return `its ${about} may not be read; GRANT ${grant} to Baton's account there`;
}

function sentenceOf(question: Question, error: unknown): string {
  const { message } = error as Error;
  return isDenied(error)
    ? `${mayNot(question)} (${message})`
    : `its ${question.about} cannot be read (${message})`;
}
