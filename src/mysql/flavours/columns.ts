import { instanceKey, type InstanceKey, parseInstanceKey } from '../../kernel/instance-key.ts';
import type { Coordinates } from '../../topology/coordinates.ts';
import type { Rows } from '../link.ts';

type Row = Rows[number];

/** The first column of these names that the row has: servers renamed most of them. */
function column(row: Row, ...names: readonly string[]): unknown {
  for (const name of names) if (row[name] !== undefined) return row[name];
  return null;
}

export function text(row: Row, ...names: readonly string[]): string {
  const value = column(row, ...names);
  // The driver gives scalars and, for blobs, buffers; none of the columns we ask for is a structure.
  return value === null ? '' : `${value as string | number | bigint}`;
}

export function number(row: Row, ...names: readonly string[]): number {
  return Number(column(row, ...names) ?? 0);
}

export function numberOrNull(row: Row, ...names: readonly string[]): number | null {
  const value = column(row, ...names);
  return value === null ? null : Number(value);
}

/** Servers say yes as 1, ON or YES. */
export function flag(row: Row, ...names: readonly string[]): boolean {
  return ['1', 'ON', 'YES'].includes(text(row, ...names).toUpperCase());
}

export function coordinates(file: string, position: number): Coordinates | null {
  return file === '' ? null : { file, position };
}

/** SHOW VARIABLES and SHOW STATUS as one row. */
export function asRow(pairs: Rows): Row {
  return Object.fromEntries(pairs.map((pair) => [text(pair, 'Variable_name').toLowerCase(), pair['Value']]));
}

/** The thread states of SHOW REPLICA STATUS. */
export function threadState(value: string): 'running' | 'connecting' | 'stopped' {
  switch (value.toLowerCase()) {
    case 'yes':
      return 'running';
    case 'no':
      return 'stopped';
    default:
      return 'connecting';
  }
}

/**
 * Replicas that registered with their own host and port; where none did, those seen in the process
 * list, which is taken to mean the same port as their source's (orchestrator 3.2.6, section 7 rows 12-13).
 */
export function listedReplicas(registered: Rows, dumping: Rows, port: number): InstanceKey[] {
  const named = registered.flatMap((row) => {
    const host = text(row, 'Host');
    return host === '' ? [] : [instanceKey(host, number(row, 'Port'))];
  });
  const found =
    named.length > 0 ? named : dumping.map((row) => parseInstanceKey(text(row, 'replica_host'), port));
  return [...new Set(found.filter((key) => key !== null))];
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
