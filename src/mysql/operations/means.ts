import mysql from 'mysql2';
import type { Order } from '../../engine/ports.ts';
import { BatonError } from '../../kernel/errors.ts';
import type { Server } from '../../topology/observation.ts';
import type { Account } from '../account.ts';
import { text } from '../flavours/columns.ts';
import type { Flavour } from '../flavours/flavour.ts';
import type { AskNow } from '../link.ts';
import { isDenied } from '../questions.ts';
import type { Means } from './orders.ts';

/** Finds out at the server what its order needs besides a look. Throws `act-failed` where it cannot be had. */
export async function meansFor(
  order: Order,
  server: Server,
  world: {
    flavour: Flavour;
    ask: AskNow;
    useSuperReadOnly: boolean;
    account: (order: Extract<Order, { verb: 'follow' | 'clone' }>) => Promise<Account>;
    /** By which the server switches semi-sync on the side of a primary, where that was asked before. */
    knownSemiSync?: string | null;
  },
): Promise<Means> {
  const { flavour, ask, useSuperReadOnly, account, knownSemiSync = null } = world;
  const signsIn = order.verb === 'clone' || (order.verb === 'follow' && hasNoAccount(server));
  return {
    useSuperReadOnly,
    account: signsIn ? await account(order) : null,
    semiSyncVariable:
      order.verb !== 'setSemiSync'
        ? null
        : ((order.side === 'primary' ? knownSemiSync : null) ??
          (await semiSyncVariable(order, flavour, ask))),
    stoppedAt:
      order.verb === 'skipTransaction' && server.gtidMode.startsWith('ON')
        ? await stoppedAt(order, server, ask)
        : null,
  };
}

/** Who never followed anybody, or was made to forget whom, has nothing to sign in with. */
export function hasNoAccount({ replication, detachedFrom }: Server): boolean {
  return replication === null ? detachedFrom === null : replication.user === '';
}

export async function semiSyncVariable(
  { instance, side }: Pick<Extract<Order, { verb: 'setSemiSync' }>, 'instance' | 'side'>,
  flavour: Flavour,
  ask: AskNow,
): Promise<string> {
  const names = flavour.semiSyncVariables(side);
  const [rows = []] = await ask(`SHOW GLOBAL VARIABLES WHERE Variable_name IN (${mysql.escape([...names])})`);
  const [known] = rows;
  if (known === undefined)
    throw new BatonError(
      'act-failed',
      `${instance} has no semi-sync plugin for a ${side}: INSTALL PLUGIN it there`,
    );
  return text(known, 'Variable_name');
}

const workers = 'performance_schema.replication_applier_status_by_worker';

/** By the table of workers, else by the error's own words, which name the GTID where several threads apply. */
async function stoppedAt({ instance }: Order, { replication }: Server, ask: AskNow): Promise<string | null> {
  const words = replication?.lastSqlError ?? '';
  if (words === '') return null;
  const [rows = []] = await ask(`SELECT * FROM ${workers} WHERE LAST_ERROR_NUMBER <> 0`).catch(
    (error: unknown) => {
      if (isDenied(error)) return [];
      throw error;
    },
  );
  const gtid =
    rows.map((row) => text(row, 'APPLYING_TRANSACTION', 'LAST_SEEN_TRANSACTION')).find(isGtid) ??
    /transaction '([^']+)'/.exec(words)?.[1];
  if (gtid !== undefined && isGtid(gtid)) return gtid;
  throw new BatonError(
    'act-failed',
    `${instance} does not say at which transaction its applying thread has stopped (${words}); GRANT SELECT ON ${workers} to Baton's account there`,
  );
}

function isGtid(said: string): boolean {
  return /^[0-9a-f-]{36}(:\w+)?:\d+$/i.test(said);
}
