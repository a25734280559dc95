import type { LiveInventory } from '../inventory.ts';
import type { Asker } from '../requests/requests.ts';
import type { Said } from './kept.ts';

/** How clusters hang together at a moment that somebody chose, for whoever reads the audit later (orchestrator’s snapshot-topologies). */
export class Snapshots {
  readonly #inventory: LiveInventory;
  readonly #said: Said;

  constructor({ inventory, said }: { inventory: LiveInventory; said: Said }) {
    this.#inventory = inventory;
    this.#said = said;
  }

  /** Each cluster is an entry of its own. Throws `not-leader`. */
  async take(asker: Asker): Promise<void> {
    for (const { id, alias, name } of this.#inventory.clusters) {
      const pairs = this.#inventory
        .members(id)
        .map(({ key, server }) => `${key}<${server?.replication?.source ?? ''}`);
      const says = `cluster ${name} is ${pairs.join(', ')}.`;
      const cluster = { id, alias };
      await this.#said({ type: 'snapshot-topologies', instance: null, cluster, says }, asker, async () => {});
    }
  }
}
