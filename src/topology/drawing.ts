import { InstanceKey } from '../kernel/instance-key.ts';
import { clusterNameOf, depthOf, isCoPrimary } from './clusters.ts';
import { groupClusters } from './grouping.ts';

/** What the drawing of clusters goes by: of each instance whom it follows, and where it stood in the drawing before. */
export interface Drawable {
  readonly key: InstanceKey;
  readonly source: InstanceKey | null;
  readonly clusterName: string;
  /** Null for an instance that never was in a cluster. */
  readonly clusterId: string | null;
  readonly isPresent: boolean;
  readonly isLost: boolean;
}

/** The place of an instance: its cluster's id and orchestrator's name for it, and how far down it is. */
export interface Place {
  readonly clusterId: string | null;
  readonly clusterName: string;
  readonly depth: number;
  readonly isCoPrimary: boolean;
}

/** Draws clusters around these instances; `mint` makes the id of a new one. To draw twice changes nothing. */
export function drawClusters(
  instances: readonly Drawable[],
  mint: (root: InstanceKey) => string,
): ReadonlyMap<InstanceKey, Place> {
  const shape = new Map(instances.map((one) => [one.key, one]));
  const members = instances.map((one) => ({
    ...one,
    root: InstanceKey.parse(clusterNameOf(one.key, shape)),
  }));
  const ids = groupClusters(members, mint);
  return new Map(
    members.map(({ key, root }) => [
      key,
      {
        clusterId: ids.get(key) ?? null,
        clusterName: root,
        depth: depthOf(key, shape),
        isCoPrimary: isCoPrimary(key, shape),
      },
    ]),
  );
}
