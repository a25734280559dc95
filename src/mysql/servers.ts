import type { CloneFacts } from '../analysis/gates/clone-gates.ts';
import type { Cloning, Lease, Order, Servers } from '../engine/ports.ts';
import type { Clock } from '../kernel/clock.ts';
import { BatonError, messageOf } from '../kernel/errors.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';
import type { Coordinates } from '../topology/coordinates.ts';
import type { Observation, Server } from '../topology/observation.ts';
import type { LogEvent } from '../topology/pseudo-gtid.ts';
import type { Access } from './access.ts';
import { type Account, withoutPassword } from './account.ts';
import { takeActLock } from './act-lock.ts';
import { readCloneFacts } from './clone-facts.ts';
import { Inquiry } from './inquiry.ts';
import { withLag } from './lag.ts';
import { Link } from './link.ts';
import { eventsIn, eventsQuery, filesIn, filesQuery } from './log-events.ts';
import {
  beginCloning,
  cloneAccount,
  cloningIn,
  cloningQuery,
  hasEndedWithServer,
} from './operations/clone.ts';
import { closeToWrites } from './operations/close-to-writes.ts';
import { endConnections } from './operations/end-connections.ts';
import { endStatement } from './operations/end-statement.ts';
import { hasNoAccount, meansFor, semiSyncVariable } from './operations/means.ts';
import { statementsFor } from './operations/orders.ts';
import { whyNotEnded } from './operations/unendable.ts';
import { Probe } from './probe.ts';
import { ReplicationAccounts, type ReplicationKeys } from './replication-accounts.ts';

interface Line {
  /** Looks, over a connection of its own. */
  readonly probe: Probe;
  /** Made at the first act; holds the act lock for as long as it lives. */
  acting: Link | null;
  /** Made for the first query of the operator's own. */
  inquiry: Inquiry | null;
  /** What the last look brought; null where it brought nothing. */
  seen: Server | null;
  /** By which it switches semi-sync on the side of a primary, as it said when it was made ready; null where it has no such thing. */
  semiSync: string | null;
  /** The acting connection stands, and the account that it signs in with is known, should it be made to forget it. */
  isReady: boolean;
}

/** Bounds one question about an account; whoever is asked has just answered others. */
const accountTimeoutMs = 2_000;

/** Of whoever acts without having been elected. */
const forGood: Lease = { token: 0, remainingMs: () => Number.POSITIVE_INFINITY };

/** The longest that a timer can be, 24 days: a copy takes as long as it takes. */
const untilItEnds = 2 ** 31 - 1;

/** Bounds one reading of a part of a binary log. */
const logTimeoutMs = 10_000;

/**
 * Real servers, each over one connection for looking, one for acting once it is changed, and one for the
 * operator's own queries where there are any.
 */
export class MysqlServers implements Servers {
  readonly #lines = new Map<InstanceKey, Line>();
  readonly #access: Access;
  readonly #clock: Clock;
  readonly #useSuperReadOnly: boolean;
  readonly #lagQuery: string;
  readonly #onLost: (key: InstanceKey) => void;
  readonly #accounts: ReplicationAccounts;
  /** What CloneUser signs in with; null where it is not set. */
  readonly #cloneAccount: Account | null;

  /** `onLost` is called when the watching connection to a server ends without our doing. */
  constructor(options: {
    access: Access;
    clock: Clock;
    useSuperReadOnly: boolean;
    /** ReplicationLagQuery; none where it is empty or missing. */
    lagQuery?: string;
    /** What a server without an account of its own is given; nothing where it is missing. */
    replication?: ReplicationKeys;
    /** CloneUser and ClonePassword; none where they are empty or missing. */
    clone?: { user: string; password: string };
    onLost: (key: InstanceKey) => void;
  }) {
    this.#access = options.access;
    this.#clock = options.clock;
    this.#useSuperReadOnly = options.useSuperReadOnly;
    this.#lagQuery = options.lagQuery ?? '';
    this.#onLost = options.onLost;
    this.#cloneAccount = cloneAccount(options.clone ?? { user: '', password: '' });
    this.#accounts = new ReplicationAccounts(options.replication ?? { query: '', user: '', password: '' }, {
      ask: (key, query) => this.#inquiry(key).row(query, accountTimeoutMs),
      seen: (key) => this.#lines.get(key)?.seen ?? null,
      known: () => [...this.#lines.keys()],
    });
  }

  look(instances: readonly InstanceKey[], timeoutMs: number): Promise<readonly Observation[]> {
    return Promise.all(instances.map((key) => this.#look(key, timeoutMs)));
  }

  /** What an operator's query gives, see Inquiry. */
  value(key: InstanceKey, query: string, timeoutMs: number): Promise<string | null> {
    return this.#inquiry(key).value(query, timeoutMs);
  }

  canGiveAccount(source: InstanceKey): Promise<string | null> {
    return this.#accounts.find(source, null).then(
      () => null,
      (error: unknown) => messageOf(error),
    );
  }

  async canEndConnections(key: InstanceKey): Promise<string | null> {
    const { flavour } = this.#line(key).probe;
    if (flavour === null) return null;
    const rows = (statement: string) => this.#inquiry(key).rows(statement, accountTimeoutMs);
    // What keeps Baton from looking is no reason to keep a person from a takeover.
    return whyNotEnded(rows, { processlist: flavour.processlist, ownUser: this.#access.user }).catch(
      () => null,
    );
  }

  async cloneFacts(key: InstanceKey, donor: InstanceKey): Promise<CloneFacts> {
    const side = async (one: InstanceKey) => ({
      server: await this.#before(one, this.#line(one), accountTimeoutMs),
      rows: (statement: string) => this.#inquiry(one).rows(statement, accountTimeoutMs),
    });
    const visits: Inquiry[] = [];
    const as = ({ user, password }: Account) => {
      const visit = new Inquiry(donor, { ...this.#access, user, password });
      visits.push(visit);
      return (statement: string) => visit.rows(statement, accountTimeoutMs);
    };
    try {
      const account = () => this.#accountFor({ donor }, key);
      return await readCloneFacts(await side(key), await side(donor), { account, as });
    } finally {
      for (const visit of visits) visit.close();
    }
  }

  async cloning(key: InstanceKey): Promise<Cloning> {
    return cloningIn(await this.#inquiry(key).rows(cloningQuery, accountTimeoutMs));
  }

  async logFiles(key: InstanceKey): Promise<readonly string[]> {
    return filesIn(await this.#inquiry(key).rows(filesQuery, logTimeoutMs));
  }

  async logEvents(
    key: InstanceKey,
    which: { readonly from: Coordinates; readonly limit: number },
  ): Promise<readonly LogEvent[]> {
    return eventsIn(await this.#inquiry(key).rows(eventsQuery(which), logTimeoutMs));
  }

  pulse(key: InstanceKey, timeoutMs: number): Promise<Observation | null> {
    return this.#line(key).probe.pulse(timeoutMs, () => this.#clock.now());
  }

  async act(order: Order, timeoutMs: number, lease: Lease = forGood): Promise<readonly string[]> {
    const { instance: key } = order;
    const line = this.#line(key);
    const server = await this.#before(key, line, timeoutMs);
    const { flavour } = line.probe;
    if (flavour === null) throw new BatonError('server-unreachable', `${key} does not answer`);
    // A privilege on all of a server is given to new connections only, and a clone wants one that may just have been granted.
    if (order.verb === 'clone') this.rest([key]);
    const acting = this.#acting(line, key);
    const mustLead = () => {
      if (lease.remainingMs() <= 0) throw leaseLost(key, order.verb);
    };
    const sent: string[] = [];
    const ask = async (statement: string) => {
      const answer = await acting.ask(statement, timeoutMs, mustLead);
      if (!isQuestion.test(statement) && sent.length < mostSent) sent.push(withoutPassword(statement, null));
      return answer;
    };
    if (order.verb === 'endConnections') {
      const { processlist } = flavour;
      const { evenCommitting = false } = order;
      await endConnections(key, { ask, processlist, ownUser: this.#access.user, evenCommitting });
      return sent;
    }
    if (order.verb === 'endStatement') {
      await endStatement(order, { ask, processlist: flavour.processlist, ownUser: this.#access.user });
      return sent;
    }
    if (order.verb === 'setReadOnly' && order.readOnly && order.evenCommitting === true) {
      const isSuper = order.evenSuper ?? this.#useSuperReadOnly;
      await closeToWrites(key, { ask, flavour, server, ownUser: this.#access.user, isSuper });
      return sent;
    }
    const means = await meansFor(order, server, {
      flavour,
      ask,
      useSuperReadOnly: this.#useSuperReadOnly,
      account: (wanted) => this.#accountFor(wanted, key),
      knownSemiSync: line.isReady ? line.semiSync : null,
    });
    if (forgets.has(order.verb) && !line.isReady && !hasNoAccount(server)) await this.#accounts.remember(key);
    if (forgets.has(order.verb)) line.isReady = false;
    const statements = statementsFor(order, server, flavour, means);
    const password = means.account?.password ?? null;
    const shown = statements.map((statement) => withoutPassword(statement, password));
    const refused = (statement: string, error: unknown) =>
      error instanceof BatonError && error.code === 'lease-lost'
        ? error
        : refusal(key, { statement, error, password });
    const put = (statement: string) =>
      ask(statement).catch((error: unknown) => {
        throw refused(statement, error);
      });
    if (order.verb === 'clone') {
      await beginCloning(statements, {
        ask: put,
        askLong: (statement) =>
          acting.ask(statement, untilItEnds, mustLead).catch((error: unknown) => {
            if (!hasEndedWithServer(error)) throw refused(statement, error);
          }),
        state: async () => (await this.cloning(key)).state,
        rest: (milliseconds) => this.#clock.sleep(milliseconds, new AbortController().signal),
        withinMs: timeoutMs,
      });
      return shown;
    }
    for (const statement of inOneMessage.has(order.verb) ? [statements.join(';\n')] : statements)
      await put(statement);
    return shown;
  }

  async statements(order: Order, timeoutMs: number): Promise<readonly string[]> {
    const { instance: key } = order;
    const line = this.#line(key);
    const server = line.seen ?? (await this.#before(key, line, timeoutMs));
    const { flavour } = line.probe;
    if (flavour === null) throw new BatonError('server-unreachable', `${key} does not answer`);
    if (order.verb === 'endConnections') return ['KILL … for each connection of an application'];
    const means = await meansFor(order, server, {
      flavour,
      ask: async (statement) => [await this.#inquiry(key).rows(statement, timeoutMs)],
      useSuperReadOnly: this.#useSuperReadOnly,
      account: (wanted) => this.#accountFor(wanted, key),
    });
    const password = means.account?.password ?? null;
    return statementsFor(order, server, flavour, means).map((one) => withoutPassword(one, password));
  }

  /** With what a server signs in to the one that it shall follow or copy. */
  async #accountFor(
    wanted: { readonly source: InstanceKey } | { readonly donor: InstanceKey },
    key: InstanceKey,
  ): Promise<Account> {
    if ('source' in wanted) return this.#accounts.find(wanted.source, key);
    return this.#cloneAccount ?? (await this.#accounts.find(wanted.donor, key));
  }

  /** Whoever gives an order has just looked; one that was made ready is not kept waiting for another look. */
  async #before(key: InstanceKey, line: Line, timeoutMs: number): Promise<Server> {
    if (line.isReady && line.seen !== null) return line.seen;
    const [seen] = await this.look([key], timeoutMs);
    if (seen?.server == null)
      throw new BatonError('server-unreachable', seen?.error ?? `${key} does not answer`);
    return seen.server;
  }

  /** A server that cannot be made ready says so when it is to act. */
  async makeReady(
    instances: readonly InstanceKey[],
    timeoutMs: number,
    lease: Lease = forGood,
  ): Promise<void> {
    const making = instances.map(async (key) => {
      const line = this.#line(key);
      const acting = this.#acting(line, key);
      const mustLead = () => {
        if (lease.remainingMs() <= 0) throw leaseLost(key, 'be ready');
      };
      const ask = (statement: string) => acting.ask(statement, timeoutMs, mustLead);
      await ask('DO 0');
      const { flavour } = line.probe;
      if (flavour !== null)
        line.semiSync = await semiSyncVariable({ instance: key, side: 'primary' }, flavour, ask).catch(
          () => null,
        );
      await this.#accounts.remember(key);
      line.isReady = true;
    });
    await Promise.allSettled(making);
  }

  #acting(line: Line, key: InstanceKey): Link {
    line.acting ??= new Link(key, this.#access, {
      prepare: (ask, mustLead) => takeActLock(key, ask, mustLead),
      onLost: () => {
        line.acting = null;
      },
    });
    return line.acting;
  }

  /** Ends the acting connections to these, and with them the locks: nothing of ours is in flight there any more. */
  rest(keys: readonly InstanceKey[]): void {
    for (const key of keys) {
      const line = this.#lines.get(key);
      line?.acting?.close();
      if (line !== undefined) Object.assign(line, { acting: null, isReady: false });
    }
  }

  forget(key: InstanceKey): void {
    const line = this.#lines.get(key);
    line?.probe.close();
    line?.acting?.close();
    line?.inquiry?.close();
    this.#lines.delete(key);
  }

  close(): void {
    for (const key of this.#lines.keys()) this.forget(key);
  }

  #look(key: InstanceKey, timeoutMs: number): Promise<Observation> {
    const line = this.#line(key);
    const looking = line.probe.look(timeoutMs, () => this.#clock.now());
    void looking.then(({ server }) => {
      line.seen = server;
    });
    return this.#lagQuery === '' ? looking : withLag(looking, this.value(key, this.#lagQuery, timeoutMs));
  }

  #line(key: InstanceKey): Line {
    const known = this.#lines.get(key);
    if (known !== undefined) return known;
    const line: Line = {
      probe: new Probe(key, this.#access, () => this.#onLost(key)),
      acting: null,
      inquiry: null,
      seen: null,
      semiSync: null,
      isReady: false,
    };
    this.#lines.set(key, line);
    return line;
  }

  #inquiry(key: InstanceKey): Inquiry {
    const line = this.#line(key);
    line.inquiry ??= new Inquiry(key, this.#access);
    return line.inquiry;
  }
}

/** What only asks is not among what a server was sent. */
const isQuestion = /^\s*(?:SELECT|SHOW)\b/i;

/** Of thousands of connections that are ended the first say enough, and the journal keeps them for long. */
const mostSent = 50;

/** Nobody takes writes while they are done, so their statements do not wait for each other's answers. */
const inOneMessage: ReadonlySet<Order['verb']> = new Set(['promote']);

/** Orders after which a server knows no account any more. */
const forgets: ReadonlySet<Order['verb']> = new Set(['promote', 'forget']);

/** ER_PARSE_ERROR: the server repeats the rest of the statement, cut off anywhere. */
const unparsed = 1064;

/** The server's words to a statement, without the password that may stand in either. */
function leaseLost(instance: InstanceKey, what: string): BatonError {
  return new BatonError(
    'lease-lost',
    `${instance} was not asked to ${what}, or not to the end: the lease has run out`,
  );
}

function refusal(
  key: InstanceKey,
  { statement, error, password }: { statement: string; error: unknown; password: string | null },
): BatonError {
  const isTelling = password !== null && (error as { errno?: number }).errno === unparsed;
  const words = isTelling ? 'it cannot be understood' : messageOf(error);
  const message = withoutPassword(`${key} answered "${statement}" with: ${words}`, password);
  // The driver's error has the statement in it.
  return new BatonError('act-failed', message, password === null ? { cause: error } : {});
}
