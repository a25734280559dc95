import type { InstanceKey } from '../kernel/instance-key.ts';

/** What is known of one instance before clusters are drawn around them. */
export interface Member {
  readonly key: InstanceKey;
  /** The root of its replication tree: orchestrator's cluster name. */
  readonly root: InstanceKey;
  /** Null for an instance that never was in a cluster. */
  readonly clusterId: string | null;
  /** Its last look read everything, so its place in the tree is a present fact. */
  readonly isPresent: boolean;
}

/**
 * Draws clusters: the instances of one tree share an id. A tree keeps the id that most of its present
 * members had, so a cluster outlives its primary; two trees that had one id are told apart by size. An
 * instance that cannot be read stays where it was. `mint` makes a new id.
 */
export function groupClusters(
  members: readonly Member[],
  mint: (root: InstanceKey) => string,
): Map<InstanceKey, string> {
  const trees = new Map<InstanceKey, Member[]>();
  for (const member of members) {
    if (member.isPresent || member.clusterId === null)
      trees.set(member.root, [...(trees.get(member.root) ?? []), member]);
  }
  const taken = new Set<string>();
  const ids = new Map<InstanceKey, string>();
  const bySize = [...trees].toSorted(
    ([rootA, a], [rootB, b]) => b.length - a.length || (rootA < rootB ? -1 : 1),
  );
  for (const [root, tree] of bySize) {
    const id =
      mostFrequent(tree.flatMap(({ clusterId }) => clusterId ?? [])).find((one) => !taken.has(one)) ??
      mint(root);
    taken.add(id);
    for (const { key } of tree) ids.set(key, id);
  }
  for (const { key, clusterId, root } of members) {
    if (!ids.has(key)) ids.set(key, clusterId ?? mint(root));
  }
  return ids;
}

function mostFrequent(ids: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a).map(([id]) => id);
}
