import type { Cluster, Finding, Instance, Leader, Restraints } from '../api/types.ts';

/** A cluster as the page has it: the drawing as text stays with the controller. */
export type LiveCluster = Omit<Cluster, 'tree'>;

/** What stands at this moment, as the page has last heard it. */
export interface Standing {
  /** Null until the first answer. */
  readonly clusters: readonly LiveCluster[] | null;
  readonly findings: readonly Finding[];
  readonly restraints: Restraints;
  readonly leader: Leader | null;
}

export const nothingKnown: Standing = {
  clusters: null,
  findings: [],
  restraints: { disabled: null, downtimes: [], maintenance: [] },
  leader: null,
};

export const partTypes: ReadonlySet<string> = new Set([
  'clusters',
  'cluster',
  'instance',
  'findings',
  'restraints',
  'leader',
]);

type Head = Omit<LiveCluster, 'instances'> & { readonly members: readonly string[] };

/**
 * Takes what the controller tells of how things stand, part by part, and puts it together: a part that has not changed
 * is the very object that it was, so that it is not drawn again.
 */
export class Assembly {
  #order: readonly string[] | null = null;
  readonly #heads = new Map<string, Head>();
  readonly #instances = new Map<string, Instance>();
  readonly #made = new Map<string, LiveCluster>();
  #standing = nothingKnown;

  /** True where it was taken; an event of another type is none of this. Data are what the controller's own schemas say. */
  take(type: string, text: string): boolean {
    if (!partTypes.has(type)) return false;
    const data: unknown = JSON.parse(text);
    switch (type) {
      case 'clusters':
        this.#order = data as readonly string[];
        return true;
      case 'cluster': {
        const head = data as Head;
        this.#heads.set(head.id, head);
        this.#made.delete(head.id);
        return true;
      }
      case 'instance': {
        const { cluster, ...instance } = data as Instance & { cluster: string };
        this.#instances.set(instance.instance, instance);
        this.#made.delete(cluster);
        return true;
      }
      case 'findings':
        this.#standing = {
          ...this.#standing,
          findings: shared(this.#standing.findings, data as readonly Finding[]),
        };
        return true;
      case 'restraints':
        this.#standing = { ...this.#standing, restraints: data as Restraints };
        return true;
      case 'leader':
        this.#standing = { ...this.#standing, leader: data as Leader };
        return true;
      default:
        return false;
    }
  }

  /** All of it as it stands now; the clusters are as they were while parts of them are still to come. */
  get standing(): Standing {
    const { clusters } = this.#standing;
    const now = this.#order?.flatMap((id) => this.#clusterOf(id)) ?? null;
    const isWhole = now !== null && now.length === this.#order?.length;
    if (isWhole && (clusters === null || !alike(clusters, now)))
      this.#standing = { ...this.#standing, clusters: now };
    return this.#standing;
  }

  /** None while its head has not come. */
  #clusterOf(id: string): LiveCluster[] {
    const head = this.#heads.get(id);
    if (head === undefined) return [];
    const { members, ...rest } = head;
    const known = this.#made.get(id);
    const made = known ?? { ...rest, instances: members.flatMap((key) => this.#instances.get(key) ?? []) };
    this.#made.set(id, made);
    return [made];
  }
}

function alike<T>(some: readonly T[], others: readonly T[]): boolean {
  return some.length === others.length && some.every((each, place) => each === others[place]);
}

/** The newer, but with the very parts of the older that are alike. */
export function shared<T>(older: T, newer: T): T {
  if (Object.is(older, newer)) return older;
  if (Array.isArray(older) && Array.isArray(newer)) {
    const parts = newer.map((each, place) => shared<unknown>(older[place], each));
    return alike(older, parts) ? older : (parts as T);
  }
  if (!isRecord(older) || !isRecord(newer)) return newer;
  const entries = Object.entries(newer).map(([name, each]) => [name, shared(older[name], each)] as const);
  const isSame =
    entries.length === Object.keys(older).length && entries.every(([name, each]) => each === older[name]);
  return isSame ? older : (Object.fromEntries(entries) as T);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
