import type { ClusterReport } from '../controller/reports.ts';
import { BatonError } from '../kernel/errors.ts';
import type { Daemon } from './daemon.ts';

/** The cluster that is meant where none was named: the only one, by its id. Throws `usage` where there are several or none. */
export async function onlyCluster(daemon: Daemon): Promise<string> {
  const clusters = (await daemon.get('/baton/v1/clusters')) as readonly ClusterReport[];
  const [only, another] = clusters;
  if (only !== undefined && another === undefined) return only.id;
  const aliases = clusters.map(({ alias }) => alias).join(', ');
  throw new BatonError(
    'usage',
    only === undefined ? 'no cluster is watched yet' : `name a cluster; there are ${aliases}`,
  );
}
