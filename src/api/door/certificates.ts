import { readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { createSecureContext, type TlsOptions, TLSSocket } from 'node:tls';
import type { Config } from '../../config/keys.ts';
import { BatonError, messageOf } from '../../kernel/errors.ts';

/**
 * How the API speaks TLS; null where it does not. Whoever shows no certificate, or a bad one, is still answered, with
 * the sentence that says what is wrong with it. Throws `listen-failed`, which names the file.
 */
export async function tlsOf(config: Config): Promise<TlsOptions | null> {
  const { UseSSL, UseMutualTLS, SSLCertFile, SSLPrivateKeyFile, SSLCAFile } = config;
  if (!UseSSL) return null;
  const options: TlsOptions = {
    minVersion: 'TLSv1.2',
    cert: await textOf('SSLCertFile', SSLCertFile),
    key: await textOf('SSLPrivateKeyFile', SSLPrivateKeyFile),
    ...(SSLCAFile === '' ? {} : { ca: await textOf('SSLCAFile', SSLCAFile) }),
    ...(UseMutualTLS ? { requestCert: true, rejectUnauthorized: false } : {}),
  };
  try {
    createSecureContext(options);
  } catch (error) {
    const because = `SSLCertFile and SSLPrivateKeyFile cannot be used: ${messageOf(error)}`;
    throw new BatonError('listen-failed', because, { cause: error });
  }
  return options;
}

/** What is wrong with the certificate of whoever asks; null where it is good. Without units, all that are signed are. */
export function certificateComplaint(socket: Socket, units: readonly string[]): string | null {
  if (!(socket instanceof TLSSocket)) return 'this API is used over TLS only';
  const certificate = socket.getPeerCertificate();
  if (certificate.subject === undefined) return 'no certificate was shown, and this API wants one';
  if (!socket.authorized)
    return `the certificate that was shown is not good: ${String(socket.authorizationError)}`;
  const found = [certificate.subject.OU ?? []].flat();
  if (units.length === 0 || found.some((unit) => units.includes(unit))) return null;
  return `the certificate that was shown is of ${found.join(', ') || 'no organizational unit'}, which SSLValidOUs does not have`;
}

/** The name in the certificate of whoever asks; null where none is shown, or none that is good. */
export function certificateName(socket: Socket): string | null {
  if (!(socket instanceof TLSSocket) || !socket.authorized) return null;
  return [socket.getPeerCertificate().subject?.CN ?? []].flat()[0] ?? null;
}

async function textOf(key: string, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new BatonError('listen-failed', `${key} cannot be read: ${messageOf(error)}`, { cause: error });
  }
}
