import type { Rows } from '../link.ts';
import { text } from '../flavours/columns.ts';
import { applicationsIn, listing } from './end-connections.ts';

/** Asks one statement. Throws what the server said. */
type AskRows = (statement: string) => Promise<Rows>;

/** The account that an installation makes: it has every privilege, though Baton's own account may not see which. */
const installed = 'root';

/**
 * Why the connections of applications could not be ended, before anything is read-only; null where they could be, or
 * where nobody can know. MySQL since 8.0.16 lets whoever has SYSTEM_USER be ended by nobody who lacks it (seen on 9.7).
 */
export async function whyNotEnded(
  rows: AskRows,
  { processlist, ownUser }: { processlist: string; ownUser: string },
): Promise<string | null> {
  const there = applicationsIn(await rows(listing(processlist)), ownUser);
  if (there.length === 0) return null;
  const own = await grantsOn(rows);
  if (own === null) return null;
  const [{ user, id } = there[0] ?? { user: '', id: 0 }] = there;
  if (!/\bCONNECTION[_ ]ADMIN\b|\bSUPER\b|\bALL PRIVILEGES\b/.test(own))
    return `connection ${id} of ${user} could not be ended, for Baton's account there may end none but its own: GRANT CONNECTION_ADMIN ON *.* to it (MariaDB: CONNECTION ADMIN)`;
  if (!(await hasSystemUsers(rows)) || /\bSYSTEM_USER\b/.test(own)) return null;
  const above = await systemUsers(rows);
  const stays = there.find((one) => above.has(one.user));
  return stays === undefined
    ? null
    : `connection ${stays.id} of ${stays.user} could not be ended, for ${stays.user} is above Baton's account there: close it, or GRANT SYSTEM_USER ON *.* to Baton's account`;
}

/** What Baton's own account may do on all of the server; null where a role may bring more. */
export async function grantsOn(rows: AskRows): Promise<string | null> {
  const lines = (await rows('SHOW GRANTS')).map((row) => String(Object.values(row)[0]));
  return lines.some((line) => !/ ON /.test(line))
    ? null
    : lines.filter((line) => / ON \*\.\* /.test(line)).join('\n');
}

async function hasSystemUsers(rows: AskRows): Promise<boolean> {
  return (await rows('SHOW PRIVILEGES')).some(
    (row) => text(row, 'Privilege').toUpperCase() === 'SYSTEM_USER',
  );
}

/** Whoever may not read the list of accounts sees its own line alone. */
async function systemUsers(rows: AskRows): Promise<ReadonlySet<string>> {
  const found = await rows(
    "SELECT GRANTEE grantee FROM information_schema.user_privileges WHERE PRIVILEGE_TYPE = 'SYSTEM_USER'",
  );
  const names = found.map((row) => /^'(.*)'@/.exec(text(row, 'grantee'))?.[1] ?? '');
  return new Set([installed, ...names]);
}
