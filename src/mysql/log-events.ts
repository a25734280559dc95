import mysql from 'mysql2';
import type { Coordinates } from '../topology/coordinates.ts';
import type { LogEvent } from '../topology/pseudo-gtid.ts';
import { mustNumber, text } from './flavours/columns.ts';
import type { Rows } from './link.ts';

export const filesQuery = 'SHOW BINARY LOGS';

/** The files of a binary log, the oldest first. */
export function filesIn(rows: Rows): readonly string[] {
  return rows.map((row) => text(row, 'Log_name'));
}

export function eventsQuery({ from, limit }: { readonly from: Coordinates; readonly limit: number }): string {
  return `SHOW BINLOG EVENTS IN ${mysql.escape(from.file)} FROM ${from.position} LIMIT ${limit}`;
}

export function eventsIn(rows: Rows): readonly LogEvent[] {
  return rows.map((row) => ({
    file: text(row, 'Log_name'),
    position: mustNumber(row, 'Pos'),
    end: mustNumber(row, 'End_log_pos'),
    type: text(row, 'Event_type'),
    info: text(row, 'Info'),
  }));
}
