import type { Coordinates } from './coordinates.ts';

/** One event of a binary log, as SHOW BINLOG EVENTS has it. */
export interface LogEvent {
  readonly file: string;
  readonly position: number;
  /** Where the next one begins. */
  readonly end: number;
  readonly type: string;
  readonly info: string;
}

/** What stands in a log of the log itself, and differs from server to server. */
const ofTheLog: ReadonlySet<string> = new Set([
  'Format_desc',
  'Previous_gtids',
  'Gtid_list',
  'Binlog_checkpoint',
  'Rotate',
  'Stop',
  'Heartbeat',
]);

/** An event that a primary wrote, and that every replica's log has too (orchestrator 3.2.6, section 3.3). */
export function isReplicated({ type }: LogEvent): boolean {
  return !ofTheLog.has(type);
}

/** The words of a mark that stands in the logs of all servers and nowhere twice: a pseudo-GTID. */
export type MarkOf = (event: LogEvent) => string | null;

/** PseudoGTIDPattern, a plain text or an expression; what an event says, where it matches, is the mark. */
export function markBy(pattern: string | RegExp): MarkOf {
  return ({ type, info }) => {
    const matches = typeof pattern === 'string' ? info.includes(pattern) : pattern.test(info);
    return type === 'Query' && matches ? info : null;
  };
}

/**
 * Where in the log of a source a replica goes on. `own` is what the replica's log ends with, from its last mark on;
 * `source` is what follows the same mark in the source's. Step by step both must say the same.
 */
export function placeAfter(
  own: readonly LogEvent[],
  source: readonly LogEvent[],
): { readonly at: Coordinates } | { readonly because: string } {
  const theirs = source.filter(isReplicated);
  let last: LogEvent | null = null;
  for (const [index, event] of own.filter(isReplicated).entries()) {
    const other = theirs[index];
    if (other === undefined)
      return { because: `it has ${event.file}:${event.position}, which the log of the other ends without` };
    if (other.type !== event.type || comparable(other.info) !== comparable(event.info))
      return {
        because: `its ${event.file}:${event.position} says "${shown(event)}", and ${other.file}:${other.position} of the other "${shown(other)}"`,
      };
    last = other;
  }
  return last === null
    ? { because: 'its log has nothing to go by' }
    : { at: { file: last.file, position: last.end } };
}

/** Numbers that each server gives anew: of tables and of transactions of its own. */
function comparable(info: string): string {
  return info.replace(/table_id: \d+/g, 'table_id').replace(/xid=\d+/g, 'xid');
}

function shown({ info }: LogEvent): string {
  return info.length > 60 ? `${info.slice(0, 60)}…` : info;
}
