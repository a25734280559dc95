import { BatonError } from '../../kernel/errors.ts';
import { instanceKey, type InstanceKey, parseInstanceKey } from '../../kernel/instance-key.ts';
import type { Coordinates } from '../../topology/coordinates.ts';
import type { Rows } from '../link.ts';
import type { Answers } from '../questions.ts';

type Row = Rows[number];

/** The first column of these names that the row has: servers renamed most of them. */
function column(row: Row, names: readonly string[]): string | null {
  for (const name of names) {
    const value = row[name];
    if (value === undefined) continue;
    if (value === null) return null;
    if (typeof value === 'object' && !Buffer.isBuffer(value)) throw unreadable(names, 'no plain value');
    return Buffer.isBuffer(value) ? value.toString() : `${value as string | number | bigint}`;
  }
  return null;
}

function unreadable(names: readonly string[], what: string): BatonError {
  return new BatonError('answer-unreadable', `its ${names[0]} is ${what}`);
}

/** Empty where it is NULL or not there. */
export function text(row: Row, ...names: readonly string[]): string {
  return column(row, names) ?? '';
}

/** 0 where it is NULL or not there. */
export function number(row: Row, ...names: readonly string[]): number {
  return numberOrNull(row, ...names) ?? 0;
}

export function numberOrNull(row: Row, ...names: readonly string[]): number | null {
  const value = column(row, names);
  if (value === null) return null;
  const read = Number(value);
  if (value.trim() === '' || Number.isNaN(read)) throw unreadable(names, `no number but "${shown(value)}"`);
  return read;
}

/** One that every server has. */
export function mustNumber(row: Row, ...names: readonly string[]): number {
  const read = numberOrNull(row, ...names);
  if (read === null) throw unreadable(names, 'not in its answer');
  return read;
}

/** Servers say yes as 1, ON or YES; false where it is NULL or not there. */
export function flag(row: Row, ...names: readonly string[]): boolean {
  const value = text(row, ...names);
  const word = value.toUpperCase();
  if (['1', 'ON', 'YES'].includes(word)) return true;
  if (['', '0', 'OFF', 'NO'].includes(word)) return false;
  throw unreadable(names, `neither on nor off but "${shown(value)}"`);
}

/** One that every server has. */
export function mustFlag(row: Row, ...names: readonly string[]): boolean {
  if (text(row, ...names) === '') throw unreadable(names, 'not in its answer');
  return flag(row, ...names);
}

/** When a commit waits for its replicas, in the server's words AFTER_SYNC and AFTER_COMMIT; null where it says neither. */
export function waitPoint(row: Row, ...names: readonly string[]): 'after-sync' | 'after-commit' | null {
  switch (text(row, ...names).toUpperCase()) {
    case 'AFTER_SYNC':
      return 'after-sync';
    case 'AFTER_COMMIT':
      return 'after-commit';
    default:
      return null;
  }
}

export function coordinates(file: string, position: number): Coordinates | null {
  return file === '' ? null : { file, position };
}

/**
 * One value out of a whole table, `name=value|name=value`; a name that the server does not know is left out.
 * Not GROUP_CONCAT, for which MariaDB makes a temporary table on its disk.
 */
export function pairsSql(table: string, names: readonly string[]): string {
  const list = names.map((name) => `'${name}'`).join(', ');
  const pairs = names.map(
    (name) => `CONCAT('${name}=', MAX(CASE VARIABLE_NAME WHEN '${name}' THEN VARIABLE_VALUE END))`,
  );
  return `(SELECT CONCAT_WS('|', ${pairs.join(', ')}) FROM ${table} WHERE VARIABLE_NAME IN (${list}))`;
}

/** What `pairsSql` brought, as a row with names in lower case. */
export function asRow(pairs: string): Row {
  const entries = pairs.split('|').map((pair): [string, string] => {
    const [name = '', ...value] = pair.split('=');
    return [name.toLowerCase(), value.join('=')];
  });
  return Object.fromEntries(entries);
}

/**
 * The thread states of SHOW REPLICA STATUS. MariaDB has `Preparing` besides, of a thread that its source has let in and
 * that asks it ten questions before the first event; MySQL says `Yes` then. Seen with a source 200 ms away: `Connecting`
 * for 0.5 s, `Preparing` for 2.2 s; with a silent or frozen source never `Preparing`.
 */
export function threadState(row: Row, ...names: readonly string[]): 'running' | 'connecting' | 'stopped' {
  const value = text(row, ...names);
  switch (value.toLowerCase()) {
    case 'yes':
    case 'preparing':
      return 'running';
    case 'no':
      return 'stopped';
    case 'connecting':
      return 'connecting';
    default:
      throw unreadable(names, `no state of a thread but "${shown(value)}"`);
  }
}

/** The ends of connections that take a binary log, client port and all: `10.0.0.7:51234|::1:40000`. */
export function dumpsSql(processlist: string): string {
  return `(SELECT GROUP_CONCAT(DISTINCT HOST SEPARATOR '|') FROM ${processlist} WHERE COMMAND LIKE 'Binlog Dump%')`;
}

/**
 * Whether the list of connections is worth asking for, which is dear: replicas do register, but none says its
 * own host (report_host), or the list of those that registered may not be read.
 */
export function dumpsAreWanted({ rows: { registered } }: Answers): boolean {
  if (registered === undefined) return true;
  return registered.length > 0 && registered.every((row) => text(row, 'Host') === '');
}

/**
 * Replicas that registered with their own host and port; where none did, those seen in the process
 * list, which is taken to mean the same port as their source's (orchestrator 3.2.6, section 7 rows 12-13).
 */
export function listedReplicas(registered: Rows, dumping: string, port: number): InstanceKey[] {
  const named = registered.flatMap((row) => {
    const host = text(row, 'Host');
    return host === '' ? [] : parseInstanceKey(instanceKey(host, number(row, 'Port')));
  });
  const found = named.length > 0 ? named : dumping.split('|').map((each) => hostThatDumps(each, port));
  return [...new Set(found.filter((key) => key !== null))];
}

function hostThatDumps(end: string, port: number): InstanceKey | null {
  return parseInstanceKey(instanceKey(end.replace(/:\d+$/, ''), port));
}

export const hasFilters = (row: Row): boolean =>
  [
    'Replicate_Do_DB',
    'Replicate_Ignore_DB',
    'Replicate_Do_Table',
    'Replicate_Ignore_Table',
    'Replicate_Wild_Do_Table',
    'Replicate_Wild_Ignore_Table',
  ].some((name) => text(row, name) !== '');

function shown(value: string): string {
  return value.length > 40 ? `${value.slice(0, 40)}…` : value;
}
