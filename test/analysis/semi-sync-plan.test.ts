import { describe, expect, it } from 'vitest';
import { planSemiSync } from '../../src/analysis/semi-sync-plan.ts';
import type { SemiSync } from '../../src/topology/observation.ts';
import type { Instance } from '../../src/topology/snapshot.ts';
import { primary, replica } from '../topology/instances.ts';

const semiSync: SemiSync = {
  primaryEnabled: true,
  primaryStatus: true,
  waitForReplicas: 2,
  clients: 0,
  timeoutMs: 10_000,
  replicaEnabled: false,
  replicaStatus: false,
  waitPoint: null,
  waitsForAbsent: null,
  waiting: null,
};
const read = (instance: Instance) => {
  if (instance.server === null) throw new Error(`${instance.key} was never read`);
  return { ...instance, server: instance.server };
};
const a = (of: Partial<SemiSync> = {}) =>
  read(primary('a:1', { server: { semiSync: { ...semiSync, ...of } } })).server;
const one = (
  key: Instance['key'],
  semiSyncPriority: number | null = null,
  takesPart: 'yes' | 'no' | 'idle' = 'no',
) =>
  read(
    replica(key, 'a:1', {
      semiSyncPriority,
      server: {
        semiSync: { ...semiSync, replicaEnabled: takesPart !== 'no', replicaStatus: takesPart === 'yes' },
      },
    }),
  );
const told = (plan: ReturnType<typeof planSemiSync>) => plan.map(({ instance, to }) => `${instance} ${to}`);

describe('enough semi-sync replicas', () => {
  it('are switched on, as many as are missing, by priority and then by name', () => {
    const replicas = [one('b:1', 1), one('c:1', 5), one('d:1', 1)];
    expect(told(planSemiSync(a(), replicas, 'enough'))).toEqual(['c:1 on', 'b:1 on']);
    expect(told(planSemiSync(a({ clients: 1 }), replicas, 'enough'))).toEqual(['c:1 on']);
  });

  it('never include one whose priority is 0, nor one that does not replicate', () => {
    const broken = read(replica('d:1', 'a:1', { replication: { ioThread: 'stopped' } }));
    expect(told(planSemiSync(a(), [one('b:1', 0), one('c:1'), broken], 'enough'))).toEqual(['c:1 on']);
  });

  it('leave those alone that take part already, and have one connect anew that is only switched on', () => {
    const replicas = [one('b:1', null, 'yes'), one('c:1', null, 'idle')];
    expect(told(planSemiSync(a({ clients: 1 }), replicas, 'enough'))).toEqual(['c:1 again']);
  });
});

describe('exactly as many semi-sync replicas as are waited for', () => {
  it('are those with the highest priority: they are switched on before the others are switched off', () => {
    const replicas = [one('b:1', 1, 'yes'), one('c:1', 5), one('d:1', 7, 'yes'), one('e:1', 0, 'yes')];
    expect(told(planSemiSync(a({ clients: 3 }), replicas, 'exact'))).toEqual([
      'c:1 on',
      'b:1 off',
      'e:1 off',
    ]);
  });

  it('are those that take part already where nobody has said who comes first', () => {
    const replicas = [one('b:1'), one('c:1', null, 'yes'), one('d:1', null, 'yes'), one('e:1', null, 'yes')];
    expect(told(planSemiSync(a({ clients: 3 }), replicas, 'exact'))).toEqual(['e:1 off']);
  });
});
