/**
 * The door of GTID arithmetic, `baton/gtid`: sets of MySQL (tags included) and positions of MariaDB, read
 * from text, held against each other, written as text. Values never change; nothing here needs a server.
 */

export {
  compareGtid,
  containsGtid,
  countGtid,
  intersectGtid,
  subtractGtid,
  unionGtid,
} from './arithmetic.ts';
export { errantGtid, type Pair } from './errant.ts';
export { emptyGtid, type GtidSet, isEmptyGtid, type Stream } from './gtid-set.ts';
export { parseGtid } from './parse.ts';
export type { Range, Ranges } from './ranges.ts';
export { gtidText } from './text.ts';
