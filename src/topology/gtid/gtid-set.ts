import type { Ranges } from './ranges.ts';

/**
 * Transactions by their global identifiers. A stream is one numbered series of them: on MySQL a
 * server's `uuid`, or `uuid:tag` since 8.3; on MariaDB a replication domain, `0`.
 *
 * MariaDB's position `0-1-100` stands for everything in domain 0 up to 100. The server that wrote a
 * transaction is kept for the text, and takes no part in any comparison: two servers that wrote the
 * same sequence number in one domain look alike here.
 */
export interface GtidSet {
  /** Null for the empty set, which goes with either. */
  readonly flavour: 'mysql' | 'mariadb' | null;
  /** By the stream's name; no stream is empty. */
  readonly streams: ReadonlyMap<string, Stream>;
}

export interface Stream {
  readonly ranges: Ranges;
  /** Who wrote the last transaction of the stream: MariaDB's server_id; null on MySQL, whose stream says it. */
  readonly server: number | null;
}

export const emptyGtid: GtidSet = { flavour: null, streams: new Map() };

export function isEmptyGtid({ streams }: GtidSet): boolean {
  return streams.size === 0;
}

/** A set of these streams, the empty ones left out; one without any is of no flavour. */
export function gtidSetOf(flavour: GtidSet['flavour'], streams: Iterable<[string, Stream]>): GtidSet {
  const held = new Map([...streams].filter(([, { ranges }]) => ranges.length > 0));
  return held.size === 0 ? emptyGtid : { flavour, streams: held };
}
