import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { snapshotFromRows } from '../../src/migration/orchestrator-rows.ts';

type Row = Record<string, unknown>;
interface Case {
  readonly now: string;
  readonly instances: readonly Row[];
}

const fixture = new URL('../fixtures/orchestrator-analysis.json', import.meta.url);
const [recorded]: readonly Case[] = JSON.parse(readFileSync(fixture, 'utf8'));
const rows = recorded?.instances ?? [];

/** The recorded replica testhost:22294, with other words in some columns. */
function replicaWith(change: Row, tables: Row = {}) {
  const row = { ...rows[1], ...change };
  const [instance] = snapshotFromRows(
    { now: recorded?.now, instances: [row], ...tables },
    'rows.json',
  ).instances;
  return { instance, server: instance?.server, replication: instance?.server?.replication };
}

describe('rows of orchestrator', () => {
  it('make a snapshot of their moment, in UTC', () => {
    const snapshot = snapshotFromRows(recorded, 'rows.json');
    expect(snapshot.takenAt).toBe(Date.UTC(2026, 10, 21, 22, 46, 19));
    expect(snapshot.instances.map(({ key }) => key)).toEqual([
      'testhost:22293',
      'testhost:22294',
      'testhost:22295',
      'testhost:22296',
      'testhost:22297',
    ]);
    expect(snapshot.instances[0]?.checks.seenAt).toBe(Date.UTC(2017, 1, 2, 8, 29, 57));
    expect(replicaWith({ last_seen: null }).instance?.checks.seenAt).toBe(0);
  });

  it.each([
    [{ master_host: '' }],
    [{ master_host: '_' }],
    [{ master_host: '//testhost' }],
    [{ master_port: 0 }],
  ])('make %j an instance without a source', (change) => {
    expect(replicaWith({}).replication?.source).toBe('testhost:22293');
    expect(replicaWith(change).replication).toBeNull();
  });

  it.each([
    [{ oracle_gtid: 1 }, 'mysql-gtid'],
    [{ mariadb_gtid: 1 }, 'mariadb-gtid'],
    [{}, 'coordinates'],
  ])('make %j a replica that asks by %s', (change, position) => {
    expect(replicaWith(change).replication?.position).toBe(position);
  });

  it.each([
    [{ version: '10.11.19-MariaDB-log' }, 'mariadb'],
    [{ version_comment: 'Percona Server (GPL), Release 11' }, 'percona'],
    [{}, 'mysql'],
  ])('make %j a server of flavour %s', (change, flavour) => {
    expect(replicaWith(change).server?.flavour).toBe(flavour);
  });

  it('give the errors of threads without the quotes they are stored in', () => {
    const told = replicaWith({ last_io_error: '"error connecting to master"', last_sql_error: '""' });
    expect(told.replication).toMatchObject({ lastIoError: 'error connecting to master', lastSqlError: '' });
  });

  it('give the threads, the lag and the delay of replication', () => {
    const change = { slave_io_running: 0, slave_sql_running: 1, slave_lag_seconds: 7, sql_delay: 9 };
    expect(replicaWith(change).replication).toMatchObject({
      ioThread: 'stopped',
      sqlThread: 'running',
      lagSeconds: 7,
      sqlDelaySeconds: 9,
    });
  });

  it('know a group member by its group', () => {
    const change = { replication_group_name: 'g', replication_group_member_state: 'ONLINE' };
    expect(replicaWith(change).instance?.group).toEqual({ name: 'g', state: 'ONLINE', role: '' });
    expect(replicaWith({}).instance?.group).toBeNull();
  });

  it('bring what the other tables say of an instance to it, and of no other', () => {
    const key = { hostname: 'testhost', port: 22294 };
    const tables = {
      downtime: [
        { ...key, downtime_active: 1, end_timestamp: '2027-01-01 00:00:00', owner: 'ann', reason: 'disk' },
      ],
      maintenance: [{ ...key, maintenance_active: 1 }],
      stale: [{ ...key, binary_log_file: 'f.1', binary_log_pos: 4, first_seen: '2026-01-01 00:00:00' }],
      candidates: [{ ...key, promotion_rule: 'prefer' }],
    };
    const said = {
      downtime: { owner: 'ann', reason: 'disk', until: Date.UTC(2027, 0, 1) },
      inMaintenance: true,
      staleCoordinates: { coordinates: { file: 'f.1', position: 4 }, since: Date.UTC(2026, 0, 1) },
      promotionRule: 'prefer',
    };
    expect(replicaWith({}, tables).instance).toMatchObject(said);
    const unsaid = { downtime: null, inMaintenance: false, staleCoordinates: null, promotionRule: 'neutral' };
    expect(replicaWith({ port: 22295 }, tables).instance).toMatchObject(unsaid);
  });
});
