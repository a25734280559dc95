import { eventOf, type FeedEvent, openedEvent } from './event.ts';
import type { FedJournal } from './feed.ts';

/** Records are written by several runs at once, so that one may come a little later than another that is younger. */
const overlapMs = 2_000;
/** Runs before the last one heard that may have gone on since. */
const runsBefore = 200;
/** More is not told again: whoever has missed as much reads the recoveries. */
const mostMissed = 2_000;

/**
 * What was written since the event with this id, the oldest first; what was written shortly before may come again. Null
 * where that id is unknown or too much was missed.
 */
async function missedSince(journal: FedJournal, id: string): Promise<readonly FeedEvent[] | null> {
  const [, number, seq] = /^(\d{1,15})\.(\d{1,15})$/.exec(id) ?? [];
  if (number === undefined || seq === undefined) return null;
  const [last] = await journal.heads(Number(number) - 1, 1);
  if (last === undefined || last.number !== Number(number)) return null;
  const heard = (await journal.read(last.uid))?.records.find((record) => record.seq === Number(seq));
  const since = (heard?.at ?? last.at) - overlapMs;
  const missed: FeedEvent[] = [];
  for (let after = Math.max(0, last.number - runsBefore); ; ) {
    const heads = await journal.heads(after, 100);
    if (heads.length === 0) break;
    for (const head of heads) {
      after = head.number;
      if (head.endedAt !== null && head.endedAt < since) continue;
      const run = await journal.read(head.uid);
      if (run === null) continue;
      if (run.opening.at >= since) missed.push(openedEvent(head.number, run.opening));
      for (const record of run.records)
        if (record.at >= since) missed.push(eventOf(head.number, run.opening, record));
      if (missed.length > mostMissed) return null;
    }
  }
  const from = missed.sort((one, other) => one.at - other.at);
  return from.filter((event) => event.id !== id);
}

/** Those who were cut off together come back within this time. */
const sharedMs = 2_000;
/** More is not held for all readers together who have come back. */
const mostHeld = 100_000;

/**
 * The same, read once for all who come back at about the same time with the same id, and one id after another. Null,
 * too, where too much is held already for others, of which `held` says how many events they are.
 */
export function missedOnce(
  journal: FedJournal,
  held: () => number,
): (id: string) => Promise<readonly FeedEvent[] | null> {
  const found = new Map<string, Promise<readonly FeedEvent[] | null>>();
  let last: Promise<unknown> = Promise.resolve();
  return (id) => {
    const known = found.get(id);
    if (known !== undefined) return known;
    const finding = last.then(() => (held() > mostHeld ? null : missedSince(journal, id)));
    last = finding.catch(() => {});
    found.set(id, finding);
    const forget = () => setTimeout(() => found.delete(id), sharedMs).unref();
    finding.then(forget, forget);
    return finding;
  };
}
