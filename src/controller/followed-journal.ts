import type { Journal, Leadership } from '../engine/ports.ts';
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

export function notLeader(leadership: Leadership): BatonError {
  const leader = leadership.leader();
  if (leader === null)
    return new BatonError('not-leader', 'no controller leads now, so nothing can be begun');
  if (leader.isOurs)
    return new BatonError('not-leader', 'this controller only begins to lead; ask again in a moment');
  const since = new Date(leader.since).toISOString();
  return new BatonError(
    'not-leader',
    `${leader.name} leads since ${since}, and this controller follows: ask there`,
  );
}
