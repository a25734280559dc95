import { subtractGtid } from './arithmetic.ts';
import { type GtidSet, gtidSetOf } from './gtid-set.ts';
import { type MariadbItem, mariadbItems, mariadbSetOf } from './mariadb-items.ts';
import { parseGtid } from './parse.ts';

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
  const has = parseGtid(replica);
  const more = subtractGtid(has, parseGtid(source));
  if (has.flavour === 'mariadb') return mariadbSetOf(unknownItems({ replica, source, others }, above));
  const errant = [...more.streams].filter(([name]) => !above.has(name.split(':', 1).join()));
  return gtidSetOf(more.flavour, errant);
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
