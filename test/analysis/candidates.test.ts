import { describe, expect, it } from 'vitest';
import { type Candidate, chooseSuccessor } from '../../src/analysis/candidates.ts';
import type { Instance } from '../../src/topology/snapshot.ts';
import { replica } from '../topology/instances.ts';

function candidate(instance: Instance): Candidate {
  if (instance.server === null) throw new Error(`${instance.key} was never read`);
  return { instance, server: instance.server };
}

const choose = (...instances: readonly Instance[]) =>
  chooseSuccessor(instances.map(candidate), { failed: null, ignoredHosts: [/^ignored/] });
const received = (receivedGtid: string) => ({ replication: { receivedGtid } });

describe('the successor', () => {
  it('is who received most, though another has applied more (P4)', () => {
    const b = replica('b:1', 'a:1', { server: { executedGtid: '0-1-8' }, ...received('0-1-8') });
    const c = replica('c:1', 'a:1', { server: { executedGtid: '0-1-2' }, ...received('0-1-9') });
    expect(choose(b, c)).toMatchObject({
      successor: 'c:1',
      because: expect.stringContaining('received more'),
    });
  });

  it('is who has the better promotion rule among those that have the same', () => {
    const c = replica('c:1', 'a:1', { promotionRule: 'prefer' });
    expect(choose(replica('b:1', 'a:1'), c)).toMatchObject({ successor: 'c:1' });
  });

  it('is who does not lag on purpose, among those that are as good otherwise', () => {
    const b = replica('b:1', 'a:1', { replication: { sqlDelaySeconds: 600 } });
    expect(choose(b, replica('c:1', 'a:1'))).toMatchObject({
      successor: 'c:1',
      because: 'c:1 does not lag on purpose, unlike b:1',
    });
  });

  const uuid = { a: '3e11fa47-71ca-11e1-9e33-c80aa9429562', b: 'b0000000-0000-0000-0000-00000000000b' };
  const mysql = (key: 'b:1' | 'c:1', executedGtid: string, gtidErrant = '') =>
    replica(key, 'a:1', {
      server: { flavour: 'mysql', executedGtid },
      replication: { position: 'mysql-gtid' },
      gtidErrant,
    });

  it('is who has nothing of its own among those that have the same of their source', () => {
    const own = `${uuid.b}:1-5`;
    const b = mysql('b:1', `${uuid.a}:1-9,${own}`, own);
    expect(choose(b, mysql('c:1', `${uuid.a}:1-9`))).toMatchObject({
      successor: 'c:1',
      because: 'c:1 has no transactions of its own, unlike b:1',
    });
    // 0-2-8 was written on b itself, under a number that its source has given away too.
    const stray = replica('b:1', 'a:1', {
      gtidErrant: '0-2-8..8',
      server: { executedGtid: '0-2-8' },
      ...received('0-1-8'),
    });
    const clean = replica('c:1', 'a:1', { server: { executedGtid: '0-1-8' }, ...received('0-1-8') });
    expect(choose(stray, clean)).toMatchObject({ successor: 'c:1' });
  });

  it('is one with transactions of its own where nobody else has received as much, and the reason says so', () => {
    const own = `${uuid.b}:1`;
    const b = mysql('b:1', `${uuid.a}:1-10,${own}`, own);
    expect(choose(b, mysql('c:1', `${uuid.a}:1-9`))).toMatchObject({
      successor: 'b:1',
      because: `b:1 has received more than c:1, though it has transactions of its own: ${own}`,
    });
    expect(choose(b)).toMatchObject({ successor: 'b:1', because: expect.stringContaining(own) });
    const stray = replica('b:1', 'a:1', {
      gtidErrant: '0-2-8..8',
      server: { executedGtid: '0-2-8' },
      ...received('0-1-9'),
    });
    const clean = replica('c:1', 'a:1', { server: { executedGtid: '0-1-8' }, ...received('0-1-8') });
    expect(choose(stray, clean)).toMatchObject({ successor: 'b:1' });
  });

  it.each<[because: string, instance: Instance]>([
    ['cannot be read', mysql('b:1', `${uuid.a}:1-`)],
    ['cannot be read', replica('b:1', 'a:1', received('0-1'))],
    ['must_not', replica('b:1', 'a:1', { promotionRule: 'must_not' })],
    ['PromotionIgnoreHostnameFilters', replica('ignored:1', 'a:1')],
    ['no binary log', replica('b:1', 'a:1', { server: { logBin: false } })],
    ['does not log what it replicates', replica('b:1', 'a:1', { server: { logReplicaUpdates: false } })],
    ['does not replicate by GTID', replica('b:1', 'a:1', { replication: { position: 'coordinates' } })],
    ['the default channel', replica('b:1', 'a:1', { replication: { channels: 2 } })],
    ['the default channel', replica('b:1', 'a:1', { replication: { channel: 'west' } })],
    ['Duplicate', replica('b:1', 'a:1', { replication: { lastSqlError: 'Duplicate entry' } })],
  ])('is nobody who may not be: %s (P7)', (because, instance) => {
    expect(choose(instance)).toMatchObject({ successor: null, because: expect.stringContaining(because) });
  });
});
