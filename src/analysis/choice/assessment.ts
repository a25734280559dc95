import { z } from 'zod';
import { executedText, knownText } from '../../topology/errant-watch.ts';
import { countGtid, subtractGtid } from '../../topology/gtid/arithmetic.ts';
import { errantGtid } from '../../topology/gtid/errant.ts';
import { isEmptyGtid } from '../../topology/gtid/gtid-set.ts';
import { parseGtid } from '../../topology/gtid/parse.ts';
import { gtidText } from '../../topology/gtid/text.ts';
import type { Server } from '../../topology/observation.ts';
import { executed, unreadableGtidOf } from './candidates.ts';

/** What a replaced primary has, held against what its successor has. */
export const Assessment = z.object({
  /** It has nothing of its own, and all that it lacks its successor can still give it. */
  canFollow: z.boolean(),
  /** The transactions that only it has; empty for none, and where nobody can tell. */
  errant: z.string(),
  /** How many those are; null where nobody can tell. */
  count: z.number().nullable(),
  because: z.string(),
});
export type Assessment = z.infer<typeof Assessment>;

/** A server by the name it is known by, just read. */
interface Read {
  readonly key: string;
  readonly server: Server;
}

/** `others` are the other servers of the cluster: on MariaDB they may know writers whom the successor does not. */
export function assessReturn(returned: Read, successor: Read, others: readonly Server[]): Assessment {
  const incomparable = whyIncomparable(returned, successor);
  if (incomparable !== null) return { canFollow: false, errant: '', count: null, because: incomparable };
  const set = errantGtid({
    replica: executedText(returned.server),
    source: knownText(successor.server),
    others: others.map(executedText),
  });
  const errant = gtidText(set);
  const count = Number(countGtid(set));
  if (errant !== '') {
    const because = `${returned.key} has ${transactions(count)} that ${successor.key} lacks: ${errant}`;
    return { canFollow: false, errant, count, because };
  }
  const purged = subtractGtid(parseGtid(successor.server.purgedGtid), executed(returned.server));
  if (!isEmptyGtid(purged)) {
    const because = `${successor.key} has purged what ${returned.key} lacks: ${gtidText(purged)}`;
    return { canFollow: false, errant, count, because };
  }
  const because = `${returned.key} has nothing that ${successor.key} lacks`;
  return { canFollow: true, errant, count, because };
}

export function transactions(count: number): string {
  return count === 1 ? '1 transaction' : `${count} transactions`;
}

function whyIncomparable(returned: Read, successor: Read): string | null {
  const isMariadb = ({ server }: Read) => server.flavour === 'mariadb';
  if (isMariadb(returned) !== isMariadb(successor))
    return `${returned.key} and ${successor.key} are of two families, so nobody can tell what only one of them has`;
  for (const { key, server } of [returned, successor]) {
    if (server.flavour !== 'mariadb' && server.gtidMode !== 'ON')
      return `${key} has gtid_mode=${server.gtidMode}, so nobody can tell what ${returned.key} has that ${successor.key} lacks`;
    const unreadable = unreadableGtidOf(server);
    if (unreadable !== null) return `${key} ${unreadable}`;
  }
  return null;
}
