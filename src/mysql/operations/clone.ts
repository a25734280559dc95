import mysql from 'mysql2';
import type { Cloning, Order } from '../../engine/ports.ts';
import { BatonError } from '../../kernel/errors.ts';
import { hostOf, portOf } from '../../kernel/instance-key.ts';
import type { Server } from '../../topology/observation.ts';
import type { Account } from '../account.ts';
import { text } from '../flavours/columns.ts';
import type { Rows } from '../link.ts';

/**
 * What makes a server a copy of another. MySQL cannot write down the copied plugins while it is super_read_only, and finds
 * that out when all it had is gone (seen on 9.7.4); with read_only alone it copies.
 */
export function cloning(
  { instance, donor }: Extract<Order, { verb: 'clone' }>,
  server: Server,
  account: Account | null,
): readonly string[] {
  if (server.flavour === 'mariadb')
    throw new BatonError('act-failed', `${instance} is MariaDB, which has no CLONE`);
  if (account === null)
    throw new BatonError('act-failed', `there is no account for ${instance} to copy with`);
  const [user, host, password] = [account.user, hostOf(donor), account.password].map((one) =>
    mysql.escape(one),
  );
  const encrypted = account.tls?.enabled === true ? ' REQUIRE SSL' : '';
  return [
    ...(server.superReadOnly ? ['SET GLOBAL super_read_only = 0'] : []),
    `SET GLOBAL clone_valid_donor_list = ${mysql.escape(`${hostOf(donor)}:${portOf(donor)}`)}`,
    `CLONE INSTANCE FROM ${user}@${host}:${portOf(donor)} IDENTIFIED BY ${password}${encrypted}`,
  ];
}

/** Between two looks at whether the copying has begun. */
const lookAgainMs = 100;

/**
 * Sends the last of these statements without waiting for its end, which may be hours away: resolves when the copying is
 * under way or done. Throws what the server said where it would not, and has it take no writes as before.
 */
export async function beginCloning(
  statements: readonly string[],
  {
    ask,
    askLong,
    state,
    rest,
    withinMs,
  }: {
    ask: (statement: string) => Promise<unknown>;
    /** However long it takes; resolves also when the server has ended with it. */
    askLong: (statement: string) => Promise<unknown>;
    state: () => Promise<Cloning['state']>;
    rest: (milliseconds: number) => Promise<void>;
    /** One that has said nothing for so long is not waited for any longer. */
    withinMs: number;
  },
): Promise<void> {
  for (const statement of statements.slice(0, -1)) await ask(statement);
  const wasSuper = statements.some((one) => one.includes('super_read_only = 0'));
  const ended = askLong(statements.at(-1) ?? '').then(
    () => true,
    async (error: unknown) => {
      if (wasSuper) await ask('SET GLOBAL super_read_only = 1').catch(() => {});
      throw error;
    },
  );
  // What becomes of it once it is under way is what the server says when it is asked.
  ended.catch(() => {});
  const begun = async () => {
    await rest(lookAgainMs);
    return (await state().catch(() => 'absent')) === 'under way';
  };
  for (let leftMs = withinMs; leftMs > 0; leftMs -= lookAgainMs)
    if (await Promise.race([ended, begun()])) return;
}

/** ER_RESTART_SERVER_FAILED: it has copied all, nobody is known to manage it, and it stops. */
const stops = 3707;

/** Whether the end of the statement is the end of the server, which restarts or stops once it has copied all. */
export function hasEndedWithServer(error: unknown): boolean {
  if ((error as { errno?: number }).errno === stops) return true;
  return error instanceof BatonError && error.code === 'server-unreachable';
}

export const cloningQuery = 'SELECT STATE, ERROR_NO, ERROR_MESSAGE FROM performance_schema.clone_status';

const states: Readonly<Record<string, Cloning['state']>> = {
  'Not Started': 'under way',
  'In Progress': 'under way',
  Completed: 'completed',
  Failed: 'failed',
};

export function cloningIn([row]: Rows): Cloning {
  if (row === undefined) return { state: 'absent', error: '' };
  // It has copied all and is about to stop; once it is up again it says that it has completed.
  const isRestart = Number(text(row, 'ERROR_NO')) === stops;
  const state = isRestart ? 'under way' : (states[text(row, 'STATE')] ?? 'absent');
  return { state, error: text(row, 'ERROR_MESSAGE') };
}

/** The account of the operator's own choice; null where none is configured. */
export function cloneAccount({ user, password }: { user: string; password: string }): Account | null {
  return user === '' ? null : { user, password, tls: null, connectRetrySeconds: null, retryCount: null };
}
