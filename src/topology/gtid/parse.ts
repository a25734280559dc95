import { emptyGtid, type GtidSet, gtidSetOf, type Stream } from './gtid-set.ts';
import { joined, type Range } from './ranges.ts';

/**
 * Reads a set as a server or a person writes it; white space and empty items do not count.
 * MariaDB: `0-1-100,1-2-5`. Where a domain is named more than once, as in gtid_binlog_state, all are
 * taken together. `0-1-51..100` is our own, for a part that does not begin at 1: MariaDB has no word for it.
 * MySQL: `uuid:1-5:8,uuid:tag:1-5`. Throws RangeError with a sentence.
 */
export function parseGtid(text: string): GtidSet {
  const items = text
    .replace(/\s+/g, '')
    .split(',')
    .filter((item) => item !== '');
  const [first] = items;
  if (first === undefined) return emptyGtid;
  return first.includes(':') ? parseMysql(items) : parseMariadb(items);
}

function parseMariadb(items: readonly string[]): GtidSet {
  const streams = new Map<string, Stream>();
  for (const item of items) {
    const match = /^(\d{1,10})-(\d{1,10})-(?:(\d+)\.\.)?(\d+)$/.exec(item);
    if (match === null) {
      throw new RangeError(`"${item}" is no GTID: MariaDB writes 0-1-100, MySQL uuid:1-100.`);
    }
    const [, domain = '', server = '', first = '1', last = ''] = match;
    // A position of 0 is a domain in which nothing has been written yet.
    if (last === '0') continue;
    const range = rangeOf(first, last, item);
    const name = String(Number(domain));
    const known = streams.get(name);
    const newest = known?.ranges.at(-1)?.last ?? 0n;
    streams.set(name, {
      ranges: joined([...(known?.ranges ?? []), range]),
      server: range.last > newest ? Number(server) : (known?.server ?? null),
    });
  }
  return gtidSetOf('mariadb', streams);
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const tag = /^[a-z_][a-z0-9_]{0,31}$/;

function parseMysql(items: readonly string[]): GtidSet {
  const found = new Map<string, Range[]>();
  for (const item of items) {
    const [server = '', ...parts] = item.toLowerCase().split(':');
    if (!uuid.test(server)) {
      throw new RangeError(`"${item}" is no GTID: "${server}" is not the UUID of a server.`);
    }
    let stream = server;
    for (const part of parts) {
      if (tag.test(part)) {
        stream = `${server}:${part}`;
        continue;
      }
      const match = /^(\d+)(?:-(\d+))?$/.exec(part);
      if (match === null) {
        throw new RangeError(`"${item}" is no GTID: "${part}" is neither an interval nor a tag.`);
      }
      const [, first = '', last = first] = match;
      const ranges = found.get(stream) ?? [];
      ranges.push(rangeOf(first, last, item));
      found.set(stream, ranges);
    }
  }
  const streams = [...found].map(([name, ranges]): [string, Stream] => [
    name,
    { ranges: joined(ranges), server: null },
  ]);
  return gtidSetOf('mysql', streams);
}

function rangeOf(first: string, last: string, item: string): Range {
  const range = { first: BigInt(first), last: BigInt(last) };
  if (range.first < 1n) throw new RangeError(`"${item}" is no GTID: transactions are counted from 1.`);
  if (range.last < range.first) throw new RangeError(`"${item}" is no GTID: it ends before it begins.`);
  return range;
}
