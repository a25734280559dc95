import type { Servers } from '../engine/ports.ts';
import { BatonError } from '../kernel/errors.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';
import { errantFiles, type LogHead, stateIn } from '../analysis/errant-files.ts';
import { lastMark, type PseudoGtid } from '../steps/recovery/pseudo-gtid.ts';
import type { LiveInventory } from './inventory.ts';

/** Each file says within its first events what came before it. */
const headEvents = 5;
const logBegins = 4;

/** What people want to know of binary logs, read on the servers when they ask. */
export class BinaryLogs {
  readonly #servers: Pick<Servers, 'logFiles' | 'logEvents'>;
  readonly #inventory: Pick<LiveInventory, 'find'>;
  readonly #pseudoGtid: PseudoGtid | null;

  constructor(options: {
    servers: Pick<Servers, 'logFiles' | 'logEvents'>;
    inventory: Pick<LiveInventory, 'find'>;
    pseudoGtid: PseudoGtid | null;
  }) {
    this.#servers = options.servers;
    this.#inventory = options.inventory;
    this.#pseudoGtid = options.pseudoGtid;
  }

  /** The files with transactions that only this server has, the oldest first. Throws `request-refused`, and what the server said. */
  async errantFiles(key: InstanceKey): Promise<readonly string[]> {
    const instance = this.#inventory.find(key);
    const server = instance?.server ?? null;
    if (instance === null || server === null || instance.gtidErrant === '')
      throw new BatonError('request-refused', `${key} has no errant GTID`);
    const signal = new AbortController().signal;
    const heads: LogHead[] = [];
    for (const file of await this.#servers.logFiles(key, signal)) {
      const from = { file, position: logBegins };
      const events = await this.#servers.logEvents(key, { from, limit: headEvents }, signal);
      heads.push({ file, before: stateIn(events) });
    }
    const now = server.flavour === 'mariadb' ? server.binlogGtid : server.executedGtid;
    return errantFiles(instance.gtidErrant, heads, now);
  }

  /** The last pseudo-GTID in the log of a server. Throws `request-refused`, and what the server said. */
  async lastMark(key: InstanceKey): Promise<string> {
    if (this.#pseudoGtid === null)
      throw new BatonError('request-refused', 'PseudoGTIDPattern not configured; cannot use Pseudo-GTID');
    const reading = {
      servers: this.#servers,
      pseudoGtid: this.#pseudoGtid,
      signal: new AbortController().signal,
    };
    const mark = await lastMark(reading, key);
    if (mark === null) throw new BatonError('request-refused', `the binary log of ${key} has no pseudo-GTID`);
    return mark;
  }
}
