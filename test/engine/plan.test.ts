import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asksAgain, keptBy, planText, traitsOf, whyItDrops } from '../../src/engine/plan.ts';
import type { Order } from '../../src/engine/ports.ts';
import type { Replication, Server } from '../../src/topology/observation.ts';
import { replica } from '../topology/instances.ts';

const uuid = '00000000-0000-0000-0000-000000000001';

/** A replica of a:1 that has received and executed transactions 1 to so many. */
function aReplica(
  { flavour, received, executed }: { flavour: 'mysql' | 'mariadb'; received: number; executed: number },
  threads: Partial<Replication> = {},
): Server {
  const upTo = (last: number) =>
    last === 0 ? '' : flavour === 'mysql' ? `${uuid}:1-${last}` : `0-1-${last}`;
  const { server } = replica('b:1', 'a:1', {
    replication: {
      position: flavour === 'mysql' ? 'mysql-gtid' : 'mariadb-gtid',
      receivedGtid: upTo(received),
      ...threads,
    },
  });
  if (server === null) throw new Error('a replica of health was read');
  return { ...server, flavour, executedGtid: upTo(executed) };
}

const instance = 'b:1';
const orders: readonly Order[] = [
  { verb: 'stopReceiving', instance },
  { verb: 'startReceiving', instance },
  { verb: 'reconnect', instance },
  { verb: 'stopApplying', instance },
  { verb: 'startApplying', instance },
  { verb: 'promote', instance },
  { verb: 'follow', instance, source: 'c:1' },
  { verb: 'follow', instance, source: 'a:1' },
  { verb: 'forget', instance },
  { verb: 'detach', instance },
  { verb: 'setReadOnly', instance, readOnly: true },
  { verb: 'setSemiSync', instance, side: 'replica', enabled: true },
];
const thread = fc.constantFrom('running' as const, 'stopped' as const);

describe('a plan', () => {
  it('loses nothing that was received, applied nowhere and kept by nobody, whatever is asked (P4)', () => {
    const model = fc.record({
      flavour: fc.constantFrom('mysql' as const, 'mariadb' as const),
      order: fc.constantFrom(...orders),
      received: fc.integer({ min: 0, max: 9 }),
      executed: fc.integer({ min: 0, max: 9 }),
      kept: fc.option(fc.integer({ min: 0, max: 9 })),
      ioThread: thread,
      sqlThread: thread,
    });
    fc.assert(
      fc.property(model, ({ flavour, order, received, executed, kept, ioThread, sqlThread }) => {
        const server = aReplica({ flavour, received, executed }, { ioThread, sqlThread });
        const of = kept === null ? null : aReplica({ flavour, received: 0, executed: kept }).executedGtid;
        const isRefused = whyItDrops(order, server, of) !== null;
        const isDropped = traitsOf(order, server).drops === 'relay log';
        // The model: what was received and not applied is safe where nothing is dropped, or others have all of it.
        const isLost = isDropped && received > executed && (kept ?? 0) < received;
        expect(isRefused).toBe(isLost);
      }),
    );
  });

  it('knows what MariaDB drops once both threads stand still, and MySQL does not (0005)', () => {
    const still = { ioThread: 'stopped', sqlThread: 'stopped' } as const;
    const drops = (flavour: 'mysql' | 'mariadb', verb: 'startReceiving' | 'startApplying') =>
      traitsOf({ verb, instance }, aReplica({ flavour, received: 2, executed: 1 }, still)).drops;
    expect(drops('mariadb', 'startReceiving')).toBe('relay log');
    expect(drops('mariadb', 'startApplying')).toBe('relay log');
    expect(drops('mysql', 'startReceiving')).toBe('nothing');
  });

  it('lets MySQL follow another while it applies, and asks for the rest elsewhere', () => {
    const follow: Order = { verb: 'follow', instance, source: 'c:1' };
    const two = { received: 2, executed: 1 };
    expect(traitsOf(follow, aReplica({ flavour: 'mysql', ...two })).drops).toBe('nothing');
    const halted = aReplica({ flavour: 'mysql', ...two }, { sqlThread: 'stopped' });
    expect(whyItDrops(follow, halted, null)).toContain(`a transaction (${uuid}:2)`);
    expect(asksAgain(follow, halted)).toBe('c:1');
    expect(asksAgain({ verb: 'promote', instance }, halted)).toBeNull();
    const purged = { ...aReplica({ flavour: 'mysql', received: 0, executed: 5 }), purgedGtid: `${uuid}:1-3` };
    expect(whyItDrops(follow, halted, keptBy(purged))).not.toBeNull();
    expect(whyItDrops(follow, halted, keptBy({ ...purged, purgedGtid: `${uuid}:1` }))).toBeNull();
  });

  it('goes by places in the log where there is no GTID', () => {
    const at = (position: number) => ({ file: 'bin.000002', position });
    const server = aReplica(
      { flavour: 'mysql', received: 0, executed: 0 },
      { position: 'coordinates', readCoordinates: at(90), execCoordinates: at(50) },
    );
    const promote: Order = { verb: 'promote', instance };
    expect(whyItDrops(promote, server, null)).toContain('bin.000002:90, from bin.000002:50 on');
    expect(whyItDrops(promote, server, at(89))).not.toBeNull();
    expect(whyItDrops(promote, server, at(90))).toBeNull();
  });

  it('refuses where nobody can read what there is to lose', () => {
    const server = aReplica({ flavour: 'mysql', received: 1, executed: 1 }, { receivedGtid: 'no set' });
    expect(whyItDrops({ verb: 'forget', instance }, server, null)).toContain('nobody can count');
  });

  it('is told with what each order means', () => {
    const server = aReplica({ flavour: 'mariadb', received: 1, executed: 1 });
    expect(
      planText(
        [
          { kind: 'order', order: { verb: 'stopReceiving', instance } },
          { kind: 'order', order: { verb: 'promote', instance } },
          { kind: 'order', order: { verb: 'resetBinlog', instance, executed: '0-1-1' } },
          { kind: 'order', order: { verb: 'clone', instance, donor: 'a:1' } },
          { kind: 'order', order: { verb: 'detach', instance: 'c:1' } },
          { kind: 'await', instance, has: 'c:1' },
          { kind: 'said', sentence: 'hooks are run' },
        ],
        [{ key: instance, server }],
      ),
    ).toEqual([
      'b:1 is asked to stop receiving from its source',
      'b:1 is asked to be the primary (may drop what it has received and not applied; no other server may take writes then)',
      'b:1 is asked to begin its binary log anew after 0-1-1 (cannot be undone; drops its binary log)',
      'b:1 is asked to throw away all that it has and be a copy of a:1 (cannot be undone; drops all that it has)',
      'c:1 is asked to look for its source where there is none',
      'b:1 is waited for until it has all that c:1 has',
      'hooks are run',
    ]);
  });
});
