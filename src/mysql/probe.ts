import { BatonError } from '../kernel/errors.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';
import type { Echo, Hindrance, Observation, Server } from '../topology/observation.ts';
import { type Access, echoOf, explained, isServersWord } from './access.ts';
import { Believer } from './believable.ts';
import { text } from './flavours/columns.ts';
import type { Flavour, Identity } from './flavours/flavour.ts';
import { mariadb } from './flavours/mariadb.ts';
import { mysqlOf } from './flavours/mysql.ts';
import { type AskNow, Link } from './link.ts';
import { askAll, findLacking, isDenied, mayNot } from './questions.ts';

/** How long what was refused stays refused: a privilege on all of a server is given to new connections only. */
const lackingMs = 60_000;

const identifying =
  'SELECT VERSION() version, @@version_comment comment, @@global.performance_schema performance_schema';
// MariaDB before 10.11 does not have it, so it cannot be selected by name.
const uidWords = "SHOW GLOBAL VARIABLES LIKE 'server\\_uid'";
// Lists come as one value each, and MySQL would cut them off at 1024 bytes.
const lengthening = 'SET SESSION group_concat_max_len = 1048576';

/** Looks at servers over one link each; remembers what kind of server is at the other end. */
export class Probe {
  readonly #link: Link;
  readonly #believer = new Believer();
  #known: { identity: Identity; flavour: Flavour } | null = null;
  /** What this server refuses: a sentence by the question's name. */
  #lacking: ReadonlyMap<string, string> = new Map();
  /** The flavour's rare questions that this server has not been worth asking. */
  #unasked: ReadonlySet<string> = new Set();
  /** Since when, on the clock of the looks; null before the first look that did without. */
  #lackingSince: number | null = null;

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
    const overKept = this.#link.isEstablished;
    const missed = this.#missing(began, now);
    try {
      await this.#hopeForMore(began);
      // A new connection finds out whom we speak to, which decides what is asked.
      if (!this.#link.isConnected) await this.#ping(timeoutMs);
      const server = this.#believer.believe(await this.#read(timeoutMs));
      if (this.#lacking.size > 0) this.#lackingSince ??= began;
      const { key } = this.#link;
      const at = now();
      return {
        key,
        at,
        tookMs: at - began,
        outcome: 'read',
        echo: 'answered',
        overKept,
        hindrance: null,
        error: null,
        server,
      };
    } catch (error) {
      const isConnected = this.#link.isConnected;
      if (isDenied(error)) await this.#link.renew();
      return missed(error, isConnected);
    }
  }

  /** Asks for a sign of life: null, or what came back instead. */
  async pulse(timeoutMs: number, now: () => number): Promise<Observation | null> {
    const missed = this.#missing(now(), now);
    try {
      await this.#ping(timeoutMs);
      return null;
    } catch (error) {
      return missed(error, false);
    }
  }

  /** What is said of a question that began now and is not answered. */
  #missing(began: number, now: () => number) {
    const { key, bytesHeard, isEstablished } = this.#link;
    return (error: unknown, isConnected: boolean): Observation => {
      const echo = this.#link.bytesHeard > bytesHeard ? 'answered' : echoOf(error);
      const at = now();
      return {
        key,
        at,
        tookMs: at - began,
        // A connection may be in the making for somebody else's question.
        outcome: isConnected && echo === 'answered' ? 'partial' : 'failed',
        echo,
        overKept: isEstablished,
        hindrance: echo === 'answered' ? hindranceIn(error) : null,
        error: sentenceOf(key, error, echo),
        server: null,
      };
    };
  }

  async #ping(timeoutMs: number): Promise<void> {
    await this.#link.ask('SELECT @@global.read_only', timeoutMs);
  }

  close(): void {
    this.#link.close();
  }

  async #read(timeoutMs: number): Promise<Server> {
    const { key } = this.#link;
    const known = this.#known;
    if (known === null) throw new BatonError('server-unreachable', `${key} did not say what it is`);
    const { identity, flavour } = known;
    const ask = (statements: string) => this.#link.ask(statements, timeoutMs);
    const unasked = this.#unasked;
    const all = () => askAll(flavour.look, { ask, lacking: this.#lacking, unasked });
    const answers = await all().catch(async (error: unknown) => {
      // Only what the server itself refuses is worth asking for one by one.
      if (!isRefused(error)) throw error;
      const found = await findLacking(flavour.look, { ask, key, unasked });
      this.#lacking = new Map([...this.#lacking, ...found]);
      return all();
    });
    this.#unasked = new Set([...unasked].filter((name) => flavour.rare[name]?.(answers) !== true));
    if (this.#unasked.size < unasked.size) return this.#read(timeoutMs);
    return flavour.read(identity, answers, key);
  }

  /** Now and then asks anew for what was refused. */
  async #hopeForMore(now: number): Promise<void> {
    const since = this.#lackingSince;
    if (since !== null && now - since > lackingMs) await this.#link.renew();
  }

  async #identify(ask: AskNow): Promise<void> {
    const [rows, uid] = await ask([identifying, uidWords, lengthening].join(';\n'));
    const own = rows?.[0] ?? {};
    const identity = {
      version: String(own['version']),
      comment: String(own['comment']),
      performanceSchema: Number(own['performance_schema']) === 1,
      serverUid: text(uid?.[0] ?? {}, 'Value'),
    };
    if (!/^\d+\.\d+/.test(identity.version))
      throw new BatonError(
        'answer-unreadable',
        `"${identity.version.slice(0, 40)}" is no version of a server`,
      );
    const flavour = identity.version.includes('MariaDB') ? mariadb : mysqlOf(identity);
    this.#known = { identity, flavour };
    this.#unasked = new Set(Object.keys(flavour.rare));
    this.#lackingSince = null;
    this.#lacking = await hiddenFrom(ask, flavour);
  }
}

/** Without PROCESS a server shows an account its own connections only, and says nothing of the others. */
async function hiddenFrom(ask: AskNow, { look }: Flavour): Promise<ReadonlyMap<string, string>> {
  const [grants = []] = await ask('SHOW GRANTS').catch(() => []);
  const lines = grants.map((row) => String(Object.values(row)[0]));
  const { dumping } = look.scalars;
  // What a role brings is not in the list; it is granted in a line without ON.
  const mayBeAll = lines.some(
    (line) => /\bPROCESS\b|\bALL PRIVILEGES ON \*\.\*/.test(line) || !/ ON /.test(line),
  );
  if (lines.length === 0 || mayBeAll || dumping === undefined) return new Map();
  return new Map([['dumping', mayNot(dumping)]]);
}

function isRefused(error: unknown): boolean {
  return (error as { sqlMessage?: string }).sqlMessage !== undefined;
}

/** A server that greets and then says nothing is another trouble than one that is not there. */
function sentenceOf(key: InstanceKey, error: unknown, echo: Echo): string {
  const { message } = explained(key, error);
  if (error instanceof BatonError && unreadable.has(error.code))
    return `${key} cannot be understood: ${message}`;
  return echo === 'answered' && !isServersWord(error) ? `${message}, though it has said something` : message;
}

function hindranceIn(error: unknown): Hindrance | null {
  const { code, errno, cause } = error as { code?: string; errno?: number; cause?: unknown };
  if (errno !== undefined && noConnectionLeft.has(errno)) return 'full';
  if (code === 'access-denied') return 'denied';
  if (code !== undefined && unreadable.has(code)) return 'unreadable';
  if (cause !== undefined) return hindranceIn(cause);
  return code === 'server-unreachable' ? 'unfinished' : null;
}

/** ER_CON_COUNT_ERROR, ER_TOO_MANY_USER_CONNECTIONS and ER_USER_LIMIT_REACHED. */
const noConnectionLeft: ReadonlySet<number> = new Set([1040, 1203, 1226]);

const unreadable: ReadonlySet<string> = new Set(['answer-unreadable', 'gtid-unreadable']);
