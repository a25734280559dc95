import { describe, expect, it } from 'vitest';
import { whyNeverReplicate, whyNotReplicate } from '../../../src/analysis/choice/can-replicate.ts';
import type { Instance } from '../../../src/topology/snapshot.ts';
import { newInstance } from '../../../src/topology/snapshot.ts';
import { primary, replica } from '../../topology/instances.ts';

const rules = { verifyFilters: true, toleratedDelaySeconds: 20 };
const uuid = { a: '3e11fa47-71ca-11e1-9e33-c80aa9429562', b: 'b0000000-0000-0000-0000-00000000000b' };

type Twist = Parameters<typeof replica>[2];
const b = ({ server, ...rest }: NonNullable<Twist> = {}): Instance =>
  replica('b:1', 'a:1', { ...rest, server: { serverId: 2, ...server } });
const c = ({ server, ...rest }: NonNullable<Twist> = {}): Instance =>
  replica('c:1', 'a:1', { ...rest, server: { serverId: 3, ...server } });
const mysql = { flavour: 'mysql', version: '8.4.3', gtidMode: 'ON' } as const;
const byMysqlGtid = { position: 'mysql-gtid' } as const;

describe('an instance', () => {
  it('can replicate from one that logs what it replicates, and from its primary', () => {
    expect(whyNotReplicate(b(), c(), rules)).toEqual([]);
    expect(whyNotReplicate(b(), primary('a:1'), rules)).toEqual([]);
  });

  it.each<[because: string, source: Instance, replica: Instance]>([
    ['c:1 writes no binary log', c({ server: { logBin: false } }), b()],
    ['c:1 does not log what it replicates', c({ server: { logReplicaUpdates: false } }), b()],
    [
      'b:1 is of version 10.6.20, older than the 10.11.9 of c:1',
      c({ server: { version: '10.11.9' } }),
      b({ server: { version: '10.6.20' } }),
    ],
    [
      'b:1 logs what it replicates as STATEMENT, and cannot take the ROW of c:1',
      c(),
      b({ server: { binlogFormat: 'STATEMENT' } }),
    ],
    ['c:1 replicates by filters and b:1 does not', c({ replication: { hasFilters: true } }), b()],
    ['b:1 and c:1 have the same server_id 2', c({ server: { serverId: 2 } }), b()],
    [
      'b:1 and c:1 have the same server_uuid u',
      c({ server: { serverUuid: 'u' } }),
      b({ server: { serverUuid: 'u' } }),
    ],
    [
      'c:1 applies 600 seconds late on purpose, b:1 at once',
      c({ replication: { sqlDelaySeconds: 600 } }),
      b(),
    ],
    ['c:1 was never read', newInstance('c:1'), b()],
    ['b:1 cannot replicate from itself', b(), b()],
    ['b:1 finds its place by MariaDB’s GTIDs, and c:1 has none', c({ server: mysql }), b()],
    [
      'b:1 finds its place by MySQL’s GTIDs, and c:1 has none',
      c({ server: { ...mysql, gtidMode: 'OFF' } }),
      b({ server: mysql, replication: byMysqlGtid }),
    ],
    [
      `c:1 has purged ${uuid.a}:6-9, which b:1 never executed`,
      c({ server: { ...mysql, purgedGtid: `${uuid.a}:1-9` } }),
      b({ server: { ...mysql, executedGtid: `${uuid.a}:1-5` }, replication: byMysqlGtid }),
    ],
  ])('cannot replicate from another where %s', (because, source, one) => {
    expect(whyNotReplicate(one, source, rules)).toContain(because);
  });

  it('hears every reason at once', () => {
    expect(whyNotReplicate(b(), c({ server: { logBin: false, serverId: 2 } }), rules)).toEqual([
      'c:1 writes no binary log',
      'b:1 and c:1 have the same server_id 2',
    ]);
  });

  it.each<[what: string, source: Instance, replica: Instance]>([
    [
      'of an older version than a binlog server',
      c({ server: { version: '10.11.9' } }),
      b({ isBinlogServer: true, server: { version: '10.6.20' } }),
    ],
    [
      'with a smaller format, where it does not log what it replicates',
      c(),
      b({ server: { binlogFormat: 'STATEMENT', logReplicaUpdates: false } }),
    ],
    [
      'as late on purpose',
      c({ replication: { sqlDelaySeconds: 600 } }),
      b({ replication: { sqlDelaySeconds: 600 } }),
    ],
    ['late by little', c({ replication: { sqlDelaySeconds: 20 } }), b()],
    [
      'of which it has executed what was purged',
      c({ server: { ...mysql, purgedGtid: `${uuid.a}:1-5` } }),
      b({ server: { ...mysql, executedGtid: `${uuid.a}:1-5` }, replication: byMysqlGtid }),
    ],
  ])('can replicate from one %s', (_, source, one) => {
    expect(whyNotReplicate(one, source, rules)).toEqual([]);
  });

  it('compares filters only where that is asked for', () => {
    const filtered = c({ replication: { hasFilters: true } });
    expect(whyNotReplicate(b(), filtered, { ...rules, verifyFilters: false })).toEqual([]);
  });

  it('is asked nothing about GTIDs by orchestrator’s own rule', () => {
    expect(whyNeverReplicate(b(), c({ server: mysql }), rules)).toEqual([]);
  });
});
