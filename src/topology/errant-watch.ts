import type { InstanceKey } from '../kernel/instance-key.ts';
import { errantGtid } from './gtid/errant.ts';
import { gtidText } from './gtid/text.ts';
import type { Server } from './observation.ts';
import { type Instance, isCheckValid } from './snapshot.ts';

/** What the watch looks things up in. */
export interface Known {
  find(key: InstanceKey): Instance | null;
  /** Everybody in the cluster of this instance; asked for only where a MariaDB has a writer that its source does not know. */
  membersWith(key: InstanceKey): readonly Instance[];
}

/** A replica as it was last held against its source. */
interface Judgement {
  readonly source: InstanceKey;
  readonly text: string;
  readonly sourceText: string;
  /** The source was read after the replica, so that nothing was only on its way. */
  readonly isFinal: boolean;
  readonly errant: string;
}

/**
 * Which transactions of each replica its source never had. A replica that was read a moment after its source may
 * have more than that reading, and nothing is wrong with it: so a reading waits until the source has been read
 * after it, or is dead. What the source and those above it have written themselves is never called errant:
 * under semi-sync a replica has it before its writer counts it as executed. Sets are held against each other when
 * they have changed, not at every look.
 */
export class ErrantWatch {
  /** By source: what its replicas said, and when, milliseconds since 1970, that look had ended. */
  readonly #waiting = new Map<InstanceKey, Map<InstanceKey, { text: string; seenAt: number }>>();
  readonly #judged = new Map<InstanceKey, Judgement>();
  /** Who has been read in this life: what was kept of a server from before may be hours old. */
  readonly #read = new Set<InstanceKey>();

  /** `seen` have just been looked at. Gives the errant transactions of each replica of which there is news. */
  judge(seen: readonly InstanceKey[], known: Known): ReadonlyMap<InstanceKey, string> {
    const news = new Map<InstanceKey, string>();
    const concerned = new Set(seen.flatMap((key) => [key, ...(this.#waiting.get(key)?.keys() ?? [])]));
    for (const key of concerned) {
      const instance = known.find(key);
      if (instance !== null && isCheckValid(instance)) this.#read.add(key);
      const errant = instance === null ? null : this.#errantOf(instance, known);
      if (errant !== null && errant !== instance?.gtidErrant) news.set(key, errant);
    }
    return news;
  }

  /** Null where nothing can be said yet, or nothing new. */
  #errantOf(instance: Instance, known: Known): string | null {
    const { key, server } = instance;
    const replication = server?.replication ?? null;
    if (server === null) return null;
    // Whoever has no source has nothing errant; of one with several, nobody could say which lacks what.
    if (replication === null || replication.channels > 1) {
      this.#judged.delete(key);
      return '';
    }
    const source = known.find(replication.source);
    const isFinal = source !== null && isCheckValid(source);
    const pair = {
      source: replication.source,
      text: executedText(server),
      sourceText: source?.server == null ? '' : knownText(source.server),
    };
    const waiting = this.#waitingOn(replication.source);
    const last = this.#judged.get(key);
    if (!waiting.has(key) && (last === undefined || mayHaveChanged(last, { ...pair, isFinal })))
      waiting.set(key, { text: pair.text, seenAt: instance.checks.seenAt });
    const reading = waiting.get(key);
    if (reading === undefined || source?.server == null || !areOfOneFamily(server, source.server))
      return null;
    if (isFinal ? source.checks.attemptedAt < reading.seenAt : !this.#read.has(source.key)) return null;
    waiting.delete(key);
    const text = isFinal ? reading.text : pair.text;
    const errant = errantIn({ ...pair, text }, instance, known);
    this.#judged.set(key, { ...pair, text, isFinal, errant });
    return errant;
  }

  #waitingOn(source: InstanceKey): Map<InstanceKey, { text: string; seenAt: number }> {
    const waiting = this.#waiting.get(source) ?? new Map<InstanceKey, { text: string; seenAt: number }>();
    this.#waiting.set(source, waiting);
    return waiting;
  }
}

function mayHaveChanged(last: Judgement, now: Omit<Judgement, 'errant'>): boolean {
  if (last.source !== now.source || last.text !== now.text || (!last.isFinal && now.isFinal)) return true;
  // What was errant is so no longer once the source has it too; what was not will not become it.
  return last.errant !== '' && last.sourceText !== now.sourceText;
}

/** Empty where one of the texts cannot be read: such a replica is not promoted for that reason. */
function errantIn(
  { text, sourceText }: Pick<Judgement, 'text' | 'sourceText'>,
  instance: Instance,
  known: Known,
): string {
  const upstream = pathUp(instance, known).flatMap(namesInGtids);
  const errant = (others: readonly string[]) =>
    gtidText(errantGtid({ replica: text, source: sourceText, upstream, others }));
  try {
    const found = errant([]);
    if (found === '' || instance.server?.flavour !== 'mariadb') return found;
    const others = known.membersWith(instance.key).filter((one) => !pathUp(one, known).includes(instance));
    return errant(
      others.flatMap(({ key, server }) =>
        server === null || key === instance.key ? [] : [executedText(server)],
      ),
    );
  } catch {
    return '';
  }
}

function areOfOneFamily(a: Server, b: Server): boolean {
  return (a.flavour === 'mariadb') === (b.flavour === 'mariadb');
}

/** MariaDB's binlog state names every writer; its position, which serves where there is none, only the last. */
export function executedText({ binlogGtid, executedGtid }: Server): string {
  return binlogGtid === '' ? executedGtid : binlogGtid;
}

/** A MariaDB that was built from a copy knows older transactions by its position only. */
export function knownText({ binlogGtid, executedGtid }: Server): string {
  return [binlogGtid, executedGtid].filter((text) => text !== '').join(',');
}

/** The source, its source, and so on, each once; in a ring the instance itself comes last. */
function pathUp(instance: Instance, known: Known): Instance[] {
  const path: Instance[] = [];
  for (let next = above(instance); next !== null && !path.includes(next); next = above(next)) path.push(next);
  return path;

  function above({ server }: Instance): Instance | null {
    const source = server?.replication?.source;
    return source === undefined ? null : known.find(source);
  }
}

/** How the server's own transactions are marked: by server_uuid, or by server_id. */
function namesInGtids({ server }: Instance): string[] {
  if (server === null) return [];
  return [server.flavour === 'mariadb' ? String(server.serverId) : server.serverUuid];
}
