import type { CloneFacts, CloneSide } from '../analysis/gates/clone-gates.ts';
import { messageOf } from '../kernel/errors.ts';
import type { Server } from '../topology/observation.ts';
import type { Account } from './account.ts';
import { text } from './flavours/columns.ts';
import type { Rows } from './link.ts';
import { cloningQuery } from './operations/clone.ts';
import { grantsOn } from './operations/unendable.ts';

/** Asks one statement. Throws what the server said. */
type AskRows = (statement: string) => Promise<Rows>;

interface Side {
  readonly server: Server;
  readonly rows: AskRows;
}

/** Finds out what decides whether one server can be made a copy of another. */
export async function readCloneFacts(
  recipient: Side,
  donor: Side,
  /** Throws where nobody knows an account; `as` asks the donor as that account. */
  world: { account: () => Promise<Account>; as: (account: Account) => AskRows },
): Promise<CloneFacts> {
  const isMaria = [recipient, donor].some(({ server }) => server.flavour === 'mariadb');
  return {
    recipient: { ...(await sideOf(recipient)), lacks: isMaria ? [] : await lackedBy(recipient.rows) },
    donor: {
      ...(await sideOf(donor)),
      leads: donor.server.replication === null && donor.server.detachedFrom === null,
    },
    account: isMaria ? { user: '', mayBackUp: null, because: null } : await accountFacts(world),
  };
}

async function sideOf({ server, rows }: Side): Promise<CloneSide> {
  const { flavour, version } = server;
  const asked = "SELECT PLUGIN_STATUS status FROM information_schema.PLUGINS WHERE PLUGIN_NAME = 'clone'";
  const [found] = flavour === 'mariadb' ? [] : await rows(asked);
  return { flavour, version, isActive: found !== undefined && text(found, 'status') === 'ACTIVE' };
}

async function lackedBy(rows: AskRows): Promise<readonly string[]> {
  const own = await grantsOn(rows);
  const wanted = ['CLONE_ADMIN', 'SYSTEM_VARIABLES_ADMIN'];
  const lacks = own === null ? [] : wanted.filter((one) => !has(own, one));
  const maySee = await rows(cloningQuery).then(
    () => true,
    () => false,
  );
  return maySee ? lacks : [...lacks, 'SELECT on performance_schema.clone_status'];
}

function has(grants: string, privilege: string): boolean {
  return new RegExp(`\\b(${privilege}|SUPER|ALL PRIVILEGES)\\b`).test(grants);
}

/** Its own grants a server shows to every account; those of another only to whoever may read the list of accounts. */
async function accountFacts({
  account,
  as,
}: {
  account: () => Promise<Account>;
  as: (account: Account) => AskRows;
}): Promise<CloneFacts['account']> {
  const found = await account().catch(messageOf);
  if (typeof found === 'string') return { user: '', mayBackUp: null, because: found };
  const { user } = found;
  try {
    const own = await grantsOn(as(found));
    return { user, mayBackUp: own === null ? null : has(own, 'BACKUP_ADMIN'), because: 'a role may say so' };
  } catch (error) {
    return { user, mayBackUp: null, because: messageOf(error) };
  }
}
