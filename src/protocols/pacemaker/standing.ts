import type { Level, LevelFencing, LevelNode } from './level.ts';

/** How a node stands by what its cluster said when it was asked. */
export interface NodeStanding {
  readonly node: string;
  readonly says: 'up' | 'lost' | 'fenced' | 'left' | 'faulty';
  /** The cluster is about to fence it. */
  readonly isFencing: boolean;
  /** When it was fenced, by the cluster's clock, in milliseconds since 1970; null where it was not, or nobody knows. */
  readonly fencedAt: number | null;
  readonly because: string;
}

/** Since when a fencing counts: when a node was last seen to be up, or when the cluster was first asked, and a little before. */
export type CountsFrom = (node: string) => number;

interface Row {
  readonly says: NodeStanding['says'];
  readonly holds: (node: LevelNode, fencing: LevelFencing | null) => boolean;
  readonly because: (node: LevelNode, fencing: LevelFencing | null) => string;
}

/** The first that holds counts (crm_mon of Pacemaker 2.1.5 in each of these states). */
const rows: readonly Row[] = [
  {
    says: 'up',
    holds: ({ online, unclean }) => online && !unclean,
    because: ({ name }) => `${name} is online`,
  },
  {
    // A resource that would not stop: the node takes part until it is fenced.
    says: 'faulty',
    holds: ({ online }) => online,
    because: ({ name }) => `${name} is online and unclean`,
  },
  {
    says: 'lost',
    holds: ({ unclean }) => unclean,
    because: ({ name }) => `${name} is offline and unclean: it went without a word`,
  },
  {
    says: 'fenced',
    holds: (_, fencing) => fencing !== null,
    because: ({ name }, fencing) => `${name} is offline, and the cluster has fenced it (${fencing?.action})`,
  },
  {
    // Where nothing is fenced, nothing is called unclean.
    says: 'lost',
    holds: ({ expectedUp }) => expectedUp,
    because: ({ name }) => `${name} is offline, and is expected to be up`,
  },
  {
    says: 'left',
    holds: () => true,
    because: ({ name }) => `${name} is offline, and is not expected to be up: it was stopped`,
  },
];

/** One for each node of the cluster, but for those that are only joining: of them nothing is known. */
export function standingsOf(level: Level, countsFrom: CountsFrom): readonly NodeStanding[] {
  return level.nodes.flatMap((node) => {
    if (node.online && node.pending) return [];
    const fencing = lastFencing(level, node.name, countsFrom(node.name));
    const row = rows.find(({ holds }) => holds(node, fencing));
    if (row === undefined) return [];
    return [
      {
        node: node.name,
        says: row.says,
        isFencing: level.fences && node.unclean,
        fencedAt: row.says === 'fenced' ? (fencing?.completedAt ?? null) : null,
        because: row.because(node, fencing),
      },
    ];
  });
}

/** The last that turned it off and is no older than what is known of it. */
function lastFencing({ fencings }: Level, node: string, since: number): LevelFencing | null {
  const [last] = fencings
    .filter(({ target, action, status }) => target === node && action !== 'on' && status === 'success')
    .filter(({ completedAt }) => completedAt !== null && completedAt >= since)
    .toSorted((a, b) => (b.completedAt ?? 0) - (a.completedAt ?? 0));
  return last ?? null;
}
