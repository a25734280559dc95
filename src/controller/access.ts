import { readFileSync } from 'node:fs';
import type { Config } from '../config/keys.ts';
import { longestTimerMs } from '../kernel/duration.ts';
import { BatonError, messageOf } from '../kernel/errors.ts';
import type { Access } from '../mysql/access.ts';

/** How Baton presents itself to the servers. Throws `config-invalid` where a TLS file cannot be read. */
export function accessOf(config: Config): Access {
  return {
    user: config.MySQLTopologyUser,
    password: config.MySQLTopologyPassword,
    connectTimeoutMs: Math.min(config.MySQLConnectTimeoutSeconds * 1_000, longestTimerMs),
    tls: tlsOf(config),
  };
}

function tlsOf(config: Config): Access['tls'] {
  const {
    MySQLTopologySSLCAFile: ca,
    MySQLTopologySSLCertFile: cert,
    MySQLTopologySSLPrivateKeyFile: key,
  } = config;
  if (!config.MySQLTopologyUseMutualTLS && ca === '') return null;
  return {
    ca: pem(ca, 'MySQLTopologySSLCAFile'),
    cert: pem(cert, 'MySQLTopologySSLCertFile'),
    key: pem(key, 'MySQLTopologySSLPrivateKeyFile'),
    skipVerify: config.MySQLTopologySSLSkipVerify,
  };
}

function pem(path: string, key: string): string | null {
  if (path === '') return null;
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new BatonError('config-invalid', `${key} names ${path}, which cannot be read: ${messageOf(error)}`);
  }
}
