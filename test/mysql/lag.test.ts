import { expect, it } from 'vitest';
import { withLag } from '../../src/mysql/lag.ts';
import { primary, readAt, replica } from '../topology/instances.ts';

const look = (server: ReturnType<typeof primary>['server']) =>
  Promise.resolve({
    key: 'b:1',
    at: readAt,
    tookMs: 1,
    outcome: 'read',
    echo: 'answered',
    error: null,
    server,
  } as const);
const asReplica = () => look(replica('b:1', 'a:1').server);

it('a replica’s lag is what the operator’s query says, at least 0', async () => {
  const lag = async (value: string) =>
    (await withLag(asReplica(), Promise.resolve(value))).server?.replication?.lagSeconds;
  expect(await lag('12')).toBe(12);
  expect(await lag('0.25')).toBe(0.25);
  expect(await lag('-3')).toBe(0);
});

it.each([
  [() => Promise.resolve('soon'), 'ReplicationLagQuery gave no number'],
  [() => Promise.resolve(null), 'ReplicationLagQuery gave nothing'],
  [() => Promise.reject(new Error('no such table')), 'ReplicationLagQuery failed: no such table'],
  [() => new Promise<string>(() => {}), 'ReplicationLagQuery was not answered within 250 ms'],
])('it is the server’s own where the query says none, and the look says so', async (asking, sentence) => {
  const { server } = await withLag(asReplica(), asking());
  expect(server?.replication?.lagSeconds).toBe(replica('b:1', 'a:1').server?.replication?.lagSeconds);
  expect(server?.lacks).toEqual([sentence]);
});

it('a primary has none', async () => {
  const { server } = await withLag(look(primary('b:1').server), Promise.resolve('9'));
  expect(server).toEqual(primary('b:1').server);
});
