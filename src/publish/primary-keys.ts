import type { Publisher, Told } from '../engine/ports.ts';
import { hostOf, type InstanceKey, parseInstanceKey, portOf } from '../kernel/instance-key.ts';
import type { Cluster } from '../topology/cluster.ts';
import type { KeyStore } from './key-store.ts';

/** The addresses of a host; empty where it has none of a sort, or nobody knows. */
export interface Addresses {
  readonly ipv4: string;
  readonly ipv6: string;
}

/**
 * Publishes in a store of keys, five for each cluster, as orchestrator 3.2.6 does (section 3.8): behind the prefix, which
 * ends in /, the alias alone holds `host:port`, and below it stand `hostname`, `port`, `ipv4` and `ipv6`. A cluster that
 * is withdrawn has none of them.
 */
export function keyPublisher(options: {
  store: KeyStore;
  prefix: string;
  resolve: (host: string) => Promise<Addresses>;
}): Publisher {
  const { store, prefix, resolve } = options;
  const nameOf = ({ alias }: Cluster) => `${prefix}${alias}`;

  async function pairsOf(cluster: Cluster, primary: InstanceKey): Promise<[string, string][]> {
    const name = nameOf(cluster);
    const host = hostOf(primary);
    const { ipv4, ipv6 } = await resolve(host);
    return [
      [name, primary],
      [`${name}/hostname`, host],
      [`${name}/port`, String(portOf(primary))],
      [`${name}/ipv4`, ipv4],
      [`${name}/ipv6`, ipv6],
    ];
  }

  return {
    async publish(cluster, primary, signal) {
      await store.write(await pairsOf(cluster, primary), signal);
    },
    withdraw: (cluster, signal) => store.remove(keysOf(nameOf(cluster)), signal),
    async published(cluster, signal) {
      const name = nameOf(cluster);
      return (await store.read(keysOf(name), signal)).map((found) => toldBy(found, name));
    },
    async preview(cluster, primary) {
      return (await pairsOf(cluster, primary)).map(([key, value]) => `${key} = ${value}`);
    },
  };
}

function keysOf(name: string): string[] {
  return [name, ...['hostname', 'port', 'ipv4', 'ipv6'].map((detail) => `${name}/${detail}`)];
}

/** Addresses may differ from one look to the next, so they need only be there. */
function toldBy(found: ReadonlyMap<string, string>, name: string): Told {
  if (found.size === 0) return null;
  const primary = parseInstanceKey(found.get(name) ?? '');
  const isWhole =
    primary !== null &&
    keysOf(name).every((key) => found.has(key)) &&
    found.get(`${name}/hostname`) === hostOf(primary) &&
    found.get(`${name}/port`) === String(portOf(primary));
  return isWhole ? primary : 'unknown';
}
