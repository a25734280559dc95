import type { Keepalived } from '../../config/keys/signals.ts';
import type { HostSignal } from '../../analysis/host-signal.ts';
import type { SignalNews, Signals, Teller } from '../../engine/ports.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { InstanceKey } from '../../kernel/instance-key.ts';
import { NewsStand } from '../news-stand.ts';
import { KeepalivedHost, type Watched } from './host.ts';
import { type DumpedInstance, isRunning, readStateDump } from './state-dump.ts';

/** Hears the keepalived of hosts. What they say is evidence: it is told and shown, and never has a server replaced. */
export class KeepalivedSignals implements Signals {
  readonly #isHost: Signals['isHost'];
  readonly #hosts: readonly KeepalivedHost[];
  readonly #stand = new NewsStand();
  readonly #stopping = new AbortController();
  #lives: readonly Promise<void>[] = [];

  constructor(options: {
    watched: readonly Watched[];
    isHost: Signals['isHost'];
    clock: Clock;
    teller: Teller;
  }) {
    const { clock, teller } = options;
    this.#isHost = options.isHost;
    const tell = (news: SignalNews) => this.#stand.tell(news);
    this.#hosts = options.watched.map((one) => new KeepalivedHost(one, { tell, clock, teller }));
  }

  start(): void {
    this.#lives = this.#hosts.map((host) => host.live(this.#stopping.signal));
  }

  async close(): Promise<void> {
    this.#stopping.abort(new Error('keepalived is listened to no more'));
    await Promise.all(this.#lives);
  }

  isHost(node: string, instance: InstanceKey): boolean {
    return this.#isHost(node, instance);
  }

  of(instance: InstanceKey): readonly HostSignal[] {
    return this.#hosts.flatMap(({ node, standing }) =>
      standing !== null && this.#isHost(node, instance) ? [standing] : [],
    );
  }

  async confirm(instance: InstanceKey): Promise<readonly HostSignal[]> {
    const own = this.#hosts.filter(({ node }) => this.#isHost(node, instance));
    await Promise.all(own.map((host) => host.read()));
    return this.of(instance);
  }

  /** VRRP moves addresses and switches nobody off. */
  fences(): boolean {
    return false;
  }

  heed(...listening: Parameters<Signals['heed']>): void {
    this.#stand.heed(...listening);
  }
}

/** The keepalived that the configuration names. One without a PidFile cannot be asked, and has no standing. */
export function watchedOf({ Node, Fifo, PidFile, DumpFile }: Keepalived): Watched {
  const ask = async (): Promise<readonly DumpedInstance[]> =>
    (await isRunning(PidFile)) ? readStateDump(PidFile, DumpFile) : [];
  return { node: Node, fifo: Fifo, ask: PidFile === '' ? null : ask };
}
