import { subtractGtid } from './arithmetic.ts';
import { type GtidSet, gtidSetOf } from './gtid-set.ts';
import { type MariadbItem, mariadbItems, mariadbSetOf } from './mariadb-items.ts';
import { parseGtid } from './parse.ts';
import { partsOf } from './parts.ts';

/** Two servers' own words, each of the flavour that both are of. */
export interface Pair {
  /** MySQL: gtid_executed. MariaDB: gtid_binlog_state, for a position names only the last writer of each domain. */
  readonly replica: string;
  /**
   * The same of its source. On a MariaDB that was built from a copy add gtid_slave_pos behind a comma: its
   * binlog state knows only who has written since.
   */
  readonly source: string;
  /**
   * Servers above the replica, by server_uuid or server_id: what they wrote after the source was read is not
   * errant, only newer. None is needed where the source was read after the replica.
   */
  readonly upstream?: readonly string[];
  /**
   * The same of servers that do not get the replica's transactions. On MariaDB a writer of whom the source has
   * no record may have been primary before the source was built from a copy; what others have of him is not errant.
   */
  readonly others?: readonly string[];
}

/**
 * What a replica has executed and its source has not: transactions that somebody wrote on the replica
 * itself, or that it has from a server whose others were lost.
 *
 * On MySQL the answer is exact. MariaDB numbers the transactions of all servers in one series: of a server
 * that the source knows, those after the last one known are named, where numbers of others may lie between;
 * of a server that it does not know, only the last one.
 */
export function errantGtid({ replica, source, upstream = [], others = [] }: Pair): GtidSet {
  const above = new Set(upstream.map((server) => server.toLowerCase()));
  const [ours, theirs] = areMysql(replica, source)
    ? whereTheyDiffer({ replica, source }, above)
    : [replica, source];
  const has = parseGtid(ours);
  const more = subtractGtid(has, parseGtid(theirs));
  if (has.flavour === 'mariadb') return mariadbSetOf(unknownItems({ replica, source, others }, above));
  return gtidSetOf(more.flavour, more.streams);
}

/** Only MySQL's words have a colon; a server that has executed nothing may be of either family. */
function areMysql(replica: string, source: string): boolean {
  return replica.includes(':') && (source === '' || source.includes(':'));
}

/**
 * What has to be held against each other: servers write a part that is the same in the same words, and sets of
 * megabytes differ in a few of their servers at most. Parsing all of one takes a second.
 */
function whereTheyDiffer(
  { replica, source }: Pick<Pair, 'replica' | 'source'>,
  above: ReadonlySet<string>,
): [replica: string, source: string] {
  const theirs = new Set(textsOf(source));
  const ours = textsOf(replica).filter((text) => !theirs.has(text) && !above.has(writerOf(text)));
  const writers = new Set(ours.map(writerOf));
  return [ours.join(), [...theirs].filter((text) => writers.has(writerOf(text))).join()];
}

function textsOf(set: string): string[] {
  return [...partsOf(set, ',')].map(({ text }) => text);
}

/** The server_uuid that a part of a set begins with. */
function writerOf(text: string): string {
  return text
    .slice(0, Math.max(0, text.indexOf(':')))
    .trim()
    .toLowerCase();
}

/** What each server wrote after the last of its transactions that the source, or failing it another, knows. */
function* unknownItems(
  { replica, source, others }: Required<Omit<Pair, 'upstream'>>,
  above: ReadonlySet<string>,
): Generator<MariadbItem> {
  const known = lastOfEach([source]);
  const elsewhere = lastOfEach(others);
  for (const { domain, server, range } of mariadbItems(replica)) {
    const writer = `${domain}-${server}`;
    const last = known.get(writer) ?? elsewhere.get(writer) ?? range.last - 1n;
    if (range.last > last && !above.has(String(server)))
      yield { domain, server, range: { first: last + 1n, last: range.last } };
  }
}

/** The last transaction of each writer, by `domain-server_id`. */
function lastOfEach(texts: readonly string[]): ReadonlyMap<string, bigint> {
  const last = new Map<string, bigint>();
  for (const text of texts) {
    for (const { domain, server, range } of mariadbItems(text)) {
      const writer = `${domain}-${server}`;
      if (range.last > (last.get(writer) ?? 0n)) last.set(writer, range.last);
    }
  }
  return last;
}
