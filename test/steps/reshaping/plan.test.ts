import { describe, expect, it } from 'vitest';
import type { Operation } from '../../../workflows/operation.ts';
import { planOf } from '../../../src/steps/reshaping/plan.ts';
import type { Instance } from '../../../src/topology/snapshot.ts';
import { primary, replica } from '../../topology/instances.ts';

const rules = { verifyFilters: false, toleratedDelaySeconds: 10 };
const dead = (one: Instance): Instance => ({
  ...one,
  checks: { ...one.checks, checkedAt: one.checks.seenAt + 1, error: `${one.key} is gone` },
});

/** Each thing to do in short: `b:1 follow a:1`, `a:1 has b:1`. */
function planned(operation: Operation, members: readonly Instance[]) {
  const { refusals, actions } = planOf(operation, { members, rules });
  if (refusals.length > 0) return refusals;
  return actions.map((action) => {
    if (action.kind === 'await') return `${action.instance} has ${action.has}`;
    const { verb, instance } = action.order;
    return `${instance} ${verb}${action.order.verb === 'follow' ? ` ${action.order.source}` : ''}`;
  });
}

const at = (file: string) => ({ execCoordinates: { file, position: 4 } });
const ids = { a: 1, b: 2, c: 3, d: 4 };
const as = (name: keyof typeof ids) => ({ serverId: ids[name] });

describe('a binary log', () => {
  const a = primary('a:1', { server: { binlogCoordinates: { file: 'bin.000009', position: 4 } } });
  const b = replica('b:1', 'a:1', { replication: at('bin.000007') });
  const purge = (before: string, force = false): Operation => ({
    verb: 'purge-binary-logs',
    instance: 'a:1',
    before,
    force,
  });

  it('loses the files that every replica is past, and no other (P4)', () => {
    expect(planned(purge('bin.000007'), [a, b])).toEqual(['a:1 purgeBinlog']);
    expect(planned(purge('bin.000008'), [a, b])).toEqual(['b:1 still needs bin.000007 of it']);
    expect(planned(purge('latest'), [a, b])).toEqual(['b:1 still needs bin.000007 of it']);
    expect(planned(purge('latest', true), [a, b])).toEqual(['a:1 purgeBinlog']);
  });

  it('loses nothing while a replica cannot be asked what it needs, or is not known here', () => {
    expect(planned(purge('bin.000007'), [a, dead(b)])[0]).toContain('b:1 cannot be read');
    const listing = primary('a:1', { server: { ...a.server, listedReplicas: ['x:1'] } });
    expect(planned(purge('bin.000007'), [listing, b])[0]).toContain('x:1 replicates from it too');
  });

  it('loses nothing before a file that it does not have', () => {
    for (const file of ['bin.000010', 'other.000001'])
      expect(planned(purge(file), [a])[0]).toContain(`${file} is no file of the binary log`);
  });
});

describe('replicas of a source', () => {
  const a = primary('a:1', { server: { ...as('a'), executedGtid: '0-1-9' } });
  const [b, c, d] = (['b', 'c', 'd'] as const).map((name, index) =>
    replica(`${name}:1`, 'a:1', { server: { ...as(name), executedGtid: `0-1-${[7, 9, 8][index]}` } }),
  ) as [Instance, Instance, Instance];

  it('gather below the one that has most, though their source is dead', () => {
    const moves = ['b', 'd'].flatMap((name) => [
      `${name}:1 stopReceiving`,
      `c:1 has ${name}:1`,
      `${name}:1 follow c:1`,
    ]);
    const regroup: Operation = { verb: 'regroup-replicas', instance: 'a:1' };
    expect(planned(regroup, [a, b, c, d])).toEqual(moves);
    expect(planned(regroup, [dead(a), b, c, d])).toEqual(moves);
    expect(planned(regroup, [a, dead(b), c, d])).toEqual(moves.slice(3));
    expect(planned(regroup, [a, b])[0]).toContain('nothing to regroup');
  });

  it('one takes the place of a local source, below its source and above its siblings', () => {
    const below = [c, d].map(({ key }, index) =>
      replica(key, 'b:1', { server: { serverId: index + 3, executedGtid: '0-1-7' } }),
    );
    const local: Operation = { verb: 'make-local-master', instance: 'c:1' };
    expect(planned(local, [a, dead(b), ...below])).toEqual([
      'c:1 stopReceiving',
      'a:1 has c:1',
      'c:1 follow a:1',
      'd:1 stopReceiving',
      'c:1 has d:1',
      'd:1 follow c:1',
    ]);
    expect(planned(local, [a, b, c, d])[0]).toContain('a:1, its source, is the primary');
  });
});

describe('a replica that shall find its place by GTID', () => {
  const enable: Operation = { verb: 'enable-gtid', instance: 'b:1' };
  const a = primary('a:1', { server: { ...as('a'), executedGtid: '0-1-9' } });
  const byPlace = (more: object = {}) =>
    replica('b:1', 'a:1', {
      server: { ...as('b'), executedGtid: '0-1-9', ...more },
      replication: { position: 'coordinates', ...at('bin.000001') },
    });

  it('applies all that it has received first, and receives again afterwards', () => {
    expect(planned(enable, [a, byPlace()])).toEqual([
      'b:1 stopReceiving',
      'b:1 has b:1',
      'b:1 useGtid',
      'b:1 startReceiving',
    ]);
  });

  it('is refused where it would ask for all from the beginning, or knows no GTID', () => {
    expect(planned(enable, [a, byPlace({ executedGtid: '' })])[0]).toContain('would ask for all');
    const mysql = { flavour: 'mysql', gtidMode: 'OFF_PERMISSIVE', serverUuid: 'x' } as const;
    expect(planned(enable, [a, byPlace(mysql)])).toEqual(['the gtid_mode of b:1 is OFF_PERMISSIVE']);
  });

  it('that shall not must say where it stands', () => {
    const nowhere = replica('b:1', 'a:1');
    expect(planned({ verb: 'disable-gtid', instance: 'b:1' }, [a, nowhere])).toEqual([
      'b:1 does not say where in the log of a:1 it stands',
    ]);
  });
});
