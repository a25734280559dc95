import { matchesClusterFilters } from '../analysis/gates/cluster-filter.ts';
import type { Config } from '../config/keys.ts';
import { type Place as PlaceOfConfig, variableIn } from '../config/keys/publish.ts';
import type { Publisher } from '../engine/ports.ts';
import { webhookHeaders } from '../hooks/spawner/signature.ts';
import { BatonError } from '../kernel/errors.ts';
import { InstanceKey } from '../kernel/instance-key.ts';
import { Admin } from '../mysql/admin.ts';
import { consulKeys } from '../publish/consul-keys.ts';
import { etcdKeys } from '../publish/etcd-keys.ts';
import { filePublisher } from '../publish/file.ts';
import type { KeyStore } from '../publish/key-store.ts';
import { keyPublisher } from '../publish/primary-keys.ts';
import { proxysqlPublisher } from '../publish/proxysql.ts';
import { resolveHost } from '../publish/resolve.ts';
import { type Place, severalPublishers } from '../publish/several.ts';
import { trackFilePublisher } from '../publish/track-file.ts';
import { webhookPublisher } from '../publish/webhook.ts';
import { etcdNamed } from './etcd-of-config.ts';

/** How long one question to a place may take; several make a publication. */
const askTimeoutMs = 2_000;

type Environment = Readonly<Record<string, string | undefined>>;

/** Who tells the world of primaries, and the end of the connections that it holds. */
export interface OwnedPublisher {
  /** Null where nobody does. */
  readonly publisher: Publisher | null;
  close(): void;
}

/** Throws `config-invalid` where a file cannot be read or a variable is not set. */
export async function publisherOfConfig(config: Config, environment: Environment): Promise<OwnedPublisher> {
  const closing: (() => void)[] = [];
  const places = config.ConsulAddress === '' ? [] : [consulOf(config)];
  for (const [index, place] of config.Publish.entries()) {
    const at = { key: `Publish[${index + 1}]`, config, environment, closing };
    places.push({
      ...(await placeOf(place, at)),
      serves: (cluster) => matchesClusterFilters(place.Clusters, cluster),
    });
  }
  return {
    publisher: places.length === 0 ? null : severalPublishers(places),
    close() {
      for (const one of closing) one();
    },
  };
}

interface At {
  readonly key: string;
  readonly config: Config;
  readonly environment: Environment;
  readonly closing: (() => void)[];
}

async function placeOf(place: PlaceOfConfig, at: At): Promise<Omit<Place, 'serves'>> {
  switch (place.Kind) {
    case 'etcd':
      return keysOfEtcd(place, at);
    case 'proxysql': {
      const address = InstanceKey.parse(place.Address);
      const password = secretIn(place.Password, at);
      const admin = new Admin({ address, user: place.User, password, timeoutMs: askTimeoutMs });
      at.closing.push(() => admin.close());
      const ask = (statement: string) => admin.ask(statement);
      const publisher = proxysqlPublisher({ ask, writerHostgroup: place.WriterHostgroup });
      return { name: `ProxySQL ${address}`, publisher };
    }
    case 'http': {
      const secret = place.Secret === undefined ? null : secretIn(place.Secret, at);
      const headers = (message: Parameters<typeof webhookHeaders>[0]) => webhookHeaders(message, secret);
      return { name: place.Url, publisher: webhookPublisher({ url: place.Url, headers }) };
    }
    case 'file':
      return { name: place.Directory, publisher: filePublisher(place.Directory) };
    case 'track-file':
      return { name: 'the track_files of keepalived', publisher: trackFilePublisher(place.Files) };
  }
}

async function keysOfEtcd(
  place: Extract<PlaceOfConfig, { Kind: 'etcd' }>,
  at: At,
): Promise<Omit<Place, 'serves'>> {
  const { Coordination, CoordinationPassword } = at.config;
  const isShared = place.Endpoints.length === 0 && Coordination.Kind === 'etcd';
  const [key, named, password] = isShared
    ? ['Coordination', Coordination, CoordinationPassword]
    : [at.key, place, secretIn(place.Password, at)];
  const etcd = await etcdNamed(key, named, { password, timeoutMs: askTimeoutMs });
  at.closing.push(() => etcd.close());
  return { name: `etcd ${named.Endpoints.join(', ')}`, publisher: keysIn(etcdKeys(etcd), at.config) };
}

function consulOf(config: Config): Place {
  const store = consulKeys({
    address: `${config.ConsulScheme}://${config.ConsulAddress}`,
    token: config.ConsulAclToken,
    everywhere: config.ConsulCrossDataCenterDistribution,
    inTransactions: config.ConsulKVStoreProvider === 'consul-txn',
  });
  return { name: `Consul ${config.ConsulAddress}`, publisher: keysIn(store, config), serves: () => true };
}

function keysIn(store: KeyStore, { KVClusterMasterPrefix: prefix }: Config): Publisher {
  return keyPublisher({ store, prefix, resolve: resolveHost });
}

function secretIn(written: string | undefined, { key, environment }: At): string {
  if (written === undefined) return '';
  const variable = variableIn(written);
  const secret = environment[variable] ?? '';
  if (secret !== '') return secret;
  throw new BatonError('config-invalid', `${key} needs the variable ${variable}, which is not set`);
}
