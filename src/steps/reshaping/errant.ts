import { subtractGtid } from '../../topology/gtid/arithmetic.ts';
import { parseGtid } from '../../topology/gtid/parse.ts';
import { gtidText } from '../../topology/gtid/text.ts';
import type { Instance } from '../../topology/snapshot.ts';
import type { ReshapingPlan } from './shape.ts';

/** Two ways out of errant transactions: their GTIDs everywhere, with nothing in them, or nowhere. */
export function errantOrders(
  verb: 'gtid-errant-inject-empty' | 'gtid-errant-reset-master',
  { key, server, gtidErrant }: Instance,
  members: readonly Instance[],
): ReshapingPlan {
  const no = (because: string): ReshapingPlan => ({ refusals: [because], actions: [] });
  if (gtidErrant === '' || server === null) return no(`${key} has no transaction of its own`);
  if (server.flavour === 'mariadb')
    return no(
      `${key} is a MariaDB, which knows no set of GTIDs that could be given or taken away one by one`,
    );
  if (verb === 'gtid-errant-reset-master') {
    const executed = gtidText(subtractGtid(parseGtid(server.executedGtid), parseGtid(gtidErrant)));
    return {
      refusals: [],
      actions: [{ kind: 'order', order: { verb: 'resetBinlog', instance: key, executed } }],
    };
  }
  const primary = members.find((one) => one.server?.replication === null && one.server.readOnly === false);
  if (primary === undefined) return no('no primary of the cluster takes writes');
  const order = { verb: 'injectEmpty', instance: primary.key, gtids: gtidErrant } as const;
  return { refusals: [], actions: [{ kind: 'order', order }] };
}
