import { readFile } from 'node:fs/promises';
import type { Config } from '../config/keys.ts';
import { Etcd } from '../etcd/etcd.ts';
import { BatonError, messageOf } from '../kernel/errors.ts';

/** The etcd that a configuration names. Throws `config-invalid` where a certificate cannot be read. */
export async function etcdOf(
  config: Config,
  coordination: Extract<Config['Coordination'], { Kind: 'etcd' }>,
): Promise<Etcd> {
  const [ca, cert, key] = await Promise.all(
    (['CAFile', 'CertFile', 'KeyFile'] as const).map((file) => pemIn(file, coordination[file])),
  );
  const { Endpoints: endpoints, User: user, LeaseSeconds } = coordination;
  return new Etcd({
    endpoints,
    user,
    password: config.CoordinationPassword,
    tls: { ca: ca ?? null, cert: cert ?? null, key: key ?? null },
    timeoutMs: (1_000 * LeaseSeconds) / 2,
  });
}

/** Null where none is named. */
async function pemIn(key: string, path: string): Promise<string | null> {
  if (path === '') return null;
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const because = `${path} cannot be read: ${messageOf(error)}`;
    throw new BatonError('config-invalid', `Coordination.${key}: ${because}`, { cause: error });
  }
}
