import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import type { Config } from '../config/keys.ts';
import { longestTimerMs } from '../kernel/duration.ts';
import { BatonError, messageOf } from '../kernel/errors.ts';
import { type Sentence, sentence } from '../config/sentence.ts';
import type { Access } from '../mysql/access.ts';
import { Encryption, type EncryptionTerms } from '../mysql/encryption.ts';

/** How Baton presents itself to the servers. Throws `config-invalid` where a TLS file cannot be read or used. */
export function accessOf(config: Config): Access {
  return {
    user: config.MySQLTopologyUser,
    password: config.MySQLTopologyPassword,
    connectTimeoutMs: Math.min(config.MySQLConnectTimeoutSeconds * 1_000, longestTimerMs),
    tls: encryptionOf(config, 'MySQLTopology'),
  };
}

/** How Baton presents itself to the MySQL backend of the orchestrator that it replaces. Throws as accessOf does. */
export function backendAccessOf(config: Config): Access {
  return {
    user: config.MySQLOrchestratorUser,
    password: config.MySQLOrchestratorPassword,
    connectTimeoutMs: Math.min(config.MySQLConnectTimeoutSeconds * 1_000, longestTimerMs),
    tls: encryptionOf(config, 'MySQLOrchestrator'),
  };
}

/** What is wrong with the files by which connections are encrypted, before anything is started. */
export function accessSentences(config: Config): readonly Sentence[] {
  try {
    accessOf(config);
    return [];
  } catch (error) {
    const message = messageOf(error);
    return [sentence('error', message.split(' ')[0] ?? null, `${message}.`)];
  }
}

/** Null for plain connections throughout; an authority alone, without the mixed mode, encrypts everything. */
function encryptionOf(config: Config, whose: Whose): Encryption | null {
  const when = whenEncrypted(config, whose);
  if (when === null) return null;
  const terms: EncryptionTerms = {
    ca: pem(config, `${whose}SSLCAFile`),
    cert: pem(config, `${whose}SSLCertFile`),
    key: pem(config, `${whose}SSLPrivateKeyFile`),
    skipVerify: config[`${whose}SSLSkipVerify`],
    caFile: config[`${whose}SSLCAFile`],
    when,
  };
  return new Encryption(usable(terms, whose));
}

/** Whose keys of the configuration: the servers', or those of orchestrator's backend. */
type Whose = 'MySQLTopology' | 'MySQLOrchestrator';

function whenEncrypted(config: Config, whose: Whose): EncryptionTerms['when'] | null {
  if (config[`${whose}UseMutualTLS`]) return 'always';
  if (whose === 'MySQLTopology' && config.MySQLTopologyUseMixedTLS) return 'whereDemanded';
  return config[`${whose}SSLCAFile`] === '' ? null : 'always';
}

function pem(config: Config, key: PemKey): string | null {
  const path = config[key];
  if (path === '') return null;
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new BatonError('config-invalid', `${key} names ${path}, which cannot be read: ${messageOf(error)}`);
  }
}

type PemKey = `${Whose}SSL${'CAFile' | 'CertFile' | 'PrivateKeyFile'}`;

/** What is in the files is what it should be, and the certificate and the private key belong together. */
function usable(terms: EncryptionTerms, whose: Whose): EncryptionTerms {
  const { ca, cert, key } = terms;
  if (ca !== null && !ca.includes('-----BEGIN CERTIFICATE-----'))
    throw new BatonError(
      'config-invalid',
      `${whose}SSLCAFile names ${terms.caFile}, which holds no certificate`,
    );
  try {
    createSecureContext({
      ...(ca === null ? {} : { ca }),
      ...(cert === null ? {} : { cert }),
      ...(key === null ? {} : { key }),
    });
  } catch (error) {
    const because = `${whose}SSLCertFile and ${whose}SSLPrivateKeyFile cannot be used: ${messageOf(error)}`;
    throw new BatonError('config-invalid', because, { cause: error });
  }
  return terms;
}
