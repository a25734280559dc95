import { intersectGtid, subtractGtid } from '../topology/gtid/arithmetic.ts';
import { isEmptyGtid } from '../topology/gtid/gtid-set.ts';
import { type MariadbItem, mariadbItems } from '../topology/gtid/mariadb-items.ts';
import { parseGtid } from '../topology/gtid/parse.ts';
import type { LogEvent } from '../topology/pseudo-gtid.ts';

/** A file of a binary log, and all GTIDs that came before it; null where it does not say. */
export interface LogHead {
  readonly file: string;
  readonly before: string | null;
}

/** What a file says, among its first events, of what came before it: Previous_gtids of MySQL, Gtid_list of MariaDB. */
export function stateIn(events: readonly LogEvent[]): string | null {
  const event = events.find(({ type }) => /^(previous_gtids|gtid_list)$/i.test(type));
  return event === undefined ? null : event.info.replace(/[[\]\s]/g, '');
}

/**
 * Which files of a log, oldest first, have some of these transactions. `now` is all that the log has had until now:
 * what is in a file came after its own beginning, and not after that of the next. One that does not say is counted in.
 */
export function errantFiles(errant: string, heads: readonly LogHead[], now: string): readonly string[] {
  return heads.flatMap(({ file, before }, index) => {
    const until = heads[index + 1]?.before ?? (index + 1 < heads.length ? null : now);
    if (before === null || until === null) return [file];
    return hasSome(errant, before, until) ? [file] : [];
  });
}

function hasSome(errant: string, before: string, until: string): boolean {
  if (errant.includes(':')) {
    const written = subtractGtid(parseGtid(until), parseGtid(before));
    return !isEmptyGtid(intersectGtid(parseGtid(errant), written));
  }
  const [begin, end] = [[...mariadbItems(before)], [...mariadbItems(until)]];
  // MariaDB gives the last of each domain and writer, and gives numbers away twice: writers are held apart.
  return [...mariadbItems(errant)].some(
    (item) => item.range.last > lastOf(item, begin) && item.range.first <= lastOf(item, end),
  );
}

function lastOf({ domain, server }: MariadbItem, state: readonly MariadbItem[]): bigint {
  return state.find((one) => one.domain === domain && one.server === server)?.range.last ?? 0n;
}
