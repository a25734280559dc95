import type { Opening, RunSummary } from '../engine/ports.ts';
import type { Entry, JournalRecord } from '../engine/record.ts';
import { BatonError, messageOf } from '../kernel/errors.ts';
import type { ArchivedJournal } from './archive.ts';
import type { RecordRow, RunRow } from './sqlite-stored.ts';
import { SqliteThread } from './sqlite-thread.ts';
import { asEntry, asOpening, asRecord, asSummary, written } from './written.ts';

/**
 * The journal of a single controller: one file, held alone for as long as the journal is open. The
 * file is made where there is none; one of an older version is brought up to date, a copy of it beside it. Throws `journal-busy` and `journal-broken`.
 */
export async function openSqliteJournal({ file }: { file: string }): Promise<ArchivedJournal> {
  const thread = await SqliteThread.start(file, 'write');
  const reading = <Value>(read: () => Value): Value => {
    try {
      return read();
    } catch (error) {
      throw new BatonError('journal-broken', `${file}: ${messageOf(error)}`, { cause: error });
    }
  };

  return {
    async open(opening) {
      const { input, ...rest } = asOpening(opening);
      return thread.ask('open', rest, written(input));
    },
    async append(uid, entry, at, token) {
      const record = asRecord({ seq: 0, at, token }, entry);
      const row = { uid, kind: record.kind, body: written(asEntry(entry)), at: record.at, token };
      return { ...record, seq: await thread.ask('append', { ...row, end: endIn(record) }) };
    },
    async read(uid) {
      const found = await thread.ask('read', uid);
      if (found === null) return null;
      return reading(() => ({ opening: openingIn(found.run), records: found.records.map(recordIn) }));
    },
    async unfinished() {
      const rows = await thread.ask('unfinished');
      return reading(() => rows.map(openingIn));
    },
    async list({ workflow, subject, limit }) {
      const rows = await thread.ask(
        'list',
        workflow === undefined ? null : [workflow].flat(),
        subject ?? null,
        limit,
      );
      return reading(() => rows.map(summaryIn));
    },
    acknowledge: (uid, by, why, at) => thread.ask('acknowledge', uid, written({ by, why, at })),
    keep: (room, name, value) => thread.ask('keep', room, name, written(value)),
    async kept(room) {
      const rows = await thread.ask('kept', room);
      return reading(() => new Map(rows.map(({ name, value }) => [name, JSON.parse(value)])));
    },
    drop: (room, name) => thread.ask('drop', room, name),
    nextToken: () => thread.ask('nextToken'),
    extent: () => thread.ask('extent'),
    stored: (after, limit) => thread.ask('stored', after, limit),
    anchors: (after, limit) => thread.ask('anchors', after, limit),
    facts: () => thread.ask('facts'),
    heads: (after, limit) => thread.ask('heads', after, limit),
    leaveOut: (uids, at, token) => thread.ask('leaveOut', uids, at, token),
    close: () => thread.close(),
  };
}

function endIn(entry: Entry): string | null {
  if (entry.kind !== 'ended') return null;
  const { state, sentence, output } = entry;
  return written({ state, sentence, output });
}

function openingIn({ uid, workflow, digest, subject, exclusive, input, at, token }: RunRow): Opening {
  const opening = { uid, workflow, digest, subject, exclusive: exclusive === 1, at, token };
  return asOpening({ ...opening, input: JSON.parse(input) });
}

function recordIn({ body, seq, at, token }: RecordRow): JournalRecord {
  return asRecord({ seq, at, token }, JSON.parse(body));
}

function summaryIn(row: RunRow): RunSummary {
  return asSummary({
    opening: openingIn(row),
    endedAt: row.ended_at,
    end: row.end === null ? null : JSON.parse(row.end),
    acknowledged: row.ack === null ? null : JSON.parse(row.ack),
  });
}
