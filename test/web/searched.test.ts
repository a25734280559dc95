import { expect, it } from 'vitest';
import { searched } from '../../web/src/shell/searched.ts';
import { aCluster } from './a-cluster.ts';

const clusters = [
  aCluster('shop', { 'db1:3306': null, 'db2:3306': 'db1:3306' }),
  aCluster('mail', { 'mx1:3307': null }),
];

it('finds by any part of a name, clusters first', () => {
  expect(searched(clusters, 'shop').map(({ label }) => label)).toEqual(['shop (db1:3306)']);
  expect(searched(clusters, '3306 db').map(({ label }) => label)).toEqual([
    'shop (db1:3306)',
    'db1:3306 in shop',
    'db2:3306 in shop',
  ]);
});

it('wants all words, in whatever case, and finds nothing for none', () => {
  expect(searched(clusters, 'DB2 10.11').map(({ to }) => to)).toEqual([
    { view: 'cluster', cluster: 'shop', instance: 'db2:3306' },
  ]);
  expect(searched(clusters, ' ')).toEqual([]);
});
