import type { Publisher } from '../engine/ports.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';
import { memoryPublisher } from '../publish/memory.ts';

/** Tells the world of a story, unless the story has it refuse or hang; it outlives the controller. */
export class PretendedPublisher implements Publisher {
  readonly #primaries = new Map<string, InstanceKey>();
  readonly #memory = memoryPublisher(this.#primaries);
  manner: 'works' | 'hangs' | 'refuses' = 'works';

  /** The primaries of all clusters that the world is told of. */
  get told(): readonly InstanceKey[] {
    return [...this.#primaries.values()];
  }

  async withdraw(...[cluster, signal]: Parameters<Publisher['withdraw']>): Promise<void> {
    await this.#answer(signal);
    return this.#memory.withdraw(cluster, signal);
  }

  async publish(...[cluster, primary, signal]: Parameters<Publisher['publish']>): Promise<void> {
    await this.#answer(signal);
    return this.#memory.publish(cluster, primary, signal);
  }

  /** Reading is always answered. */
  published(...[cluster, signal]: Parameters<Publisher['published']>): ReturnType<Publisher['published']> {
    return this.#memory.published(cluster, signal);
  }

  preview(...[cluster, primary]: Parameters<Publisher['preview']>): ReturnType<Publisher['preview']> {
    return this.#memory.preview(cluster, primary);
  }

  async #answer(signal: AbortSignal): Promise<void> {
    if (this.manner === 'refuses') throw new Error('the proxy refuses');
    if (this.manner === 'works') return;
    await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  }
}
