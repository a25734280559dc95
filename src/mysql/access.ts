import type { ConnectionOptions } from 'mysql2';
import { BatonError } from '../kernel/errors.ts';
import { hostOf, type InstanceKey, portOf } from '../kernel/instance-key.ts';
import type { Echo } from '../topology/observation.ts';
import { type Encryption, encryptionTrouble } from './encryption.ts';

/** How Baton presents itself to every server of every topology. */
export interface Access {
  readonly user: string;
  readonly password: string;
  readonly connectTimeoutMs: number;
  /** Null where every connection is plain. */
  readonly tls: Encryption | null;
}

export function connectionOptions(key: InstanceKey, access: Access, encrypted: boolean): ConnectionOptions {
  const { user, password, connectTimeoutMs, tls } = access;
  return {
    host: hostOf(key),
    port: portOf(key),
    user,
    password,
    connectTimeout: connectTimeoutMs,
    // One look is one round trip of several statements; none of them is made of data from outside.
    multipleStatements: true,
    supportBigNumbers: true,
    bigNumberStrings: false,
    dateStrings: true,
    // The default keeps a cache of 16,000 statements per connection, which Baton never prepares.
    maxPreparedStatements: 8,
    // The default writes the reader of a row as program text, in which the server's names of columns stand.
    disableEval: true,
    ...(encrypted && tls !== null ? tls.options(key) : {}),
  };
}

/** Says in one sentence why a server could not be asked, with the code that leads to the remedy. */
export function explained(key: InstanceKey, error: unknown, tls: Encryption | null = null): BatonError {
  if (error instanceof BatonError) return error;
  const trouble = encryptionTrouble(key, error, tls?.terms ?? null);
  if (trouble !== null) return new BatonError('encryption-failed', trouble, { cause: error });
  const { code, message } = error as { code?: string; message?: string };
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new BatonError('host-unknown', `the host name of ${key} does not resolve`, { cause: error });
    case 'ECONNREFUSED':
      return new BatonError('server-unreachable', `${key} refuses connections`, { cause: error });
    case 'ETIMEDOUT':
      return new BatonError('server-unreachable', `${key} did not answer in time`, { cause: error });
    case 'ER_ACCESS_DENIED_ERROR':
    case 'ER_ACCOUNT_HAS_BEEN_LOCKED':
    case 'ER_DBACCESS_DENIED_ERROR':
    case 'ER_SPECIFIC_ACCESS_DENIED_ERROR':
      return new BatonError('access-denied', `${key} refuses Baton's account: ${message}`, { cause: error });
    default:
      return new BatonError(
        'server-unreachable',
        `${key} cannot be asked: ${message ?? code ?? String(error)}`,
        { cause: error },
      );
  }
}

const ends = new Set(['ECONNRESET', 'EPIPE', 'PROTOCOL_CONNECTION_LOST']);

/** What came back where nothing of the server's own did. */
export function echoOf(error: unknown): Exclude<Echo, 'answered'> {
  const { code, cause } = error as { code?: string; cause?: unknown };
  if (code === 'ECONNREFUSED') return 'refused';
  if (code !== undefined && ends.has(code)) return 'reset';
  return cause === undefined ? 'silent' : echoOf(cause);
}

/** The server said it itself: in an error packet (too many connections, access denied, anything) or in its certificate. */
export function isServersWord(error: unknown): boolean {
  if (error instanceof BatonError && error.code === 'encryption-failed') return true;
  const { sqlMessage, cause } = error as { sqlMessage?: string; cause?: unknown };
  return sqlMessage !== undefined || (cause !== undefined && isServersWord(cause));
}

/** A connection that ended without saying why. */
export function closedConnection(): Error {
  return Object.assign(new Error('the connection was closed'), { code: 'PROTOCOL_CONNECTION_LOST' });
}
