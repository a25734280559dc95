import type { Opening, RunSummary } from '../engine/ports.ts';
import type { JournalRecord } from '../engine/record.ts';
import type { Anchor, ArchivedJournal, StoredRun } from './archive.ts';
import { noSeal, sealOfAnchor, sealOfOpening, sealOfRecord } from './chain.ts';
import { mayOpen } from './claim.ts';
import { endedRun, goingRun, mayFollowTheEnd, unknownRun } from './refusals.ts';
import { asOpening, asRecord, asSummary, written } from './written.ts';

interface Run {
  readonly number: number;
  summary: RunSummary;
  readonly records: JournalRecord[];
  /** Of the opening, and of each record. */
  readonly seals: string[];
}

/**
 * The journal of simulations and rehearsals. It lives as long as the object does: closing it forgets
 * nothing, so that the controllers of a story can come and go. Its runs are numbered from the one `after` that.
 */
export function memoryJournal(after = 0): ArchivedJournal {
  const runs = new Map<string, Run>();
  const anchors: Anchor[] = [];
  let opened = after;
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
      const claim = mayOpen(kept, holderOf(kept.subject, [...runs.values()]));
      if (!claim.opened) return claim;
      opened += 1;
      const seals = [sealOfOpening(opened, kept)];
      runs.set(kept.uid, { number: opened, summary: unended(kept), records: [], seals });
      return claim;
    },
    async append(uid, entry, at, token) {
      const run = known(uid);
      if (run.summary.endedAt !== null && !mayFollowTheEnd(entry.kind)) throw endedRun(uid);
      const record = asRecord({ seq: run.records.length + 1, at, token }, entry);
      run.records.push(record);
      run.seals.push(sealOfRecord(lastSealOf(run), record));
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
    async extent() {
      return { runs: opened, anchors: anchors.length };
    },
    async stored(after, limit) {
      const later = [...runs.values()].filter(({ number }) => number > after);
      return later.slice(0, limit).map(storedRun);
    },
    async heads(after, limit) {
      const later = [...runs.values()].filter(({ number }) => number > after);
      return later.slice(0, limit).map(({ number, summary: { opening, endedAt } }) => {
        const { uid, workflow, subject, at } = opening;
        return { number, uid, workflow, subject, at, endedAt };
      });
    },
    async anchors(after, limit) {
      return anchors.slice(after, after + limit);
    },
    async facts() {
      return [...rooms].flatMap(([room, facts]) =>
        [...facts].map(([name, text]) => ({ room, name, value: JSON.parse(text) as unknown })),
      );
    },
    async leaveOut(uids, at, token) {
      const gone = uids.map(known);
      const going = gone.find(({ summary }) => summary.endedAt === null);
      if (going !== undefined) throw goingRun(going.summary.opening.uid);
      const ends = gone.map((run) => ({ number: run.number, seal: lastSealOf(run) }));
      const body = { seq: anchors.length + 1, at, token, ends };
      anchors.push({ ...body, seal: sealOfAnchor(anchors.at(-1)?.seal ?? noSeal, body) });
      for (const uid of uids) runs.delete(uid);
    },
    async close() {},
  };
}

function lastSealOf({ seals }: Run): string {
  return seals.at(-1) ?? noSeal;
}

function storedRun(run: Run): StoredRun {
  const { number, summary, records, seals } = run;
  const { opening, end, endedAt, acknowledged } = summary;
  return {
    number,
    uid: opening.uid,
    opening,
    seal: seals[0] ?? noSeal,
    records: records.map((record, index) => ({ record, seal: seals[index + 1] ?? noSeal })),
    lastSeal: lastSealOf(run),
    end: end === null ? null : { ...end, at: endedAt },
    acknowledged,
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
