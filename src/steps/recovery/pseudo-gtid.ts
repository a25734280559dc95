import type { Servers } from '../../engine/ports.ts';
import { messageOf } from '../../kernel/errors.ts';
import type { InstanceKey } from '../../kernel/instance-key.ts';
import type { Coordinates } from '../../topology/coordinates.ts';
import { isReplicated, type LogEvent, type MarkOf, placeAfter } from '../../topology/pseudo-gtid.ts';

/** How the logs of servers are read for their pseudo-GTIDs. */
export interface PseudoGtid {
  readonly markOf: MarkOf;
  /** How many events are read at once (BinlogEventsChunkSize). */
  readonly chunk: number;
}

interface Reading {
  readonly servers: Pick<Servers, 'logFiles' | 'logEvents'>;
  readonly pseudoGtid: PseudoGtid;
  readonly signal: AbortSignal;
}

/** A log begins after the four bytes of its magic number. */
const logBegins = 4;

/**
 * Where in the log of `source` a replica goes on whose own log has ended: behind the same pseudo-GTID, and behind
 * whatever both say after it. Both logs are searched from their ends, a file at a time.
 */
export async function placeByMarks(
  reading: Reading,
  { replica, source }: { readonly replica: InstanceKey; readonly source: InstanceKey },
): Promise<{ readonly at: Coordinates } | { readonly because: string }> {
  const { markOf } = reading.pseudoGtid;
  try {
    const own = await tailFrom(reading, replica, { isIt: (event) => markOf(event) !== null });
    const mark = own[0] === undefined ? null : markOf(own[0]);
    if (mark === null) return { because: 'its binary log has no pseudo-GTID' };
    const isIt = (event: LogEvent) => markOf(event) === mark;
    const theirs = await tailFrom(reading, source, { isIt, most: own.length });
    return theirs.length === 0
      ? { because: `its last pseudo-GTID is not in the binary log of ${source}` }
      : placeAfter(own, theirs);
  } catch (error) {
    return { because: `the binary logs could not be compared: ${messageOf(error)}` };
  }
}

/** The last pseudo-GTID of a server’s log; null where it has none. Throws what the server said. */
export async function lastMark(reading: Reading, instance: InstanceKey): Promise<string | null> {
  const { markOf } = reading.pseudoGtid;
  const [event] = await tailFrom(reading, instance, { isIt: (one) => markOf(one) !== null, most: 1 });
  return event === undefined ? null : markOf(event);
}

/** What is looked for in a log, and how many events from there on are enough; all where nothing is said. */
interface Wanted {
  readonly isIt: (event: LogEvent) => boolean;
  readonly most?: number;
}

/** What a log ends with, from the last event on that is wanted; empty where none is. */
async function tailFrom(
  reading: Reading,
  instance: InstanceKey,
  wanted: Wanted,
): Promise<readonly LogEvent[]> {
  const files = await reading.servers.logFiles(instance, reading.signal);
  let after: readonly LogEvent[] = [];
  for (const file of files.toReversed()) {
    const { isFound, events } = await searched(reading, { instance, file, wanted });
    after = [...events, ...after];
    if (isFound) return after;
  }
  return [];
}

/** One file's events from the last that is wanted on; where none is, from its beginning. A file may be large: no more is kept. */
async function searched(
  { servers, pseudoGtid, signal }: Reading,
  { instance, file, wanted }: { instance: InstanceKey; file: string; wanted: Wanted },
): Promise<{ readonly isFound: boolean; readonly events: readonly LogEvent[] }> {
  const { isIt, most = Number.POSITIVE_INFINITY } = wanted;
  let [isFound, events] = [false, [] as LogEvent[]];
  let from = { file, position: logBegins };
  while (true) {
    const chunk = await servers.logEvents(instance, { from, limit: pseudoGtid.chunk }, signal);
    for (const event of chunk.filter(isReplicated)) {
      if (isIt(event)) [isFound, events] = [true, [event]];
      else if (events.length < most) events.push(event);
    }
    const last = chunk.at(-1);
    if (last === undefined || chunk.length < pseudoGtid.chunk) return { isFound, events };
    from = { file, position: last.end };
  }
}
