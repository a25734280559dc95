import type Database from 'libsql';
import type { Anchor, Extent, Fact, StoredRun } from './archive.ts';
import { rowsOf } from './sqlite-rows.ts';

/** A row of the table run, as it stands there: `input`, `end` and `ack` are JSON. */
export interface RunRow {
  readonly number: number;
  readonly uid: string;
  readonly workflow: string;
  readonly digest: string;
  readonly subject: string;
  readonly exclusive: number;
  readonly input: string;
  readonly at: number;
  readonly token: number;
  readonly ended_at: number | null;
  readonly end: string | null;
  readonly ack: string | null;
  readonly seal: string;
  readonly last_seal: string;
}

/** A row of the table record; `body` is the entry as JSON. */
export interface RecordRow {
  readonly seq: number;
  readonly at: number;
  readonly token: number;
  readonly body: string;
  readonly seal: string;
}

interface AnchorRow extends Omit<Anchor, 'ends'> {
  readonly ends: string;
}

/** The verbs that read the tables as they are: each gives what was sealed. */
export function storedIn(database: Database.Database) {
  const all = rowsOf(database);
  const runsAfter = all<RunRow>('select * from run where number > ? order by number limit ?');
  const recordsOf = all<RecordRow>(
    'select seq, at, token, body, seal from record where uid = ? order by seq',
  );
  const anchorsAfter = all<AnchorRow>('select * from anchor where seq > ? order by seq limit ?');
  const everyFact = all<{ room: string; name: string; value: string }>(
    'select room, name, value from kept order by rowid',
  );
  const counters = all<{ name: string; value: number }>('select name, value from counter');

  return {
    extent(): Extent {
      const counted = new Map(counters().map(({ name, value }) => [name, value]));
      return { runs: counted.get('run') ?? 0, anchors: counted.get('anchor') ?? 0 };
    },
    stored(after: number, limit: number): readonly StoredRun[] {
      return runsAfter(after, limit).map((row) => ({
        number: row.number,
        uid: row.uid,
        opening: openingOf(row),
        seal: row.seal,
        records: recordsOf(row.uid).map((record) => ({ record: recordOf(record), seal: record.seal })),
        lastSeal: row.last_seal,
        end: row.ended_at === null ? null : { ...object(row.end ?? 'null'), at: row.ended_at },
        acknowledged: row.ack === null ? null : parsed(row.ack),
      }));
    },
    anchors(after: number, limit: number): readonly Anchor[] {
      return anchorsAfter(after, limit).map(({ ends, ...anchor }) => {
        const read = parsed(ends);
        return { ...anchor, ends: Array.isArray(read) ? read : [] };
      });
    },
    facts(): readonly Fact[] {
      return everyFact().map(({ room, name, value }) => ({ room, name, value: parsed(value) }));
    },
  };
}

/** The opening that is sealed. */
export function openingOf(row: Omit<RunRow, 'number' | 'seal' | 'last_seal'>) {
  const { uid, workflow, digest, subject, exclusive, input, at, token } = row;
  const opening = { uid, workflow, digest, subject, exclusive: exclusive === 1, at, token };
  return { ...opening, input: parsed(input) };
}

/** The record that is sealed. */
export function recordOf({ body, seq, at, token }: Omit<RecordRow, 'seal'>): object {
  return { ...object(body), seq, at, token };
}

/** What cannot be read is given as it stands: its seal will not fit. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function object(text: string): object {
  const value = parsed(text);
  return typeof value === 'object' && value !== null ? value : { unreadable: text };
}
