import { type Part, partsOf, shown, unreadableGtid } from './parts.ts';
import type { Range } from './ranges.ts';

/** One interval of a MySQL set, `uuid:1-5`, and the stream it belongs to: `uuid` or `uuid:tag`. */
export interface MysqlItem {
  readonly stream: string;
  readonly range: Range;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const tag = /^[a-z_][a-z0-9_]{0,31}$/;
const interval = /^(\d{1,19})(?:\s*-\s*(\d{1,19}))?$/;
/** The server takes no number from here on. */
const end = 2n ** 63n - 1n;

/**
 * The intervals of a set, in its order. Stricter than a server, which takes `uuid`, `uuid:tag` and
 * `uuid:9-4` for nothing (MySQL 9.7): no server writes them, but a set that was cut off ends so.
 */
export function* mysqlItems(text: string): Generator<MysqlItem> {
  for (const item of partsOf(text, ',')) {
    if (item.text !== '') yield* itemsOf(item);
  }
}

function* itemsOf({ text, isLast }: Part): Generator<MysqlItem> {
  const colon = text.indexOf(':');
  const server = (colon < 0 ? text : text.slice(0, colon)).trim().toLowerCase();
  if (!uuid.test(server))
    throw unreadableGtid(text, `"${shown(server)}" is not the UUID of a server.`, isLast);
  if (colon < 0) throw unreadableGtid(text, 'it names a server and no transaction.', isLast);
  let stream = server;
  let isTagBare = false;
  for (const part of partsOf(text.slice(colon + 1), ':')) {
    const name = part.text.toLowerCase();
    if (tag.test(name)) {
      if (isTagBare) break;
      stream = `${server}:${name}`;
      isTagBare = true;
      continue;
    }
    isTagBare = false;
    yield { stream, range: rangeOf(part.text, text, isLast) };
  }
  if (isTagBare) throw unreadableGtid(text, 'it names a tag and no transaction.', isLast);
}

function rangeOf(part: string, item: string, isLast: boolean): Range {
  const match = interval.exec(part);
  if (match === null)
    throw unreadableGtid(item, `"${shown(part)}" is neither an interval nor a tag.`, isLast);
  const [, from = '', to = from] = match;
  const range = { first: BigInt(from), last: BigInt(to) };
  if (range.first < 1n) throw unreadableGtid(item, 'transactions are counted from 1.', isLast);
  if (range.last < range.first) throw unreadableGtid(item, 'it ends before it begins.', isLast);
  if (range.last >= end)
    throw unreadableGtid(item, 'a number in it is larger than any that MySQL has.', isLast);
  return range;
}
