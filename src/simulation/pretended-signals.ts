import type { HostSignal, HostStanding } from '../analysis/host-signal.ts';
import type { SignalNews, Signals } from '../engine/ports.ts';
import type { Clock } from '../kernel/clock.ts';
import { hostOf, type InstanceKey } from '../kernel/instance-key.ts';
import type { Lifeline } from './lifeline.ts';

/** A cluster manager that a story speaks for; it has a node for every host. */
export class PretendedSignals {
  readonly #clock: Clock;
  readonly #standings = new Map<string, HostSignal>();
  readonly #listeners = new Set<(news: SignalNews) => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  say(instance: InstanceKey, says: HostStanding, isFencing: boolean): void {
    const node = hostOf(instance);
    const at = this.#clock.now();
    const because = `node ${node} is ${says}`;
    const standing: HostSignal = { from: 'pacemaker', node, says, at, isFencing, because };
    this.#standings.set(node, standing);
    for (const tell of this.#listeners) tell({ from: 'pacemaker', node, at, because, standing });
  }

  /** As one life of a controller hears it. */
  through(life: Lifeline): Signals {
    const of = (instance: InstanceKey) => {
      const standing = this.#standings.get(hostOf(instance));
      return standing === undefined ? [] : [standing];
    };
    return {
      isHost: (node, instance) => hostOf(instance) === node,
      of,
      confirm: (instance) => life.through(Promise.resolve(of(instance))),
      fences: (instance) => of(instance).length > 0,
      heed: (heard, signal) => {
        const listener = (news: SignalNews) => life.tell(() => void heard(news));
        this.#listeners.add(listener);
        signal.addEventListener('abort', () => this.#listeners.delete(listener), { once: true });
      },
    };
  }
}
