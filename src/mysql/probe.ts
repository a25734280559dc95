import { BatonError } from '../kernel/errors.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';
import type { Echo, Observation } from '../topology/observation.ts';
import type { Flavour, Identity } from './flavours/flavour.ts';
import { mariadb } from './flavours/mariadb.ts';
import { mysqlOf } from './flavours/mysql.ts';
import { type Access, echoOf, explained, isServersWord } from './access.ts';
import { type AskNow, Link } from './link.ts';

/** Looks at servers over one link each; remembers what kind of server is at the other end. */
export class Probe {
  readonly #link: Link;
  #known: { identity: Identity; flavour: Flavour } | null = null;

  constructor(key: InstanceKey, access: Access, onLost: () => void) {
    this.#link = new Link(key, access, { prepare: (ask) => this.#identify(ask), onLost });
  }

  /** What the other end is; null before the first connection. */
  get flavour(): Flavour | null {
    return this.#known?.flavour ?? null;
  }

  /** One look. A server that does not answer, or answers in part, is an observation too. */
  async look(timeoutMs: number, now: () => number): Promise<Observation> {
    const began = now();
    const { key, bytesHeard } = this.#link;
    const seen = (what: Pick<Observation, 'outcome' | 'echo' | 'error' | 'server'>): Observation => ({
      key,
      at: now(),
      tookMs: now() - began,
      ...what,
    });
    try {
      // A new connection finds out whom we speak to, which decides what is asked.
      if (!this.#link.isConnected) await this.pulse(timeoutMs);
      const known = this.#known;
      if (known === null) throw new BatonError('server-unreachable', `${key} did not say what it is`);
      const results = await this.#link.ask(known.flavour.look.join(';\n'), timeoutMs);
      const server = known.flavour.read(known.identity, results, key);
      return seen({ outcome: 'read', echo: 'answered', error: null, server });
    } catch (error) {
      const isPartial = this.#link.isConnected && !(error instanceof BatonError);
      const echo = this.#link.bytesHeard > bytesHeard ? 'answered' : echoOf(error);
      const outcome = isPartial ? 'partial' : 'failed';
      return seen({ outcome, echo, error: sentenceOf(key, error, echo), server: null });
    }
  }

  /** Whether the server answers anything at all. Throws when it does not. */
  async pulse(timeoutMs: number): Promise<void> {
    await this.#link.ask('SELECT @@global.read_only', timeoutMs);
  }

  close(): void {
    this.#link.close();
  }

  async #identify(ask: AskNow): Promise<void> {
    const [rows] = await ask('SELECT VERSION() version, @@version_comment comment');
    const identity = { version: String(rows?.[0]?.['version']), comment: String(rows?.[0]?.['comment']) };
    this.#known = { identity, flavour: identity.version.includes('MariaDB') ? mariadb : mysqlOf(identity) };
  }
}

/** A server that greets and then says nothing is another trouble than one that is not there. */
function sentenceOf(key: InstanceKey, error: unknown, echo: Echo): string {
  const { message } = explained(key, error);
  return echo === 'answered' && !isServersWord(error) ? `${message}, though it has said something` : message;
}
