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
  /** A recovery has put another in its place, so what it leads now is not the cluster any more. */
  readonly isLost: boolean;
}

/**
 * Draws clusters: the instances of one tree share an id. A tree keeps the id that most of its present
 * members had, so a cluster outlives its primary; two trees that had one id are told apart by whether
 * their root was lost, then by size. An instance that cannot be read stays where it was, and so does one whose root cannot: while a primary
 * is dead and some replicas already follow another, they are one cluster all along. `mint` makes a new id.
 */
export function groupClusters(
  members: readonly Member[],
  mint: (root: InstanceKey) => string,
): Map<InstanceKey, string> {
  const present = new Set(members.flatMap(({ key, isPresent }) => (isPresent ? [key] : [])));
  const byRoot = new Map<InstanceKey, Member[]>();
  for (const member of members) {
    const tree = byRoot.get(member.root);
    if (tree === undefined) byRoot.set(member.root, [member]);
    else tree.push(member);
  }
  const trees = [...byRoot].flatMap(([root, all]): [InstanceKey, Member[]][] => {
    const tree = present.has(root) ? all.filter(({ key }) => present.has(key)) : [];
    return tree.length === 0 ? [] : [[root, tree]];
  });
  const taken = new Set<string>();
  const ids = new Map<InstanceKey, string>();
  const lost = new Set(members.flatMap(({ key, isLost }) => (isLost ? [key] : [])));
  const inOrder = trees.toSorted(
    ([rootA, a], [rootB, b]) =>
      Number(lost.has(rootA)) - Number(lost.has(rootB)) || b.length - a.length || (rootA < rootB ? -1 : 1),
  );
  for (const [root, tree] of inOrder) {
    const id =
      mostFrequent(tree.flatMap(({ clusterId }) => clusterId ?? [])).find((one) => !taken.has(one)) ??
      mint(root);
    taken.add(id);
    for (const { key } of tree) ids.set(key, id);
  }
  const minted = new Map<InstanceKey, string>();
  for (const { key, clusterId, root } of members) {
    if (ids.has(key)) continue;
    const id = clusterId ?? minted.get(root) ?? idIn(byRoot.get(root) ?? []) ?? mint(root);
    minted.set(root, id);
    ids.set(key, id);
  }
  return ids;
}

/** The id that most of these had before; null where none had any. */
function idIn(members: readonly Member[]): string | null {
  return mostFrequent(members.flatMap(({ clusterId }) => clusterId ?? []))[0] ?? null;
}

function mostFrequent(ids: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a).map(([id]) => id);
}
