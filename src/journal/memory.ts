import type { Opening, RunSummary, SoleJournal } from '../engine/ports.ts';
import type { JournalRecord } from '../engine/record.ts';
import { mayOpen } from './claim.ts';
import { endedRun, goingRun, mayFollowTheEnd, unknownRun } from './refusals.ts';
import { asOpening, asRecord, asSummary, written } from './written.ts';

interface Run {
  summary: RunSummary;
  readonly records: JournalRecord[];
}

/**
 * The journal of simulations and rehearsals. It lives as long as the object does: closing it forgets
 * nothing, so that the controllers of a story can come and go.
 */
export function memoryJournal(): SoleJournal {
  const runs = new Map<string, Run>();
  const rooms = new Map<string, Map<string, string>>();
  let token = 0;

  const known = (uid: string): Run => {
    const run = runs.get(uid);
    if (run === undefined) throw unknownRun(uid);
    return run;
  };

  return {
    async open(opening) {
      const kept = asOpening(opening);
      if (runs.has(kept.uid)) return { opened: true };
      const opened = mayOpen(kept, holderOf(kept.subject, [...runs.values()]));
      if (opened.opened) runs.set(kept.uid, { summary: unended(kept), records: [] });
      return opened;
    },
    async append(uid, entry, at, token) {
      const run = known(uid);
      if (run.summary.endedAt !== null && !mayFollowTheEnd(entry.kind)) throw endedRun(uid);
      const record = asRecord({ seq: run.records.length + 1, at, token }, entry);
      run.records.push(record);
      if (record.kind === 'ended') {
        const { state, sentence, output } = record;
        run.summary = { ...run.summary, endedAt: record.at, end: { state, sentence, output } };
      }
      return record;
    },
    async read(uid) {
      const run = runs.get(uid);
      if (run === undefined) return null;
      return {
        opening: asOpening(run.summary.opening),
        records: run.records.map((record) => asRecord(record, record)),
      };
    },
    async unfinished() {
      const going = [...runs.values()].filter(({ summary }) => summary.endedAt === null);
      return going.map(({ summary }) => asOpening(summary.opening));
    },
    async list({ workflow, subject, limit }) {
      return [...runs.values()]
        .reverse()
        .filter(
          ({ summary: { opening } }) =>
            workflow === undefined || [workflow].flat().includes(opening.workflow),
        )
        .filter(({ summary: { opening } }) => subject === undefined || opening.subject === subject)
        .slice(0, limit)
        .map(({ summary }) => asSummary(summary));
    },
    async acknowledge(uid, by, why, at) {
      const run = known(uid);
      if (run.summary.endedAt === null) throw goingRun(uid);
      run.summary = { ...run.summary, acknowledged: run.summary.acknowledged ?? { by, why, at } };
    },
    async keep(room, name, value) {
      const facts = rooms.get(room) ?? new Map<string, string>();
      rooms.set(room, facts.set(name, written(value)));
    },
    async kept(room) {
      const facts = rooms.get(room) ?? new Map<string, string>();
      return new Map([...facts].map(([name, text]): [string, unknown] => [name, JSON.parse(text)]));
    },
    async drop(room, name) {
      rooms.get(room)?.delete(name);
    },
    async nextToken() {
      token += 1;
      return token;
    },
    async close() {},
  };
}

function unended(opening: Opening): RunSummary {
  return { opening, endedAt: null, end: null, acknowledged: null };
}

/** The run that holds a subject now. */
function holderOf(subject: string, runs: readonly Run[]): string | null {
  const holder = runs.find(
    ({ summary: { opening, endedAt } }) =>
      opening.subject === subject && opening.exclusive && endedAt === null,
  );
  return holder?.summary.opening.uid ?? null;
}
