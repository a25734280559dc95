import { expect, it } from 'vitest';
import { pathOf, type Place, placeOf } from '../../web/src/router/places.ts';

const again = (place: Place) => {
  const [path = '', search = ''] = pathOf(place).split('?');
  return placeOf(path, search);
};

it('finds every place again by its path', () => {
  const places: readonly Place[] = [
    { view: 'clusters' },
    { view: 'cluster', cluster: 'shop & co/1', instance: null },
    { view: 'cluster', cluster: 'db1:3306', instance: 'db2:3306' },
    { view: 'instance', instance: '[::1]:3306' },
    { view: 'recoveries', cluster: null },
    { view: 'recoveries', cluster: 'shop' },
    { view: 'recovery', uid: '17:ab', seq: 12 },
    { view: 'recovery', uid: '17:ab', seq: null },
    { view: 'workbench', rest: ['recovery', 'a story'] },
  ];
  expect(places.map(again)).toEqual(places);
});

it('takes the links that people have to orchestrator’s pages', () => {
  expect(placeOf('clusters')).toEqual({ view: 'clusters' });
  expect(placeOf('cluster/alias/shop')).toEqual({ view: 'cluster', cluster: 'shop', instance: null });
  expect(placeOf('cluster/instance/db1/3306')).toEqual({ view: 'instance', instance: 'db1:3306' });
  expect(placeOf('audit-recovery/alias/shop')).toEqual({ view: 'recoveries', cluster: 'shop' });
  expect(placeOf('audit-recovery/uid/17:ab')).toEqual({ view: 'recovery', uid: '17:ab', seq: null });
});

it('shows nothing for a path that leads nowhere, be it one that cannot be decoded', () => {
  expect(placeOf('agents')).toEqual({ view: 'unknown', path: 'agents' });
  expect(placeOf('cluster/%E0%A4')).toEqual({ view: 'cluster', cluster: '%E0%A4', instance: null });
});
