import type { Opening } from '../../engine/ports.ts';
import { BatonError } from '../../kernel/errors.ts';
import { shortUid } from '../../kernel/uid.ts';
import type { Cluster } from '../../topology/cluster.ts';

/** What was cancelled, where its machine stands now, and what is done there. */
export interface Cancelled {
  readonly uid: string;
  readonly workflow: string;
  readonly state: string;
  readonly sentence: string;
  /** How many records it had by then: what came before needs not be told. */
  readonly records: number;
}

/** So many digits of a uid are taken for one; fewer may be the name of a cluster. */
const fewestDigits = 4;

/**
 * The run that a person means, of those that hold a cluster: by its uid or the beginning of its hexadecimal part, or
 * by its cluster; the only one where nothing is named. Throws `cancel-refused`, and `cluster-unknown`.
 */
export function openRunMeant(
  wanted: string | null,
  { open, clusterOf }: { open: readonly Opening[]; clusterOf: (name: string) => Cluster },
): Opening {
  if (wanted === null) return theOnly(open, 'nothing goes on that could be cancelled');
  const named = open.filter(({ uid }) => isNamed(uid, wanted));
  if (named.length > 0) return theOnly(named, '');
  const cluster = clusterOf(wanted);
  const own = open.filter(({ subject }) => subject === cluster.id);
  return theOnly(own, `nothing changes ${cluster.alias} that could be cancelled`);
}

/** `recovery 3f2a91bc of shop` */
export function titleOf({ workflow, uid, input }: Opening): string {
  const { cluster } = input as { cluster?: Cluster };
  return `${workflow} ${shortUid(uid)}${cluster === undefined ? '' : ` of ${cluster.alias}`}`;
}

function isNamed(uid: string, wanted: string): boolean {
  return uid === wanted || (wanted.length >= fewestDigits && shortUid(uid).startsWith(wanted));
}

function theOnly(found: readonly Opening[], whereNone: string): Opening {
  const [only, another] = found;
  if (only === undefined) throw new BatonError('cancel-refused', whereNone);
  if (another === undefined) return only;
  throw new BatonError('cancel-refused', `one of these must be named: ${found.map(titleOf).join(', ')}`);
}
