import { lookup, resolveCname } from 'node:dns/promises';

/** What the name service of this machine says of a host. Both throw where it says nothing. */
export interface NameService {
  /** The name at the end of its aliases; the host itself where it is no alias. */
  canonical(host: string): Promise<string>;
  address(host: string): Promise<string>;
}

/** Aliases of aliases; more are a ring. */
const mostAliases = 8;

export const nameService: NameService = {
  async canonical(host) {
    let name = host;
    for (let count = 0; count < mostAliases; count += 1) {
      const [next] = await resolveCname(name).catch(() => []);
      if (next === undefined) return name;
      name = next;
    }
    throw new Error(`${host} has more than ${mostAliases} aliases, one of the other`);
  },
  async address(host) {
    return (await lookup(host, { order: 'ipv4first' })).address;
  },
};
