import type { Servers } from '../../engine/ports.ts';
import type { InstanceKey } from '../../kernel/instance-key.ts';
import { containsGtid } from '../../topology/gtid/arithmetic.ts';
import { mariadbItems } from '../../topology/gtid/mariadb-items.ts';
import { parseGtid } from '../../topology/gtid/parse.ts';
import type { LogEvent } from '../../topology/pseudo-gtid.ts';

/** What a server's binary log tells of some of its transactions. */
export interface ToldEvents {
  /** The GTIDs that were found, in the order of the log. */
  readonly found: readonly string[];
  /** Their events, in the same order. */
  readonly events: readonly LogEvent[];
  /** Some change rows, and their statement is not in the log: over SQL nobody can read what they wrote. */
  readonly hidesRows: boolean;
}

/** So many events in one answer: a log has millions. */
const pageSize = 1_000;
const logBegins = 4;

/** Reads the files of the log from the newest to the oldest, until as many of these transactions are found as there are. */
export async function errantEvents(
  servers: Servers,
  instance: InstanceKey,
  { errant, count }: { errant: string; count: number },
  signal: AbortSignal,
): Promise<ToldEvents> {
  const isWanted = wantedIn(errant);
  const files = await servers.logFiles(instance, signal);
  let told: ToldEvents = { found: [], events: [], hidesRows: false };
  for (const file of files.toReversed()) {
    if (told.found.length >= count) break;
    const reading = new Reading(isWanted);
    for (let position = logBegins; ; ) {
      const page = await servers.logEvents(instance, { from: { file, position }, limit: pageSize }, signal);
      for (const event of page) reading.take(event);
      const last = page.at(-1);
      if (last === undefined || page.length < pageSize) break;
      position = last.end;
    }
    told = {
      found: [...reading.found, ...told.found],
      events: [...reading.events, ...told.events],
      hidesRows: reading.hidesRows || told.hidesRows,
    };
  }
  return told;
}

/** One file as it is read, event by event. */
class Reading {
  readonly found: string[] = [];
  readonly events: LogEvent[] = [];
  hidesRows = false;
  readonly #isWanted: (gtid: string) => boolean;
  /** Of the transaction that is being read: whether it is wanted, and whether its statement was told. */
  #isIn = false;
  #isTold = false;

  constructor(isWanted: (gtid: string) => boolean) {
    this.#isWanted = isWanted;
  }

  take(event: LogEvent): void {
    const { type } = event;
    const gtid = gtidIn(event);
    if (gtid !== null || /^(rotate|stop|format)/i.test(type)) {
      this.#isIn = gtid !== null && this.#isWanted(gtid);
      this.#isTold = false;
    }
    if (!this.#isIn) return;
    if (gtid !== null) this.found.push(gtid);
    if (/^(annotate_rows|rows_query)/i.test(type)) this.#isTold = true;
    if (/(write|update|delete)_rows/i.test(type) && !this.#isTold) this.hidesRows = true;
    this.events.push(event);
  }
}

/** The GTID with which a transaction begins; null for any other event. */
function gtidIn({ type, info }: LogEvent): string | null {
  if (!/^gtid(?!_list)/i.test(type)) return null;
  return /'([^']+:\d+)'/.exec(info)?.[1] ?? /GTID (\d+-\d+-\d+)/.exec(info)?.[1] ?? null;
}

function wantedIn(errant: string): (gtid: string) => boolean {
  if (errant.includes(':')) {
    const all = parseGtid(errant);
    return (gtid) => containsGtid(all, parseGtid(gtid));
  }
  const items = [...mariadbItems(errant)];
  return (gtid) => {
    const [domain, server, sequence = '0'] = gtid.split('-');
    return items.some(
      (item) =>
        item.domain === Number(domain) &&
        item.server === Number(server) &&
        item.range.first <= BigInt(sequence) &&
        BigInt(sequence) <= item.range.last,
    );
  };
}
