import { connect, isIP, type Socket } from 'node:net';
import type { SslOptions } from 'mysql2';
import { BatonError } from '../kernel/errors.ts';
import { hostOf, type InstanceKey, portOf } from '../kernel/instance-key.ts';

/** What encrypted connections are made with. PEM texts, null where the configuration names no file. */
export interface EncryptionTerms {
  readonly ca: string | null;
  readonly cert: string | null;
  readonly key: string | null;
  readonly skipVerify: boolean;
  /** The file of `ca`, for sentences; empty where there is none. */
  readonly caFile: string;
  /** `whereDemanded` asks in plain until a server says that it takes no such connection. */
  readonly when: 'always' | 'whereDemanded';
}

/** Error 3159, ER_SECURE_TRANSPORT_REQUIRED: require_secure_transport is on. */
const secureTransportRequired = 3159;
/** Error 1045, ER_ACCESS_DENIED_ERROR: also what an account with REQUIRE SSL answers to a plain connection. */
const accessDenied = 1045;

/**
 * Decides which connections are encrypted. orchestrator's "mixed" (MySQLTopologyUseMixedTLS, orchestrator
 * 3.2.6, section 4) asks a server in plain first and encrypts where that was refused; here it is
 * remembered for as long as the servers are watched, so a server that demanded it once is never asked in plain again.
 */
export class Encryption {
  readonly terms: EncryptionTerms;
  readonly #demandedBy = new Set<InstanceKey>();

  constructor(terms: EncryptionTerms) {
    this.terms = terms;
  }

  covers(key: InstanceKey): boolean {
    return this.terms.when === 'always' || this.#demandedBy.has(key);
  }

  /**
   * Opens a connection by `open`, in plain or encrypted, and once more encrypted where the server takes no
   * plain one. A refused password looks the same as an account with REQUIRE SSL: then the first refusal is
   * what counts, unless encryption helps.
   */
  async opened<Opened>(key: InstanceKey, open: (encrypted: boolean) => Promise<Opened>): Promise<Opened> {
    if (this.covers(key)) return open(true);
    try {
      return await open(false);
    } catch (refusal) {
      const number = errorNumber(refusal);
      if (number === secureTransportRequired) this.#demandedBy.add(key);
      else if (number !== accessDenied) throw refusal;
      return this.#openedAgain(key, open, refusal);
    }
  }

  async #openedAgain<Opened>(
    key: InstanceKey,
    open: (encrypted: boolean) => Promise<Opened>,
    refusal: unknown,
  ): Promise<Opened> {
    try {
      const opened = await open(true);
      this.#demandedBy.add(key);
      return opened;
    } catch (error) {
      if (this.covers(key)) throw error;
      throw toldTogether(refusal, error);
    }
  }

  /** What the driver is to be told of an encrypted connection to this server. */
  options(key: InstanceKey): { ssl: SslOptions; stream?: () => Socket } {
    const { ca, cert, key: privateKey, skipVerify } = this.terms;
    const ssl = {
      rejectUnauthorized: !skipVerify,
      verifyIdentity: !skipVerify,
      ...(ca === null ? {} : { ca }),
      ...(cert === null ? {} : { cert }),
      ...(privateKey === null ? {} : { key: privateKey }),
    };
    return isIP(hostOf(key)) === 0 ? { ssl } : { ssl, stream: () => socketTo(key) };
  }
}

/**
 * The driver names no address to Node when it encrypts, and Node then expects a certificate for
 * "localhost"; it takes the address from the socket where that has one (node:tls, onConnectSecure).
 */
function socketTo(key: InstanceKey): Socket {
  const socket = connect({ host: hostOf(key), port: portOf(key), noDelay: true });
  return Object.assign(socket, { _host: hostOf(key) });
}

/** The account was refused in plain, and encrypted it came to nothing either. */
function toldTogether(refusal: unknown, error: unknown): unknown {
  const isSame = errorNumber(error) === accessDenied || codeOf(error) === 'HANDSHAKE_NO_SSL_SUPPORT';
  if (isSame || !(refusal instanceof BatonError) || !(error instanceof BatonError)) return refusal;
  const message = `${refusal.message}; an encrypted connection, should the account demand one, came to nothing: ${error.message}`;
  return new BatonError(refusal.code, message, { cause: refusal });
}

function errorNumber(error: unknown): number | undefined {
  const { errno, cause } = error as { errno?: number; cause?: unknown };
  return errno ?? (cause === undefined ? undefined : errorNumber(cause));
}

function codeOf(error: unknown): string | undefined {
  return ((error as { cause?: unknown }).cause as { code?: string } | undefined)?.code;
}

/** Why a connection could not be encrypted, and what to do about it; null where the error is about something else. */
export function encryptionTrouble(
  key: InstanceKey,
  error: unknown,
  terms: EncryptionTerms | null,
): string | null {
  const {
    code = '',
    errno,
    message = '',
    reason = '',
  } = error as Partial<Record<'code' | 'message' | 'reason', string>> & { errno?: number };
  if (errno === secureTransportRequired)
    return `${key} takes encrypted connections only: let MySQLTopologyUseMixedTLS be true, or set MySQLTopologyUseMutualTLS`;
  if (code === 'HANDSHAKE_NO_SSL_SUPPORT')
    return `${key} offers no encrypted connections, and the configuration takes no others: switch TLS on there, or see MySQLTopologyUseMutualTLS`;
  if (code !== 'HANDSHAKE_SSL_ERROR' && !code.startsWith('ERR_SSL_')) return null;
  if (reason !== '')
    return `the certificate of ${key} is for another name (${reason}): name the server as its certificate does, or give it one with this name`;
  if (/expired|not yet valid/.test(message))
    return `${message}, which ${key} or its authority has shown: renew it there, or look at the clocks`;
  if (/issuer|self.signed|verify the first|signature failure/.test(message))
    return unknownAuthority(key, message, terms);
  return `the connection to ${key} could not be encrypted: ${message}; look at MySQLTopologySSLCertFile, MySQLTopologySSLPrivateKeyFile and at the server’s log`;
}

function unknownAuthority(key: InstanceKey, message: string, terms: EncryptionTerms | null): string {
  const file = terms?.caFile ?? '';
  return file === ''
    ? `the certificate of ${key} is signed by no authority that this machine knows (${message}): name its authority’s file in MySQLTopologySSLCAFile, or set MySQLTopologySSLSkipVerify`
    : `the certificate of ${key} is not signed by the authority in ${file} (${message}): put the authority that signed it into that file, which MySQLTopologySSLCAFile names`;
}
