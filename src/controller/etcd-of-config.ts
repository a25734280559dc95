import { readFile } from 'node:fs/promises';
import type { Config } from '../config/keys.ts';
import { Etcd } from '../etcd/etcd.ts';
import { BatonError, messageOf } from '../kernel/errors.ts';

/** An etcd as the configuration names it. */
interface NamedEtcd {
  readonly Endpoints: readonly string[];
  readonly User: string;
  readonly CAFile: string;
  readonly CertFile: string;
  readonly KeyFile: string;
}

/** The etcd by which controllers agree. Throws `config-invalid` where a certificate cannot be read. */
export function etcdOf(
  config: Config,
  coordination: Extract<Config['Coordination'], { Kind: 'etcd' }>,
): Promise<Etcd> {
  return etcdNamed('Coordination', coordination, {
    password: config.CoordinationPassword,
    timeoutMs: (1_000 * coordination.LeaseSeconds) / 2,
  });
}

/** `key` is where the configuration names it. Throws `config-invalid` where a certificate cannot be read. */
export async function etcdNamed(
  key: string,
  named: NamedEtcd,
  { password, timeoutMs }: { password: string; timeoutMs: number },
): Promise<Etcd> {
  const [ca, cert, privateKey] = await Promise.all(
    (['CAFile', 'CertFile', 'KeyFile'] as const).map((file) => pemIn(`${key}.${file}`, named[file])),
  );
  const { Endpoints: endpoints, User: user } = named;
  const tls = { ca: ca ?? null, cert: cert ?? null, key: privateKey ?? null };
  return new Etcd({ endpoints, user, password, tls, timeoutMs });
}

/** Null where none is named. */
async function pemIn(key: string, path: string): Promise<string | null> {
  if (path === '') return null;
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const because = `${path} cannot be read: ${messageOf(error)}`;
    throw new BatonError('config-invalid', `${key}: ${because}`, { cause: error });
  }
}
