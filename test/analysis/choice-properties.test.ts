import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Candidate, holdings, inherited } from '../../src/analysis/choice/candidates.ts';
import { chooseSuccessor } from '../../src/analysis/choice/choose-successor.ts';
import { contendersAmong } from '../../src/analysis/choice/contenders.ts';
import { majorityOf, prefer } from '../../src/analysis/choice/preferences.ts';
import { barOf, freely, isLate } from '../../src/analysis/choice/promotion-rules.ts';
import type { InstanceKey } from '../../src/kernel/instance-key.ts';
import { containsGtid, unionGtid } from '../../src/topology/gtid/arithmetic.ts';
import { promotionRules } from '../../src/topology/snapshot.ts';
import { primary, replica } from '../topology/instances.ts';

const failed = primary('a:1', { dataCenter: 'east', environment: 'live' });
const election = { failed, rules: freely, byGtid: true };
const uuid = { a: '3e11fa47-71ca-11e1-9e33-c80aa9429562', b: 'b0000000-0000-0000-0000-00000000000b' };

/** Replicas of one primary, each as far as it got, some with writes of their own; four to eight of any kind. */
const someReplica = (at: number, flavour: 'mysql' | 'mariadb') =>
  fc
    .record({
      received: fc.integer({ min: 1, max: 6 }),
      behind: fc.integer({ min: 0, max: 2 }),
      isErrant: fc.boolean(),
      promotionRule: fc.constantFrom(...promotionRules),
      dataCenter: fc.constantFrom('east', 'west'),
      version: fc.constantFrom('10.6.1', '10.11.1', '11.4.1'),
      binlogFormat: fc.constantFrom('ROW', 'MIXED'),
      sqlDelaySeconds: fc.constantFrom(0, 0, 3_600),
      sqlThread: fc.constantFrom('running' as const, 'running' as const, 'stopped' as const),
      logReplicaUpdates: fc.constantFrom(true, true, false),
    })
    .map((one): Candidate => {
      const { received, behind, promotionRule, dataCenter, sqlDelaySeconds, sqlThread, ...server } = one;
      const own = one.isErrant && flavour === 'mysql' ? `${uuid.b}:${at + 1}` : '';
      const applied = Math.max(1, received - behind);
      const text = (last: number) => (flavour === 'mysql' ? `${uuid.a}:1-${last}` : `0-1-${last}`);
      const instance = replica(`r${at}:1` as InstanceKey, 'a:1', {
        promotionRule,
        dataCenter,
        environment: 'live',
        gtidErrant: own,
        server: {
          ...server,
          flavour,
          serverId: at + 2,
          gtidMode: flavour === 'mysql' ? 'ON' : '',
          executedGtid: own === '' ? text(applied) : `${text(applied)},${own}`,
        },
        replication: {
          receivedGtid: text(received),
          sqlDelaySeconds,
          sqlThread,
          position: flavour === 'mysql' ? 'mysql-gtid' : 'mariadb-gtid',
        },
      });
      if (instance.server === null) throw new Error('it was made with a server');
      return { instance, server: instance.server };
    });
const someReplicas = fc
  .tuple(fc.integer({ min: 1, max: 7 }), fc.constantFrom('mysql' as const, 'mariadb' as const))
  .chain(([count, flavour]) =>
    fc.tuple(...Array.from({ length: count }, (_, at) => someReplica(at, flavour))),
  );

const contendersOf = (reached: readonly Candidate[]) =>
  contendersAmong(
    reached.filter((one) => barOf(one, election) === null),
    reached,
    election,
  );

describe('the order of contenders', () => {
  it('is strict and total: of two one is better, and better than better is better still', () => {
    fc.assert(
      fc.property(someReplicas, (reached) => {
        const standard = { ...election, major: majorityOf(reached) };
        const all = contendersOf(reached);
        const order = (a: number, b: number) => {
          const [left, right] = [all[a], all[b]];
          return left === undefined || right === undefined
            ? 0
            : Math.sign(prefer(left, right, standard).order);
        };
        const indexes = all.map((_, index) => index);
        for (const a of indexes)
          for (const b of indexes) {
            expect(order(a, b)).toBe(-order(b, a) || 0);
            expect(order(a, b) === 0).toBe(a === b);
            for (const c of indexes) if (order(a, b) < 0 && order(b, c) < 0) expect(order(a, c)).toBe(-1);
          }
      }),
    );
  });

  it('does not depend on who was asked first', () => {
    fc.assert(
      fc.property(someReplicas, (reached) => {
        const { successor } = chooseSuccessor(reached, election);
        expect(chooseSuccessor(reached.toReversed(), election).successor).toBe(successor);
      }),
    );
  });
});

describe('the successor and its donor together', () => {
  it('have what every replica has received that may be promoted, but for one that lags on purpose (P4)', () => {
    fc.assert(
      fc.property(someReplicas, (reached) => {
        const choice = chooseSuccessor(reached, election);
        if (choice.successor === null) return;
        const named = (key: InstanceKey | null) => reached.filter(({ instance }) => instance.key === key);
        const kept = [...named(choice.successor), ...named(choice.donor)].map(({ server }) =>
          holdings(server),
        );
        const all = kept.reduce((sum, one) => unionGtid(sum, one));
        for (const one of reached) {
          const isPeer = barOf(one, election) === null && !isLate(one, freely);
          const isKept = containsGtid(all, inherited(one));
          if (isPeer) expect(isKept).toBe(true);
          // What is not kept is said.
          expect(isKept).toBe(!choice.because.includes(`${one.instance.key} alone keeps`));
        }
      }),
    );
  });

  it('are two servers, of which the one can replicate from the other', () => {
    fc.assert(
      fc.property(someReplicas, (reached) => {
        const choice = chooseSuccessor(reached, election);
        if (choice.successor === null || choice.donor === null) return;
        const donor = reached.find(({ instance }) => instance.key === choice.donor);
        expect(choice.donor).not.toBe(choice.successor);
        expect(donor?.server.logReplicaUpdates).toBe(true);
      }),
    );
  });
});
