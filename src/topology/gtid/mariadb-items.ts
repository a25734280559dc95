import { type GtidSet, gtidSetOf, type Stream } from './gtid-set.ts';
import { partsOf, unreadableGtid } from './parts.ts';
import { joined, type Range } from './ranges.ts';

/** One item of a MariaDB position or of gtid_binlog_state: `0-1-100`. */
export interface MariadbItem {
  /** Replication domain and server_id, unsigned 32-bit numbers. */
  readonly domain: number;
  readonly server: number;
  /** From 1 on, but for our own `0-1-51..100`. */
  readonly range: Range;
}

/** Both ids take 32 bits, the sequence number 64; longer digits are no number of MariaDB's. */
const form = /^(\d{1,10})-(\d{1,10})-(?:(\d{1,20})\.\.)?(\d{1,20})$/;
const largestId = 0xff_ff_ff_ff;
const largestSequence = 2n ** 64n - 1n;

/** The items of a set, those of domains in which nothing has been written left out. */
export function* mariadbItems(text: string): Generator<MariadbItem> {
  for (const { text: item, isLast } of partsOf(text, ',')) {
    if (item === '') continue;
    const match = form.exec(item);
    if (match === null) throw unreadableGtid(item, 'MariaDB writes 0-1-100, MySQL uuid:1-100.', isLast);
    const [, domain = '', server = '', first = '1', last = ''] = match;
    const range = { first: BigInt(first), last: BigInt(last) };
    if (Number(domain) > largestId || Number(server) > largestId || range.last > largestSequence)
      throw unreadableGtid(item, 'a number in it is larger than any that MariaDB has.', isLast);
    if (range.last === 0n) continue;
    if (range.first < 1n) throw unreadableGtid(item, 'transactions are counted from 1.', isLast);
    if (range.last < range.first) throw unreadableGtid(item, 'it ends before it begins.', isLast);
    yield { domain: Number(domain), server: Number(server), range };
  }
}

/** What these items name together. */
export function mariadbSetOf(items: Iterable<MariadbItem>): GtidSet {
  const found = new Map<string, { ranges: Range[]; newest: bigint; server: number }>();
  for (const { domain, server, range } of items) {
    const name = String(domain);
    const known = found.get(name) ?? { ranges: [], newest: 0n, server };
    known.ranges.push(range);
    if (range.last > known.newest) Object.assign(known, { newest: range.last, server });
    found.set(name, known);
  }
  const streams = [...found].map(([name, { ranges, server }]): [string, Stream] => [
    name,
    { ranges: joined(ranges), server },
  ]);
  return gtidSetOf('mariadb', streams);
}
