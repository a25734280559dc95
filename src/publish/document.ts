import { hostOf, type InstanceKey, portOf } from '../kernel/instance-key.ts';
import type { Cluster } from '../topology/cluster.ts';

/** What files and webhooks tell, as JSON has it; null for a cluster that was withdrawn. */
export interface PrimaryDocument {
  readonly cluster: Cluster;
  readonly primary: InstanceKey | null;
  readonly hostname: string | null;
  readonly port: number | null;
}

export function documentOf(cluster: Cluster, primary: InstanceKey | null): PrimaryDocument {
  const { id, name, alias, domain } = cluster;
  return {
    cluster: { id, name, alias, domain },
    primary,
    hostname: primary === null ? null : hostOf(primary),
    port: primary === null ? null : portOf(primary),
  };
}
