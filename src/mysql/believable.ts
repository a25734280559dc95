import { BatonError, messageOf } from '../kernel/errors.ts';
import { parseGtid } from '../topology/gtid/parse.ts';
import { Server } from '../topology/observation.ts';

/** Characters. Reading a longer set would hold up the watching of every other server for a second. */
const longestGtid = 4 * 1024 * 1024;

/**
 * Believes of a server's reading only what makes sense: every value of its type, every GTID set one that
 * can be read. What comes later, in the middle of a recovery, need not look again. Sets that were read
 * at the last look are not read again.
 */
export class Believer {
  #read: ReadonlySet<string> = new Set();

  /** Throws BatonError `answer-unreadable` or `gtid-unreadable`. */
  believe(said: Server): Server {
    const { success, data: server, error } = Server.safeParse(said);
    if (!success) {
      const [issue] = error.issues;
      const what = issue?.path.join('.') ?? 'answer';
      throw new BatonError('answer-unreadable', `its ${what} makes no sense: ${issue?.message}`);
    }
    const sets = [server.executedGtid, server.binlogGtid, server.purgedGtid];
    if (server.replication !== null) sets.push(server.replication.receivedGtid);
    for (const set of sets) if (!this.#read.has(set)) mustBeReadable(set, server.flavour === 'mariadb');
    this.#read = new Set(sets);
    return server;
  }
}

function mustBeReadable(set: string, isMariadb: boolean): void {
  if (set.length > longestGtid) {
    const megabytes = Math.round(set.length / 1_048_576);
    throw new BatonError('gtid-unreadable', `it says a GTID set of ${megabytes} MB, and Baton reads 4`);
  }
  const { flavour } = readable(set);
  if (flavour !== null && (flavour === 'mariadb') !== isMariadb)
    throw new BatonError('gtid-unreadable', `it says a GTID set of the other family: "${set.slice(0, 80)}"`);
}

function readable(set: string): ReturnType<typeof parseGtid> {
  try {
    return parseGtid(set);
  } catch (error) {
    throw new BatonError('gtid-unreadable', `it says a GTID set that cannot be read: ${messageOf(error)}`, {
      cause: error,
    });
  }
}
