import { BatonError } from '../kernel/errors.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';
import type { Cluster } from '../topology/cluster.ts';
import type { Publishing, Reconciled } from './publishing.ts';

/** What became of one cluster; `cluster` is its alias, `because` says why it was not told of. */
export interface PublicationReport extends Omit<Reconciled, 'cluster'> {
  readonly cluster: string;
}

/** What would be written of one cluster, a line each. */
export interface PublicationPreview {
  readonly cluster: string;
  readonly primary: InstanceKey | null;
  /** Why nothing would be. */
  readonly because: string | null;
  readonly lines: readonly string[];
}

/** Throws `request-refused` where nobody tells the world of primaries. */
export function publicationReports(
  publishing: Publishing | null,
  clusters: readonly Cluster[],
): Promise<readonly PublicationReport[]> {
  const teller = configured(publishing);
  return Promise.all(
    clusters.map(async (one) => {
      const { cluster, ...became } = await teller.reconcile(one);
      return { cluster: cluster.alias, ...became };
    }),
  );
}

/** Throws `request-refused` where nobody tells the world of primaries. */
export function publicationPreviews(
  publishing: Publishing | null,
  clusters: readonly Cluster[],
): Promise<readonly PublicationPreview[]> {
  const teller = configured(publishing);
  return Promise.all(
    clusters.map(async (cluster) => {
      const { lines, ...seen } = await teller.preview(cluster);
      const [primary, because] = 'primary' in seen ? [seen.primary, null] : [null, seen.because];
      return { cluster: cluster.alias, primary, because, lines };
    }),
  );
}

function configured(publishing: Publishing | null): Publishing {
  if (publishing !== null) return publishing;
  throw new BatonError(
    'request-refused',
    'the configuration names nobody whom Baton tells of primaries: Publish is empty, and so is ConsulAddress',
  );
}
