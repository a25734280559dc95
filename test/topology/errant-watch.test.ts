import { describe, expect, it } from 'vitest';
import type { InstanceKey } from '../../src/kernel/instance-key.ts';
import { ErrantWatch } from '../../src/topology/errant-watch.ts';
import type { Replication } from '../../src/topology/observation.ts';
import type { Instance } from '../../src/topology/snapshot.ts';
import { primary, readAt, replica } from './instances.ts';

const uuids = { a: '3e11fa47-71ca-11e1-9e33-c80aa9429562', b: 'b0000000-0000-0000-0000-00000000000b' };

/** A watch that is shown instances one after another, each as it was read from `began` to one later. */
function aWatch() {
  const watch = new ErrantWatch();
  const instances = new Map<InstanceKey, Instance>();
  const known = {
    find: (key: InstanceKey) => instances.get(key) ?? null,
    membersWith: () => [...instances.values()],
  };
  return function see(began: number, seen: Instance, isRead = true): string | undefined {
    const [attemptedAt, checkedAt] = [readAt + began, readAt + began + 1];
    const checks = { ...seen.checks, attemptedAt, checkedAt, seenAt: isRead ? checkedAt : readAt };
    const gtidErrant = instances.get(seen.key)?.gtidErrant ?? '';
    instances.set(seen.key, { ...seen, checks, gtidErrant });
    const news = watch.judge([seen.key], known);
    for (const [key, errant] of news)
      instances.set(key, { ...(instances.get(key) ?? seen), gtidErrant: errant });
    return [...news].map(([key, errant]) => `${key} ${errant}`).join();
  };
}

const mysqlA = (executedGtid: string) =>
  primary('a:1', { server: { flavour: 'mysql', serverUuid: uuids.a, executedGtid } });
const mysqlB = (executedGtid: string, replication: Partial<Replication> = {}) =>
  replica('b:1', 'a:1', {
    server: { flavour: 'mysql', serverUuid: uuids.b, executedGtid },
    replication: { position: 'mysql-gtid', ...replication },
  });
const mariadbA = (binlogGtid: string) =>
  primary('a:1', { server: { serverId: 1, binlogGtid, executedGtid: '0-1-100' } });
const mariadbB = (binlogGtid: string) => replica('b:1', 'a:1', { server: { serverId: 2, binlogGtid } });

describe('errant transactions of a replica', () => {
  it('are told once its source has been read after it', () => {
    const see = aWatch();
    expect(see(0, mysqlA(`${uuids.a}:1-10`))).toBe('');
    expect(see(1, mysqlB(`${uuids.a}:1-9,${uuids.b}:1`))).toBe('');
    expect(see(5, mysqlA(`${uuids.a}:1-12`))).toBe(`b:1 ${uuids.b}:1`);
  });

  it('are none where it was read a moment after its source and has more of a former primary’s', () => {
    const see = aWatch();
    const former = 'f0000000-0000-0000-0000-00000000000f';
    see(0, mysqlA(`${former}:1-90`));
    expect(see(1, mysqlB(`${former}:1-95`))).toBe('');
    expect(see(5, mysqlA(`${former}:1-95,${uuids.a}:1`))).toBe('');
  });

  it('are none where its source has written them and does not yet count them as executed', () => {
    const see = aWatch();
    see(0, mysqlB(`${uuids.a}:1-11`));
    expect(see(5, mysqlA(`${uuids.a}:1-10`))).toBe('');
  });

  it('are judged by the last reading of a dead source, all that those above have written left out', () => {
    const see = aWatch();
    see(0, mysqlA(`${uuids.a}:1-10`));
    see(5, mysqlA(`${uuids.a}:1-10`), false);
    expect(see(6, mysqlB(`${uuids.a}:1-15,${uuids.b}:1-2`))).toBe(`b:1 ${uuids.b}:1-2`);
  });

  it('are not judged by what was kept of a dead source from before', () => {
    const see = aWatch();
    see(0, mysqlA(`${uuids.a}:1-10`), false);
    expect(see(1, mysqlB(`${uuids.a}:1-15,${uuids.b}:1-2`))).toBe('');
    expect(see(2, mysqlA(`${uuids.a}:1-10`), false)).toBe('');
  });

  it('are none any more once its source has them too, or when it has no source', () => {
    const see = aWatch();
    const has = `${uuids.a}:1-9,${uuids.b}:1`;
    see(0, mysqlB(has));
    expect(see(5, mysqlA(`${uuids.a}:1-9`))).toBe(`b:1 ${uuids.b}:1`);
    see(6, mysqlA(has));
    see(7, mysqlB(has));
    expect(see(9, mysqlA(has))).toBe('b:1 ');
    see(10, mysqlB(`${has}-2`));
    expect(see(15, mysqlA(has))).toBe(`b:1 ${uuids.b}:2`);
    const promoted = primary('b:1', { server: { flavour: 'mysql', executedGtid: has } });
    expect(see(20, promoted)).toBe('b:1 ');
  });

  it('are found on MariaDB by the binlog state, which names every writer', () => {
    const see = aWatch();
    see(0, mariadbB('0-1-100,0-2-98'));
    expect(see(5, mariadbA('0-1-101'))).toBe('b:1 0-2-98..98');
  });

  it('are none on MariaDB where another replica has them from a primary of old', () => {
    const see = aWatch();
    see(0, replica('c:1', 'a:1', { server: { serverId: 3, binlogGtid: '0-2-60,0-1-100' } }));
    see(1, mariadbB('0-2-60,0-1-100'));
    expect(see(5, mariadbA('0-1-100'))).toBe('');
  });

  it('are found on MariaDB though a replica below has them too', () => {
    const see = aWatch();
    see(0, replica('c:1', 'b:1', { server: { serverId: 3, binlogGtid: '0-2-60,0-1-100' } }));
    see(1, mariadbB('0-2-60,0-1-100'));
    expect(see(5, mariadbA('0-1-100'))).toBe('b:1 0-2-60..60');
  });

  it('are nobody’s in a ring, where each waits for what the other has just written', () => {
    const see = aWatch();
    const ring = (key: 'a' | 'b', source: InstanceKey, executedGtid: string) =>
      replica(`${key}:1`, source, {
        isCoPrimary: true,
        server: { flavour: 'mysql', serverUuid: uuids[key], executedGtid },
      });
    see(0, ring('a', 'b:1', `${uuids.a}:1-10,${uuids.b}:1-3`));
    expect(see(5, ring('b', 'a:1', `${uuids.a}:1-8,${uuids.b}:1-4`))).toBe('');
  });

  it('are not guessed where a set cannot be read, or where it has several sources', () => {
    const see = aWatch();
    see(0, mysqlB(`${uuids.a}:1-9,${uuids.b}:1-`));
    expect(see(5, mysqlA(`${uuids.a}:1-9`))).toBe('');
    see(6, mysqlB(`${uuids.b}:1`, { channels: 2 }));
    expect(see(9, mysqlA(`${uuids.a}:1-9`))).toBe('');
  });
});
