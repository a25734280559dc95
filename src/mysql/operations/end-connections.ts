import { BatonError } from '../../kernel/errors.ts';
import type { InstanceKey } from '../../kernel/instance-key.ts';
import { number, text } from '../flavours/columns.ts';
import type { AskNow, Rows } from '../link.ts';

/** How long commits that were under way may take to end by themselves. */
const commitsHaveMs = 1_000;
const betweenSeconds = 0.002;

/** ER_NO_SUCH_THREAD: it ended before we came. */
const noSuchThread = 1094;

/**
 * Ends the connections of applications: all but our own, those of replicas and the server's threads. One that
 * is committing is let finish: its transaction is in the binary log already, and killing it would take nothing
 * back, but would keep its client from hearing of the acknowledgement (docs/decisions/0015-ending-connections.md).
 * Throws `act-failed` where some are left.
 */
export async function endConnections(
  key: InstanceKey,
  {
    ask,
    processlist,
    ownUser,
    evenCommitting,
  }: { ask: AskNow; processlist: string; ownUser: string; evenCommitting: boolean },
): Promise<void> {
  const list = listing(processlist);
  const until = performance.now() + commitsHaveMs;
  /** What the server said, by the connection that it would not end. */
  const refused = new Map<number, string>();
  /** Those that there were at first: whoever comes later found the server as it is now. */
  let met: ReadonlySet<number> | null = null;
  let answers = await ask(list);
  while (true) {
    const all = applicationsIn(answers.at(-1) ?? [], ownUser);
    met ??= new Set(all.map(({ id }) => id));
    const found = all.filter(({ id }) => met?.has(id) === true && !refused.has(id));
    const idle = found.filter(({ state }) => evenCommitting || !isCommitting(state));
    if (found.length === 0) break;
    if (idle.length === 0 && performance.now() >= until) throw stillCommitting(key, found);
    const again = `DO SLEEP(${betweenSeconds}); ${list}`;
    answers = await ask([...idle.map(({ id }) => `KILL ${id}`), again].join('; ')).catch(
      async (error: unknown) => {
        if (!isServersNo(error)) throw error;
        for (const [id, words] of await killEach(idle, ask)) refused.set(id, words);
        return ask(again);
      },
    );
  }
  const [words] = refused.values();
  if (words === undefined) return;
  throw new BatonError('act-failed', `${key} would not end ${counted(refused.size)}: ${words}`);
}

/** Everybody else's connections, in the columns that `applicationsIn` reads. */
export function listing(processlist: string): string {
  return `SELECT ID id, USER user, COMMAND command, STATE state FROM ${processlist} WHERE ID <> CONNECTION_ID()`;
}

interface Connection {
  readonly id: number;
  readonly user: string;
  readonly state: string;
}

/** The server's own threads, and those that have not said yet who they are. */
const servers: ReadonlySet<string> = new Set([
  'system user',
  'event_scheduler',
  'mysql.session',
  'mysql.sys',
  'mysql.infoschema',
  'unauthenticated user',
]);

/** Whoever sends a binary log somewhere belongs to replication, and so do its user's other connections. */
export function applicationsIn(rows: Rows, ownUser: string): readonly Connection[] {
  const all = rows.map((row) => ({
    id: number(row, 'id'),
    user: text(row, 'user'),
    command: text(row, 'command'),
    state: text(row, 'state'),
  }));
  const replicas = new Set(
    all.filter(({ command }) => command.startsWith('Binlog Dump')).map(({ user }) => user),
  );
  return all.filter(
    ({ user, command }) =>
      user !== ownUser &&
      !servers.has(user) &&
      !replicas.has(user) &&
      command !== 'Daemon' &&
      // It only takes back what it has done.
      command !== 'Killed',
  );
}

/** As MySQL 5.7 to 9.x and MariaDB call it: of those who commit together one waits for the replica, the others for it. */
function isCommitting(state: string): boolean {
  return /semi-sync ack|handler commit|prior transaction to commit|^commit|^query end/i.test(state);
}

/** One by one, for one of them was refused when all were in one message. Gives the server's words on those that it would not end. */
async function killEach(
  connections: readonly Connection[],
  ask: AskNow,
): Promise<readonly (readonly [number, string])[]> {
  const refused: (readonly [number, string])[] = [];
  for (const { id, user } of connections) {
    await ask(`KILL ${id}`).catch((error: unknown) => {
      if (!isServersNo(error)) throw error;
      if (error.errno !== noSuchThread) refused.push([id, `${user}: ${error.message}`]);
    });
  }
  return refused;
}

function isServersNo(error: unknown): error is Error & { readonly errno: number } {
  return (error as { sqlMessage?: string }).sqlMessage !== undefined;
}

function stillCommitting(key: InstanceKey, waiting: readonly Connection[]): BatonError {
  return new BatonError(
    'act-failed',
    `${counted(waiting.length)} of ${key} went on committing for ${commitsHaveMs} ms (${waiting[0]?.state}): what they wrote is in its binary log, and killing them would not take it back`,
  );
}

function counted(count: number): string {
  return count === 1 ? '1 connection' : `${count} connections`;
}
