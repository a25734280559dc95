import { type GtidSet, gtidSetOf, type Stream } from './gtid-set.ts';
import { mariadbItems, mariadbSetOf } from './mariadb-items.ts';
import { mysqlItems } from './mysql-items.ts';
import { joined, type Range } from './ranges.ts';

/**
 * Reads a set as a server or a person writes it; white space around parts and empty items do not count.
 * MariaDB: `0-1-100,1-2-5`. Where a domain is named more than once, as in gtid_binlog_state, all are
 * taken together. `0-1-51..100` is our own, for a part that does not begin at 1: MariaDB has no word for it.
 * MySQL: `uuid:1-5:8,uuid:tag:1-5`. Throws BatonError `gtid-unreadable`.
 */
export function parseGtid(text: string): GtidSet {
  // Only MySQL's words have a colon.
  return text.includes(':') ? parseMysql(text) : mariadbSetOf(mariadbItems(text));
}

function parseMysql(text: string): GtidSet {
  const found = new Map<string, Range[]>();
  for (const { stream, range } of mysqlItems(text)) {
    const ranges = found.get(stream);
    if (ranges === undefined) found.set(stream, [range]);
    else ranges.push(range);
  }
  const streams = [...found].map(([name, ranges]): [string, Stream] => [
    name,
    { ranges: joined(ranges), server: null },
  ]);
  return gtidSetOf('mysql', streams);
}
