import type { HostSignal } from '../../analysis/host-signal.ts';
import type { SignalNews, Teller } from '../../engine/ports.ts';
import type { Clock } from '../../kernel/clock.ts';
import { messageOf } from '../../kernel/errors.ts';
import type { Told } from '../../protocols/keepalived/router/calls.ts';
import { shown } from '../shown.ts';
import { type FifoReader, type Heard, readFifo } from './fifo.ts';
import type { DumpedInstance } from './state-dump.ts';

/** The keepalived of one host. */
export interface Watched {
  /** The host’s name, as SignalNodes has it. */
  readonly node: string;
  readonly fifo: string;
  /** How its instances stand now: all of them, none where it has ended; null where it cannot be asked. Throws where it does not answer. */
  readonly ask: (() => Promise<readonly DumpedInstance[]>) | null;
}

/** Priorities that move with a weight are of no use on a timeline: they only make keepalived be asked. */
const ofPriority: ReadonlySet<Told['state']> = new Set(['MASTER_PRIORITY', 'BACKUP_PRIORITY']);
/** Lines come in swarms; keepalived is asked once for all that come within this time. */
const swarmMs = 100;
const askEveryMs = 10_000;
/** Between two attempts to open a FIFO that is not there yet. */
const openEveryMs = 5_000;
/** So many lines of one swarm are told one by one, the others by their number: a script that flaps fills no timeline. */
const mostTold = 20;

/**
 * Hears the keepalived of one host. A line of its FIFO is a hint, told once; the states that it is asked for then are what counts: `faulty`
 * where an instance is in FAULT, `left` where it has ended, else `up`. Never more: VRRP has no quorum and cuts nobody off.
 */
export class KeepalivedHost {
  readonly #watched: Watched;
  readonly #tell: (news: SignalNews) => unknown;
  readonly #clock: Clock;
  readonly #teller: Teller;
  #standing: HostSignal | null = null;
  #reader: FifoReader | null = null;
  /** What the FIFO held when it was opened is of a time that nobody knows: only the states are asked for. */
  #newFrom = 0;
  #swarm: Told[] = [];
  #askAt = 0;
  #fault: string | null = null;

  constructor(watched: Watched, how: { tell: (news: SignalNews) => unknown; clock: Clock; teller: Teller }) {
    this.#watched = watched;
    this.#tell = how.tell;
    this.#clock = how.clock;
    this.#teller = how.teller;
  }

  get node(): string {
    return this.#watched.node;
  }

  /** How it stood when it was last asked; null where it could not be. */
  get standing(): HostSignal | null {
    return this.#standing;
  }

  /** Listens until the signal ends it. Never rejects. */
  async live(signal: AbortSignal): Promise<void> {
    let openAt = 0;
    while (!signal.aborted) {
      const now = this.#clock.now();
      if (this.#reader === null && now >= openAt) {
        openAt = now + openEveryMs;
        await this.#open();
      }
      this.#tellSwarm();
      if (now >= this.#askAt) await this.read();
      await this.#clock.sleep(swarmMs, signal).catch(() => {});
    }
    this.#reader?.close();
  }

  /** Asks keepalived how its instances stand. */
  async read(): Promise<void> {
    this.#askAt = this.#clock.now() + askEveryMs;
    const { ask, node } = this.#watched;
    if (ask === null) return;
    let instances: readonly DumpedInstance[];
    try {
      instances = await ask();
    } catch (error) {
      this.#standing = null;
      return this.#fail(messageOf(error));
    }
    this.#mend();
    const { says, because } = standingIn(node, instances);
    if (this.#standing?.says === says && this.#standing.because === because) return;
    const at = this.#clock.now();
    const standing: HostSignal = { from: 'keepalived', node, says, at, isFencing: false, because };
    this.#standing = standing;
    this.#tell({ from: 'keepalived', node, at, because, standing });
  }

  async #open(): Promise<void> {
    try {
      this.#newFrom = Number.POSITIVE_INFINITY;
      this.#reader = await readFifo(this.#watched.fifo, (heard) => this.#hear(heard));
      this.#newFrom = this.#clock.now() + swarmMs;
      this.#mend();
    } catch (error) {
      this.#fail(messageOf(error));
    }
  }

  #hear(heard: Heard): void {
    const now = this.#clock.now();
    this.#askAt = Math.min(this.#askAt, now + swarmMs);
    if (heard.type !== 'told' || now < this.#newFrom) return;
    const { told } = heard;
    if (told.kind === 'INSTANCE' && !ofPriority.has(told.state)) this.#swarm.push(told);
  }

  #tellSwarm(): void {
    const swarm = this.#swarm;
    this.#swarm = [];
    const { node } = this.#watched;
    const tell = (sentence: string) =>
      this.#tell({
        from: 'keepalived',
        node,
        at: this.#clock.now(),
        because: shown(sentence),
        standing: null,
      });
    for (const { name, state } of swarm.slice(0, mostTold))
      tell(`${node}: the instance "${name}" is told to be ${state}`);
    const more = swarm.length - mostTold;
    if (more > 0) tell(`${node}: ${more} changes of its instances were told beside these`);
  }

  #fail(because: string): void {
    if (this.#fault === because) return;
    this.#fault = because;
    this.#teller.warn(`nothing is known of keepalived on ${this.#watched.node}: ${because}`, {});
  }

  #mend(): void {
    if (this.#fault !== null && this.#reader !== null)
      this.#teller.tell(`keepalived on ${this.#watched.node} is heard`, {});
    if (this.#reader !== null) this.#fault = null;
  }
}

function standingIn(
  node: string,
  instances: readonly DumpedInstance[],
): Pick<HostSignal, 'says' | 'because'> {
  if (instances.length === 0) return { says: 'left', because: `keepalived on ${node} has ended` };
  const named = (wanted: DumpedInstance['state']) =>
    instances.flatMap(({ name, state }) => (state === wanted ? [`"${name}"`] : [])).join(', ');
  const faulty = named('FAULT');
  if (faulty !== '') return { says: 'faulty', because: shown(`${node}: ${faulty} is in FAULT`) };
  const held = named('MASTER');
  return {
    says: 'up',
    because: shown(held === '' ? `${node} holds no address` : `${node}: ${held} is MASTER`),
  };
}
