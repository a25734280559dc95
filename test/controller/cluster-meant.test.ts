import { expect, it } from 'vitest';
import { clusterMeant } from '../../src/controller/cluster-meant.ts';
import type { Cluster } from '../../src/topology/cluster.ts';

const cluster = (id: string, name: string, alias: string): Cluster => ({ id, name, alias, domain: name });
const shop = cluster('3f2a91bc', 'db1:3306', 'shop');
const crm = cluster('3fe00000', 'db4:3307', 'crm');
const meant = (wanted: string) =>
  clusterMeant(wanted, {
    clusters: [shop, crm],
    clusterOf: (key) => (key === 'db2:3306' ? shop : null),
    instances: ['db1:3306', 'db2:3306', 'db4:3307'],
    defaultPort: 3306,
  });

it.each([['shop'], ['db1:3306'], ['db1'], ['db2:3306'], ['db2'], ['3f2'], ['3f2a91bc']])(
  '"%s" means the cluster of that alias, name, instance or beginning of an id',
  (wanted) => {
    expect(meant(wanted)).toBe(shop);
  },
);

it('a port alone is no name, and whoever listens on it is named', () => {
  expect(() => meant('3307')).toThrow('called "3307"; did you mean db4:3307?');
  expect(() => meant('3306')).toThrow('called "3306"; did you mean db1:3306 or db2:3306?');
  expect(() => meant('3308')).toThrow(/called "3308"$/);
});

it('a name that means nothing, or more than one cluster, is refused in a sentence (P7)', () => {
  expect(() => meant('db9')).toThrow('no cluster that is watched is called "db9"');
  expect(() => meant('3f')).toThrow('"3f" may be any of db1:3306, db4:3307');
});
