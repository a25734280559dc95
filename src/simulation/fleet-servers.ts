import type { ControlledServers } from '../controller/ports.ts';
import type { CloneFacts } from '../analysis/gates/clone-gates.ts';
import type { Cloning, Order } from '../engine/ports.ts';
import type { Clock } from '../kernel/clock.ts';
import { BatonError } from '../kernel/errors.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';
import type { Coordinates } from '../topology/coordinates.ts';
import type { LogEvent } from '../topology/pseudo-gtid.ts';
import type { Observation, Server } from '../topology/observation.ts';
import { cloningOf } from './cloning.ts';
import { undisturbed } from './clock.ts';
import type { Fleet } from './fleet.ts';
import type { Lifeline } from './lifeline.ts';
import { uuidOf } from './observe.ts';
import { statementsOf } from './statements.ts';

/** One question and its answer on the pretended network, and one statement that changes something. */
const answerMs = 1;
const statementMs = 2;
/** Bounds a look of its own. */
const lookMs = 1_000;

/**
 * The fleet as one controller reaches it. What a server answers is what it was when it answered, however late
 * the controller hears of that; one that dies hears no answer, nor the clock, ever again.
 */
export class FleetServers implements ControlledServers {
  readonly #fleet: Fleet;
  readonly #clock: Clock;
  readonly #life: Lifeline;
  /** Servers to which a connection stands that has served. */
  readonly #kept = new Set<InstanceKey>();
  readonly #stopListening: () => void;

  constructor(
    fleet: Fleet,
    { clock, life, onLost }: { clock: Clock; life: Lifeline; onLost: (key: InstanceKey) => void },
  ) {
    this.#fleet = fleet;
    this.#clock = clock;
    this.#life = life;
    this.#stopListening = fleet.onLost((key) => {
      this.#kept.delete(key);
      life.tell(() => onLost(key));
    });
  }

  look(instances: readonly InstanceKey[], timeoutMs: number): Promise<readonly Observation[]> {
    return Promise.all(instances.map((key) => this.#look(key, timeoutMs)));
  }

  /** Pretended servers have no tables. */
  async value(): Promise<string | null> {
    return null;
  }

  async pulse(key: InstanceKey, timeoutMs: number): Promise<Observation | null> {
    const seen = await this.#look(key, timeoutMs);
    return seen.outcome === 'read' ? null : seen;
  }

  async act(order: Order, timeoutMs: number): Promise<readonly string[]> {
    const { instance } = order;
    const statements = statementsOf(order, this.#fleet.server(instance), this.#fleet.servers);
    for (const statement of statements) {
      const { error } = await this.#life.through(this.#reach(instance, timeoutMs));
      if (error !== null) throw new BatonError('server-unreachable', error);
      if (this.#fleet.server(instance).broken.has(statement.words)) {
        throw new BatonError(
          'act-failed',
          `${instance} answered "${statement.words}" with: the story forbids it`,
        );
      }
      this.#fleet.take(instance, statement);
      await this.#clock.sleep(statementMs, undisturbed);
    }
    return statements.map(({ words }) => words);
  }

  /** Pretended MySQL servers have the plugin, and whatever it needs. */
  async cloneFacts(instance: InstanceKey, donor: InstanceKey): Promise<CloneFacts> {
    const [recipient, source] = [this.#fleet.read(instance), this.#fleet.read(donor)];
    const isActive = recipient.flavour === 'mysql';
    return {
      recipient: { ...recipient, isActive, lacks: [] },
      donor: { ...source, isActive, leads: source.replication === null },
      account: { user: 'repl', mayBackUp: true, because: null },
    };
  }

  async cloning(instance: InstanceKey, signal: AbortSignal): Promise<Cloning> {
    const [seen] = await this.look([instance], lookMs);
    signal.throwIfAborted();
    if (seen?.error != null) throw new BatonError('server-unreachable', seen.error);
    return cloningOf(this.#fleet.server(instance));
  }

  /** Pretended servers number their writes, and have no log to read. */
  async logFiles(): Promise<readonly string[]> {
    return ['bin.000001'];
  }

  /** Of each write its GTID, in its server's words, and a statement. */
  async logEvents(
    instance: InstanceKey,
    { from, limit }: { readonly from: Coordinates; readonly limit: number },
  ): Promise<readonly LogEvent[]> {
    const { flavour, log } = this.#fleet.server(instance);
    const events = log.flatMap(({ write: { origin, sequence } }) => [
      {
        type: 'Gtid',
        info:
          flavour === 'mariadb'
            ? `BEGIN GTID 0-${origin}-${sequence}`
            : `SET @@SESSION.GTID_NEXT= '${uuidOf(origin)}:${sequence}'`,
      },
      { type: 'Query', info: `INSERT INTO orders VALUES (${sequence})` },
    ]);
    return events
      .map((event, at) => ({ file: from.file, position: 4 + at, end: 5 + at, ...event }))
      .slice(from.position - 4, from.position - 4 + limit);
  }

  /** Pretended servers sign in with nothing. */
  async canEndConnections(): Promise<string | null> {
    return null;
  }

  async canGiveAccount(): Promise<string | null> {
    return null;
  }

  async statements(order: Order): Promise<readonly string[]> {
    const { servers } = this.#fleet;
    return statementsOf(order, this.#fleet.server(order.instance), servers).map(({ words }) => words);
  }

  async makeReady(): Promise<void> {
    // Nothing stands between a controller and the fleet.
  }

  close(): void {
    this.#stopListening();
  }

  forget(): void {
    // The fleet keeps nothing for whoever looks at it.
  }

  rest(): void {
    // Nor for whoever acts on it.
  }

  async #look(key: InstanceKey, timeoutMs: number): Promise<Observation> {
    const began = this.#clock.now();
    const overKept = this.#kept.has(key);
    const { echo, error, hindrance, server } = await this.#life.through(this.#answer(key, timeoutMs));
    const at = this.#clock.now();
    const outcome = server === null ? 'failed' : 'read';
    if (server === null) this.#kept.delete(key);
    else this.#kept.add(key);
    return { key, at, tookMs: at - began, outcome, echo, overKept, hindrance, error, server };
  }

  async #answer(key: InstanceKey, timeoutMs: number) {
    const reached = await this.#reach(key, timeoutMs);
    const server: Server | null = reached.error === null ? this.#fleet.read(key) : null;
    return { ...reached, server };
  }

  /** What comes back within the time, and the sentence of why the server cannot be asked; null where it can. */
  async #reach(
    key: InstanceKey,
    timeoutMs: number,
  ): Promise<Pick<Observation, 'echo' | 'error' | 'hindrance'>> {
    const echo = this.#fleet.echo('baton', key);
    await this.#wait(echo === 'silent' ? timeoutMs : answerMs);
    const later = echo === 'answers' ? this.#fleet.echo('baton', key) : echo;
    // One that fell silent in between is waited for all the same.
    if (echo !== 'silent' && later === 'silent') await this.#wait(timeoutMs - answerMs);
    switch (later) {
      case 'answers':
        return { echo: 'answered', hindrance: null, error: null };
      case 'crowded':
        return { echo: 'answered', hindrance: 'full', error: `${key} cannot be asked: Too many connections` };
      case 'refuses':
        return { echo: 'refused', hindrance: null, error: `${key} refuses connections` };
      case 'silent':
        return { echo: 'silent', hindrance: null, error: `${key} did not answer within ${timeoutMs} ms` };
    }
  }

  /** On the world's time, which goes on while a controller is paused. Bounded by itself, so there is no need to end it earlier. */
  #wait(milliseconds: number): Promise<void> {
    return this.#fleet.clock.sleep(milliseconds, undisturbed);
  }
}
