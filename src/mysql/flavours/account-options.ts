import mysql from 'mysql2';
import type { Account } from '../account.ts';

/**
 * What CHANGE MASTER and CHANGE REPLICATION SOURCE are told of an account. `publicKey` is the option by
 * which MySQL 8 lets a password travel over a plain connection.
 */
export function accountOptions(
  prefix: 'SOURCE' | 'MASTER',
  account: Account | null,
  publicKey: string | null = null,
): readonly string[] {
  if (account === null) return [];
  const { user, password, tls, connectRetrySeconds, retryCount } = account;
  const options = [
    `${prefix}_USER=${mysql.escape(user)}`,
    `${prefix}_PASSWORD=${mysql.escape(password)}`,
    ...(tls === null ? [] : tlsOptions(prefix, tls)),
  ];
  // Where an authority is named, the password goes over what it vouches for, or not at all.
  if (publicKey !== null && (tls === null || tls.ca === '')) options.push(`${publicKey}=1`);
  if (connectRetrySeconds !== null) options.push(`${prefix}_CONNECT_RETRY=${connectRetrySeconds}`);
  if (retryCount !== null) options.push(`${prefix}_RETRY_COUNT=${retryCount}`);
  return options;
}

function tlsOptions(prefix: string, tls: NonNullable<Account['tls']>): readonly string[] {
  const { enabled, ca, cert, key, verifiesName } = tls;
  const files = Object.entries({ CA: ca, CERT: cert, KEY: key }).filter(([, file]) => file !== '');
  return [
    `${prefix}_SSL=${enabled ? 1 : 0}`,
    ...files.map(([name, file]) => `${prefix}_SSL_${name}=${mysql.escape(file)}`),
    ...(enabled ? [`${prefix}_SSL_VERIFY_SERVER_CERT=${verifiesName ? 1 : 0}`] : []),
  ];
}
