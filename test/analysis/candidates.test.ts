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

  it.each<[because: string, instance: Instance]>([
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
