import type { InstanceKey } from '../kernel/instance-key.ts';
import { type Instance, isCheckValid } from '../topology/snapshot.ts';
import type { Cluster } from '../topology/cluster.ts';

/** Who is the primary of a cluster beyond doubt, or why nobody is. */
export type CertainPrimary = { readonly primary: InstanceKey } | { readonly because: string };

/**
 * The primary is certain where just one server answers that takes writes and follows nobody outside the cluster, it is
 * the one that the cluster is named for, and no other that may lead is out of sight. `sinceMs`: a look before does not count.
 */
export function certainPrimary(
  { name, alias }: Cluster,
  members: readonly Instance[],
  sinceMs: number,
): CertainPrimary {
  const leaders = members.filter(mayLead);
  const [writer, another] = leaders.filter(
    (one) => isCheckValid(one) && one.checks.seenAt >= sinceMs && one.server?.readOnly === false,
  );
  if (writer === undefined)
    return { because: `no server of ${alias} answers that may lead and takes writes` };
  if (another !== undefined) return { because: `both ${writer.key} and ${another.key} take writes` };
  const silent = leaders.find((one) => !isCheckValid(one) && one.server?.readOnly === false);
  if (silent !== undefined) return { because: `${silent.key} may take writes and does not answer` };
  if (writer.key !== name && !writer.isCoPrimary)
    return { because: `${writer.key} takes writes, and ${name} was the primary` };
  return { primary: writer.key };
}

/** It was read once, follows nobody or its co-primary, and nobody has replaced it. */
function mayLead({ server, replaced, isCoPrimary }: Instance): boolean {
  return server !== null && replaced === null && (server.replication === null || isCoPrimary);
}
