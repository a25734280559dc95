import fc from 'fast-check';
import { expect, it } from 'vitest';
import { actsOf, undoOf } from '../../src/engine/acts.ts';
import type { Order } from '../../src/engine/ports.ts';
import type { Entry, JournalRecord } from '../../src/engine/record.ts';
import { lastingIn } from '../../src/engine/undo.ts';
import type { InstanceKey } from '../../src/kernel/instance-key.ts';
import { kitchen } from './toy.ts';

const keys = ['a:1', 'b:1', 'c:1'] as const;

/** A cluster of three on which a run acts; what it does is written down. */
function house(flavour: 'mariadb' | 'mysql') {
  const kit = kitchen(flavour);
  kit.fleet.add('a:1', null);
  kit.fleet.add('b:1', 'a:1');
  kit.fleet.add('c:1', 'a:1');
  kit.fleet.write('a:1');
  const records: JournalRecord[] = [];
  const actsIn = (step: string) =>
    actsOf({
      step,
      servers: kit.world.servers,
      lease: kit.world.lease,
      teller: kit.world.teller,
      lookTimeoutMs: 1_000,
      signal: new AbortController().signal,
      fencingRequired: 'none',
      history: () => records,
      append: async (entry: Entry) => {
        const record = { ...entry, seq: records.length + 1, at: 0, token: 1 };
        records.push(record);
        return record;
      },
    });
  const perform = async (step: string, order: Order) => {
    const done = actsIn(step).perform(order);
    await kit.clock.advance(50);
    return done;
  };
  /** What an undo is to put back: everything but data and errors. */
  const stands = () =>
    keys.map((key) => {
      const { readOnly, replication, detachedFrom, semiSync } = kit.fleet.read(key);
      return {
        key,
        readOnly,
        source: replication?.source ?? null,
        receives: replication !== null && replication.ioThread !== 'stopped',
        applies: replication?.sqlThread === 'running',
        delaySeconds: replication?.sqlDelaySeconds ?? null,
        detachedFrom,
        semiSync: [semiSync.primaryEnabled, semiSync.replicaEnabled],
      };
    });
  return { ...kit, records, perform, stands };
}

const someKey = fc.constantFrom<InstanceKey>(...keys);
const someOrder: fc.Arbitrary<Order> = fc.oneof(
  fc.record({
    verb: fc.constantFrom(
      'stopReceiving' as const,
      'startReceiving' as const,
      'reconnect' as const,
      'stopApplying' as const,
      'startApplying' as const,
      'promote' as const,
      'forget' as const,
      'detach' as const,
      'reattach' as const,
    ),
    instance: someKey,
  }),
  fc.record({ verb: fc.constant('setReadOnly' as const), instance: someKey, readOnly: fc.boolean() }),
  fc.record({
    verb: fc.constant('setSemiSync' as const),
    instance: someKey,
    side: fc.constantFrom('primary' as const, 'replica' as const),
    enabled: fc.boolean(),
  }),
  fc.record({
    verb: fc.constant('setDelay' as const),
    instance: someKey,
    seconds: fc.constantFrom(0, 1, 2),
  }),
  fc
    .record({ verb: fc.constant('follow' as const), instance: someKey, source: someKey })
    .filter(({ instance, source }) => instance !== source),
);

it.each(['mariadb', 'mysql'] as const)(
  'what was done to servers of %s can be undone, once or twice, or it is said what cannot (P9)',
  async (flavour) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(someOrder, { maxLength: 4 }),
        fc.array(someOrder, { minLength: 1, maxLength: 6 }),
        async (earlier, orders) => {
          const { perform, stands, records, fleet } = house(flavour);
          for (const order of earlier) await perform('somebody else', order);
          records.length = 0;
          const before = stands();
          for (const order of orders) await perform('step', order);
          let failed = 0;
          for (const round of ['once', 'twice'])
            for (const order of undoOf(records, 'undo')) {
              const { outcome } = await perform('undo', order);
              if (outcome === 'failed' && round === 'once') failed += 1;
            }
          if (failed === 0) expect(stands()).toEqual(before);
          expect(fleet.missing('a:1')).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  },
);

it('a replica that forgot its source lags on purpose again as it did (P9)', async () => {
  const { perform, records, fleet } = house('mariadb');
  await perform('somebody else', { verb: 'setDelay', instance: 'b:1', seconds: 60 });
  records.length = 0;
  await perform('step', { verb: 'forget', instance: 'b:1' });
  for (const order of undoOf(records, 'undo')) await perform('undo', order);
  expect(fleet.read('b:1').replication).toMatchObject({ source: 'a:1', sqlDelaySeconds: 60 });
});

it('a purge that was refused has left nothing to name, and one that was done has', async () => {
  const { perform, records, fleet } = house('mariadb');
  const purge: Order = { verb: 'purgeBinlog', instance: 'a:1', before: 'bin.000001' };
  fleet.server('a:1').broken.add('PURGE BINARY LOGS TO …');
  await perform('step', purge);
  expect(lastingIn(records, 'undo')).toEqual([]);
  fleet.server('a:1').broken.clear();
  await perform('step', purge);
  expect(lastingIn(records, 'undo')).toEqual([
    'a:1 was asked to remove the files of its binary log before bin.000001, which stays',
  ]);
});

it('what no order can take back is named', async () => {
  const { perform, records } = house('mariadb');
  await perform('step', { verb: 'stopReceiving', instance: 'b:1' });
  await perform('step', { verb: 'forget', instance: 'c:1' });
  await perform('step', { verb: 'resetBinlog', instance: 'c:1', executed: '' });
  expect(lastingIn(records, 'undo')).toEqual([
    'c:1 was asked to begin its binary log anew after nothing, which stays',
  ]);
});
