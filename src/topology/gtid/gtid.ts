/** GTID sets as other rooms use them: read, written, and held against each other. */
export { compareGtid, containsGtid, countGtid, subtractGtid, unionGtid } from './arithmetic.ts';
export { emptyGtid, type GtidSet, isEmptyGtid } from './gtid-set.ts';
export { parseGtid } from './parse.ts';
export { gtidText } from './text.ts';
