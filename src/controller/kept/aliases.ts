import { BatonError } from '../../kernel/errors.ts';
import { asWritten } from '../../kernel/instance-key.ts';
import type { Cluster } from '../../topology/cluster.ts';
import type { LiveInventory } from '../inventory.ts';
import { readLabel } from '../names/label-values.ts';
import type { Asker } from '../requests/requests.ts';
import type { Said } from './kept.ts';

/**
 * Aliases that people give to clusters by hand (orchestrator 3.2.6, section 5.4: set-cluster-alias). Such a one outdoes
 * DetectClusterAliasQuery and ClusterNameToAlias, and stays with the cluster whoever leads it.
 */
export class Aliases {
  readonly #inventory: LiveInventory;
  readonly #said: Said;

  constructor({ inventory, said }: { inventory: LiveInventory; said: Said }) {
    this.#inventory = inventory;
    this.#said = said;
  }

  load(): Promise<void> {
    return this.#inventory.loadAliases();
  }

  /** An empty one gives the cluster back the alias that it has by itself. Throws `usage`, `request-refused`. */
  async set(cluster: Cluster, text: string, asker: Asker): Promise<void> {
    const label = readLabel(text);
    if (!label.fit) throw new BatonError('usage', `the alias ${asWritten(text)} ${label.because}`);
    const alias = label.text === '' ? null : label.text;
    const other = this.#inventory.clusters.find(
      (one) => one.id !== cluster.id && (one.alias === alias || one.name === alias),
    );
    if (other !== undefined)
      throw new BatonError(
        'request-refused',
        `${asWritten(text)} is what cluster ${other.name} is called already`,
      );
    const says =
      alias === null
        ? `cluster ${cluster.name} has no alias by hand any more.`
        : `cluster ${cluster.name} is called ${alias}.`;
    const about = { id: cluster.id, alias: cluster.alias };
    await this.#said({ type: 'set-cluster-alias', instance: null, cluster: about, says }, asker, () =>
      this.#inventory.nameByHand(cluster.id, alias),
    );
  }
}
