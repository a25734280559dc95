import type { CutOff, Journal, Leadership } from '../engine/ports.ts';
import { BatonError } from '../kernel/errors.ts';

/** The journal as whoever follows has it: it may be read. Whatever would be written throws `not-leader`. */
export function followedJournal(journal: Journal, leadership: Leadership): Journal {
  const refuse = async () => {
    throw notLeader(leadership);
  };
  return {
    read: (uid) => journal.read(uid),
    unfinished: () => journal.unfinished(),
    list: (query) => journal.list(query),
    kept: (room) => journal.kept(room),
    open: refuse,
    append: refuse,
    acknowledge: refuse,
    keep: refuse,
    drop: refuse,
    close: () => journal.close(),
  };
}

/** Since when nothing is learned of the others, and why. */
export function cutOffText({ since, because }: CutOff): string {
  return `since ${new Date(since).toISOString()}, ${because}`;
}

export function notLeader(leadership: Leadership): BatonError {
  const cutOff = leadership.cutOff();
  if (cutOff !== null)
    return new BatonError('not-leader', `this controller does not know who leads: ${cutOffText(cutOff)}`);
  const leader = leadership.leader();
  if (leader === null)
    return new BatonError('not-leader', 'no controller leads now, so nothing can be begun');
  if (leader.isOurs)
    return new BatonError('not-leader', 'this controller only begins to lead; ask again in a moment');
  const since = new Date(leader.since).toISOString();
  return new BatonError(
    'not-leader',
    `${leader.name} leads since ${since}, and this controller follows: ask there${leader.address === null ? ', or set HTTPAdvertise there so that it can be asked from here' : ` (${leader.address})`}`,
  );
}
