import type { HostSignal } from '../../analysis/host-signal.ts';
import type { Signals, Teller } from '../../engine/ports.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { InstanceKey } from '../../kernel/instance-key.ts';
import { NewsStand } from '../news-stand.ts';
import { standingsIn } from './standings.ts';
import type { HeartbeatState } from './state-folder.ts';

const lookEveryMs = 500;

/**
 * What a node of Baton's in a Heartbeat cluster (`baton heartbeat run`) sees of the others. Heartbeat has no quorum and cuts nobody off:
 * that a host is dead by it has servers looked at, and is never a reason to promote.
 */
export class HeartbeatSignals implements Signals {
  readonly #isHost: Signals['isHost'];
  readonly #read: () => HeartbeatState | null;
  readonly #clock: Clock;
  readonly #teller: Teller;
  readonly #stand = new NewsStand();
  readonly #stopping = new AbortController();
  #standings: ReadonlyMap<string, HostSignal> = new Map();
  /** Null before the first look. */
  #isHeard: boolean | null = null;
  #life: Promise<void> = Promise.resolve();

  constructor(options: {
    isHost: Signals['isHost'];
    /** How the cluster stands for our node; null where none runs. */
    read: () => HeartbeatState | null;
    clock: Clock;
    teller: Teller;
  }) {
    this.#isHost = options.isHost;
    this.#read = options.read;
    this.#clock = options.clock;
    this.#teller = options.teller;
  }

  start(): void {
    this.#life = this.#watch(this.#stopping.signal);
  }

  async close(): Promise<void> {
    this.#stopping.abort(new Error('Heartbeat is listened to no more'));
    await this.#life;
  }

  isHost(node: string, instance: InstanceKey): boolean {
    return this.#isHost(node, instance);
  }

  of(instance: InstanceKey): readonly HostSignal[] {
    return [...this.#standings.values()].filter(({ node }) => this.#isHost(node, instance));
  }

  async confirm(instance: InstanceKey): Promise<readonly HostSignal[]> {
    this.#look();
    return this.of(instance);
  }

  fences(): boolean {
    return false;
  }

  heed(...listening: Parameters<Signals['heed']>): void {
    this.#stand.heed(...listening);
  }

  async #watch(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      this.#look();
      await this.#clock.sleep(lookEveryMs, signal).catch(() => {});
    }
  }

  #look(): void {
    const state = this.#read();
    this.#say(state !== null);
    const before = this.#standings;
    const at = this.#clock.now();
    const now = (state === null ? [] : standingsIn(state)).map(({ node, says, because }): HostSignal => {
      const known = before.get(node);
      if (known?.says === says && known.because === because) return known;
      return { from: 'heartbeat', node, says, at, isFencing: false, because };
    });
    this.#standings = new Map(now.map((standing) => [standing.node, standing]));
    for (const standing of now) {
      const { from, node, because } = standing;
      if (before.get(node) !== standing) void this.#stand.tell({ from, node, at, because, standing });
    }
  }

  #say(isHeard: boolean): void {
    if (this.#isHeard === isHeard) return;
    if (!isHeard)
      this.#teller.warn('nothing is known of the Heartbeat cluster: baton heartbeat run is not running', {});
    else if (this.#isHeard !== null) this.#teller.tell('the Heartbeat cluster is heard again', {});
    this.#isHeard = isHeard;
  }
}
