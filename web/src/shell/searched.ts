import type { LiveCluster } from '../live/standing.ts';
import type { Place } from '../router/places.ts';

/** Something that a search has found. */
export interface Hit {
  /** What it is called, with where it is; no two have the same. */
  readonly label: string;
  readonly to: Place;
}

/** Clusters and instances that have every word of the text in a name, an alias or where they stand; clusters first. */
export function searched(clusters: readonly LiveCluster[], text: string): readonly Hit[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return [];
  const has = (...names: readonly string[]) => {
    const all = names.join(' ').toLowerCase();
    return words.every((word) => all.includes(word));
  };
  const ofClusters = clusters
    .filter(({ name, alias, domain }) => has(name, alias, domain))
    .map(({ alias, name }) => ({
      label: alias === name ? name : `${alias} (${name})`,
      to: { view: 'cluster', cluster: alias, instance: null } as const,
    }));
  const ofInstances = clusters.flatMap(({ alias, instances }) =>
    instances
      .filter((each) =>
        has(each.instance, each.alias, each.dataCenter, each.region, each.environment, each.version),
      )
      .map(({ instance }) => ({
        label: `${instance} in ${alias}`,
        to: { view: 'cluster', cluster: alias, instance } as const,
      })),
  );
  return [...ofClusters, ...ofInstances];
}
