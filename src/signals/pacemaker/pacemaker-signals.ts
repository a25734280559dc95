import type { Pacemaker } from '../../config/keys/signals.ts';
import type { HostSignal } from '../../analysis/host-signal.ts';
import type { SignalNews, Signals, Teller } from '../../engine/ports.ts';
import type { Clock } from '../../kernel/clock.ts';
import { messageOf } from '../../kernel/errors.ts';
import type { InstanceKey } from '../../kernel/instance-key.ts';
import { whenAborted } from '../../kernel/when-aborted.ts';
import type { Level } from '../../protocols/pacemaker/level.ts';
import { signalEnvironmentOf } from '../../protocols/pacemaker/environment.ts';
import { NewsStand } from '../news-stand.ts';
import { follow, type Following } from './following.ts';
import { SpoolWatch } from './spool-watch.ts';
import { Standings } from './standings.ts';
import { toldText } from './told-text.ts';

/** How often the cluster is asked where nothing was told. */
const askEveryMs = 10_000;
/** Events come in swarms; the cluster is asked once for all that come within this time. */
const swarmMs = 100;

/** Hears a Pacemaker cluster: what is told makes it ask how the cluster stands, and only the answer counts. */
export class PacemakerSignals implements Signals {
  readonly #config: Pick<Pacemaker, 'Spool'>;
  readonly #isHost: Signals['isHost'];
  readonly #ask: (signal: AbortSignal) => Promise<Level | string>;
  readonly #messages: Following['messages'] | null;
  readonly #clock: Clock;
  readonly #teller: Teller;
  readonly #standings = new Standings();
  readonly #stand = new NewsStand();
  readonly #stopping = new AbortController();
  /** Why the cluster could not be asked the last time; null where it could. */
  #fault: string | null = 'it was not asked yet';
  #asking: Promise<void> | null = null;
  #askAt = 0;
  #lives: readonly Promise<void>[] = [];

  constructor(options: {
    config: Pick<Pacemaker, 'Spool'>;
    isHost: Signals['isHost'];
    /** The notifications of its CIB; null where nobody follows it. */
    messages: Following['messages'] | null;
    /** How the cluster stands, or why that cannot be learned. */
    ask: (signal: AbortSignal) => Promise<Level | string>;
    clock: Clock;
    teller: Teller;
  }) {
    this.#config = options.config;
    this.#isHost = options.isHost;
    this.#ask = options.ask;
    this.#messages = options.messages;
    this.#clock = options.clock;
    this.#teller = options.teller;
  }

  start(): void {
    const { signal } = this.#stopping;
    this.#lives = [
      this.#keepAsking(signal),
      ...(this.#config.Spool === '' ? [] : [this.#spool().live(signal)]),
      ...(this.#messages === null ? [] : [this.#follow(this.#messages, signal)]),
    ];
  }

  async close(): Promise<void> {
    this.#stopping.abort(new Error('the cluster is listened to no more'));
    await Promise.all(this.#lives);
  }

  isHost(node: string, instance: InstanceKey): boolean {
    return this.#isHost(node, instance);
  }

  of(instance: InstanceKey): readonly HostSignal[] {
    if (this.#fault !== null) return [];
    return this.#standings.all.filter(({ node }) => this.#isHost(node, instance));
  }

  async confirm(instance: InstanceKey, signal: AbortSignal): Promise<readonly HostSignal[]> {
    // What is being asked at this moment may have been answered before we came.
    const afresh = (this.#asking ?? Promise.resolve()).then(() => this.#readNow());
    await unlessAborted(afresh, signal);
    return this.of(instance);
  }

  fences(instance: InstanceKey): boolean {
    return this.#standings.fences && this.of(instance).length > 0;
  }

  heed(...listening: Parameters<Signals['heed']>): void {
    this.#stand.heed(...listening);
  }

  /** Something was told, by whatever way: it goes on the timeline, and the cluster is asked soon. Resolves with whether it is on record. */
  #told(
    node: string,
    { at, ...what }: Pick<SignalNews, 'because' | 'variables' | 'identity'> & { at: number | null },
  ): Promise<boolean> {
    this.#askSoon();
    return this.#stand.tell({
      from: 'pacemaker',
      node,
      at: at ?? this.#clock.now(),
      standing: null,
      ...what,
    });
  }

  #askSoon(): void {
    this.#askAt = Math.min(this.#askAt, this.#clock.now() + swarmMs);
  }

  async #keepAsking(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      if (this.#clock.now() >= this.#askAt) {
        this.#askAt = this.#clock.now() + askEveryMs;
        await this.#readNow();
      }
      await this.#clock.sleep(swarmMs / 2, signal).catch(() => {});
    }
  }

  #readNow(): Promise<void> {
    this.#asking ??= this.#read(this.#stopping.signal).finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  async #read(signal: AbortSignal): Promise<void> {
    const level = await this.#ask(signal).catch(messageOf);
    if (signal.aborted) return;
    if (typeof level === 'string') return this.#fail(level);
    if (this.#fault !== null) this.#teller.tell('the Pacemaker cluster answers how it stands', {});
    this.#fault = null;
    for (const standing of this.#standings.take(level, this.#clock.now())) {
      const { from, node, at, because } = standing;
      void this.#stand.tell({ from, node, at, because, standing });
    }
  }

  #fail(because: string): void {
    if (this.#fault === because) return;
    this.#fault = because;
    this.#teller.warn(`nothing is known of the Pacemaker cluster: ${because}`, {});
  }

  #follow(messages: Following['messages'], signal: AbortSignal): Promise<void> {
    const [clock, teller] = [this.#clock, this.#teller];
    const told: Following['told'] = (node, what) => void this.#told(node, { at: null, ...what });
    return follow({ messages, told, missed: () => this.#askSoon(), clock, teller }, signal);
  }

  #spool(): SpoolWatch {
    return new SpoolWatch({
      directory: this.#config.Spool,
      told: (signal, identity) => {
        const [because, variables] = [toldText(signal), signalEnvironmentOf(signal, '')];
        return this.#told(signal.node, { at: signal.at, because, variables, identity });
      },
      clock: this.#clock,
      teller: this.#teller,
    });
  }
}

/** Whoever asks may have to leave; the reading goes on for the others. */
function unlessAborted(reading: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const rise = whenAborted(signal, () => reject(signal.reason));
    void reading.finally(rise).then(resolve, reject);
  });
}
