import type { Order } from '../../engine/ports.ts';
import { BatonError } from '../../kernel/errors.ts';
import { number } from '../flavours/columns.ts';
import type { AskNow } from '../link.ts';
import { applicationsIn, listing } from './end-connections.ts';

/**
 * Ends what a connection is asking now. Killing a statement of the server's own threads would stop replication, so only
 * those of applications are. Throws `act-failed`.
 */
export async function endStatement(
  { instance, connection }: Extract<Order, { verb: 'endStatement' }>,
  { ask, processlist, ownUser }: { ask: AskNow; processlist: string; ownUser: string },
): Promise<void> {
  const rows = (await ask(listing(processlist))).at(-1) ?? [];
  if (!rows.some((row) => number(row, 'id') === connection))
    throw new BatonError('act-failed', `${instance} has no connection ${connection}`);
  if (!applicationsIn(rows, ownUser).some(({ id }) => id === connection))
    throw new BatonError(
      'act-failed',
      `connection ${connection} of ${instance} is the server’s own, or serves replication or Baton: no application asks anything over it`,
    );
  await ask(`KILL QUERY ${connection}`);
}
