import { containsGtid } from '../../topology/gtid/arithmetic.ts';
import { parseGtid } from '../../topology/gtid/parse.ts';
import type { Server } from '../../topology/observation.ts';
import type { DataVerdict } from './data-verdict.ts';
import type { Tail } from './tail.ts';

interface Rescued {
  readonly tail: Tail;
  /** What promoting the candidate costs without it; null where nobody has weighed it. */
  readonly cost: DataVerdict | null;
  /** What the candidate had received and is promoted without, as GTIDs. */
  readonly unapplied: string;
}

/**
 * Why what was rescued may not be applied to the candidate: something would be applied twice, or after a gap. Null where it
 * may. A server that has died commits on its next start what its binary log has whole, so it is no more than that
 * server would have itself.
 */
export function whyNotRestored(candidate: Server, { tail, cost, unapplied }: Rescued): string | null {
  if (candidate.flavour === 'mariadb') return 'MariaDB would apply a second time what it has already';
  if (candidate.replication?.position !== 'mysql-gtid')
    return 'without GTID a second time could not be told from the first';
  if (!tail.isWhole) return 'it may not be all';
  if (unapplied !== '') return 'what comes before it was not applied';
  const lacking = parseGtid(cost?.missing ?? '');
  if (cost?.says !== 'at-most' || !containsGtid(parseGtid(tail.gtids), lacking))
    return 'it does not have everything that the candidate lacks';
  return null;
}
