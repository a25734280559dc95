import { expect, it } from 'vitest';
import { whyNotRestored } from '../../../src/analysis/cost/restorable.ts';
import { replica } from '../../topology/instances.ts';

const uuid = '11111111-1111-1111-1111-111111111111';
const tail = { file: '/f', bytes: 1, gtids: `${uuid}:9-10`, isWhole: true };
const cost = { says: 'at-most', because: '', missing: `${uuid}:9-10`, count: 2 } as const;
const sound = { tail, cost, unapplied: '' };

function candidate(
  position: 'mysql-gtid' | 'coordinates' = 'mysql-gtid',
  flavour: 'mysql' | 'mariadb' = 'mysql',
) {
  const { server } = replica('b:1', 'a:1');
  if (server?.replication == null) throw new Error('a replica replicates');
  return { ...server, flavour, replication: { ...server.replication, position } };
}

it('what was rescued may be applied where it is all that the candidate lacks', () => {
  expect(whyNotRestored(candidate(), sound)).toBeNull();
});

it.each([
  ['a second time what it has', candidate('mysql-gtid', 'mariadb'), sound],
  ['without GTID', candidate('coordinates'), sound],
  ['it may not be all', candidate(), { ...sound, tail: { ...tail, isWhole: false } }],
  ['was not applied', candidate(), { ...sound, unapplied: `${uuid}:8` }],
  ['not have everything', candidate(), { ...sound, cost: { ...cost, missing: `${uuid}:8-10` } }],
  ['not have everything', candidate(), { ...sound, cost: { ...cost, says: 'unknown' as const } }],
  ['not have everything', candidate(), { ...sound, cost: null }],
])('what was rescued is not applied where that is not sound: %s', (words, server, rescued) => {
  expect(whyNotRestored(server, rescued)).toContain(words);
});
