import { readFileSync } from 'node:fs';

type Value = string | number | null;
type Row = Readonly<Record<string, Value>>;

const fixture = new URL('../fixtures/orchestrator-analysis.json', import.meta.url);
const [recorded]: readonly { readonly instances: readonly Row[] }[] = JSON.parse(
  readFileSync(fixture, 'utf8'),
);
/** A row of database_instance as orchestrator 3.2.6 wrote it. */
const [primaryRow = {}, replicaRow = {}] = recorded?.instances ?? [];

const host = 'hostname varchar(128) NOT NULL, port smallint NOT NULL';

/** The columns of orchestrator's tables (3.2.6), as both of its backends have them; database_instance has those of a recorded row. */
const columns: Readonly<Record<string, string>> = {
  database_instance: `${Object.entries(primaryRow)
    .map(([name, value]) => `${name} ${typeOf(name, value)}`)
    .join(', ')}, PRIMARY KEY (hostname, port)`,
  cluster_alias:
    'cluster_name varchar(128) NOT NULL, alias varchar(128) NOT NULL, last_registered timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP, PRIMARY KEY (cluster_name)',
  cluster_alias_override:
    'cluster_name varchar(128) NOT NULL, alias varchar(128) NOT NULL, PRIMARY KEY (cluster_name)',
  cluster_domain_name:
    'cluster_name varchar(128) NOT NULL, domain_name varchar(128) NOT NULL, last_registered timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP, PRIMARY KEY (cluster_name)',
  candidate_database_instance: `${host}, last_suggested timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP, priority tinyint NOT NULL DEFAULT 1, promotion_rule varchar(16) NOT NULL DEFAULT 'neutral', PRIMARY KEY (hostname, port)`,
  database_instance_downtime: `${host}, downtime_active tinyint DEFAULT NULL, begin_timestamp timestamp NULL, end_timestamp timestamp NULL, owner varchar(128) NOT NULL, reason text NOT NULL, PRIMARY KEY (hostname, port)`,
  database_instance_tags: `${host}, tag_name varchar(128) NOT NULL, tag_value varchar(128) NOT NULL, last_updated timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP, PRIMARY KEY (hostname, port, tag_name)`,
  database_instance_pool: `${host}, pool varchar(128) NOT NULL, registered_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP, PRIMARY KEY (hostname, port, pool)`,
  global_recovery_disable: 'disable_recovery tinyint NOT NULL, PRIMARY KEY (disable_recovery)',
  topology_recovery: `recovery_id bigint NOT NULL, ${host}, in_active_period tinyint NOT NULL DEFAULT 0, start_active_period timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP, end_active_period_unixtime int, end_recovery timestamp NULL, processing_node_hostname varchar(128) NOT NULL, processcing_node_token varchar(128) NOT NULL, is_successful tinyint NOT NULL DEFAULT 0, successor_hostname varchar(128) DEFAULT NULL, successor_port smallint DEFAULT NULL, analysis varchar(128) NOT NULL, cluster_name varchar(128) NOT NULL, cluster_alias varchar(128) NOT NULL, count_affected_slaves int NOT NULL, slave_hosts text NOT NULL, participating_instances text NOT NULL, lost_slaves text NOT NULL, all_errors text NOT NULL, acknowledged tinyint NOT NULL DEFAULT 0, acknowledged_at timestamp NULL, acknowledged_by varchar(128) NOT NULL, acknowledge_comment text NOT NULL, last_detection_id bigint NOT NULL, successor_alias varchar(128) DEFAULT NULL, uid varchar(128) NOT NULL, PRIMARY KEY (recovery_id)`,
};

function typeOf(name: string, value: Value): string {
  if (/^last_(checked|attempted_check|seen)$/.test(name)) return 'timestamp NULL';
  if (name === 'hostname') return 'varchar(128) NOT NULL';
  return typeof value === 'string' ? 'text' : 'bigint';
}

/** Rows of a small cluster: db2:3306 leads since orchestrator put it in the place of db1:3306. `at` in milliseconds since 1970. */
export function rowsAt(at: number): Readonly<Record<string, readonly Row[]>> {
  const minutes = (count: number) => stamp(at + count * 60_000);
  const seen = { last_checked: minutes(0), last_attempted_check: minutes(0), last_seen: minutes(0) };
  const follows = { master_host: 'db2', master_port: 3306, cluster_name: 'db2:3306' };
  return {
    database_instance: [
      { ...primaryRow, ...seen, hostname: 'db1', port: 3306, cluster_name: 'db1:3306', data_center: 'east' },
      { ...primaryRow, ...seen, hostname: 'db2', port: 3306, cluster_name: 'db2:3306', data_center: 'west' },
      { ...replicaRow, ...seen, ...follows, hostname: 'db3', port: 3306 },
    ],
    cluster_alias: [
      { cluster_name: 'db2:3306', alias: 'found' },
      { cluster_name: 'gone:3306', alias: 'gone' },
    ],
    cluster_alias_override: [{ cluster_name: 'db2:3306', alias: 'shop' }],
    cluster_domain_name: [{ cluster_name: 'db2:3306', domain_name: 'shop.example' }],
    candidate_database_instance: [{ hostname: 'db3', port: 3306, promotion_rule: 'must_not' }],
    database_instance_downtime: [
      {
        hostname: 'db1',
        port: 3306,
        downtime_active: 1,
        begin_timestamp: minutes(-20),
        end_timestamp: minutes(60),
        owner: 'orchestrator',
        reason: 'lost-in-recovery',
      },
      {
        hostname: 'db3',
        port: 3306,
        downtime_active: 1,
        begin_timestamp: minutes(-20),
        end_timestamp: minutes(-10),
        owner: 'ann',
        reason: 'a new disk',
      },
    ],
    database_instance_pool: [
      { hostname: 'db3', port: 3306, pool: 'readers', registered_at: minutes(-5) },
      { hostname: 'db2', port: 3306, pool: 'readers', registered_at: minutes(-4) },
    ],
    database_instance_tags: [
      { hostname: 'db3', port: 3306, tag_name: 'role', tag_value: 'backup' },
      { hostname: 'db3', port: 3306, tag_name: 'rack', tag_value: '7' },
    ],
    global_recovery_disable: [{ disable_recovery: 1 }],
    topology_recovery: [
      {
        ...recoveryRow(1, { failed: 'db0', successor: null }, minutes(-90), minutes(-89)),
        all_errors: 'no replica could be promoted',
        acknowledged: 1,
        acknowledged_at: minutes(-80),
        acknowledged_by: 'ann',
        acknowledge_comment: 'seen',
      },
      {
        ...recoveryRow(2, { failed: 'db1', successor: 'db2' }, minutes(-20), minutes(-19)),
        is_successful: 1,
        lost_slaves: 'db9:3306',
        uid: `1700000000000000000:${'a'.repeat(64)}`,
      },
    ],
  };
}

function recoveryRow(
  id: number,
  { failed, successor }: { failed: string; successor: string | null },
  began: string,
  ended: string,
): Row {
  return {
    recovery_id: id,
    hostname: failed,
    port: 3306,
    start_active_period: began,
    end_recovery: ended,
    processing_node_hostname: 'orc',
    processcing_node_token: 'token',
    successor_hostname: successor,
    successor_port: successor === null ? null : 3306,
    analysis: 'DeadMaster',
    cluster_name: `${failed}:3306`,
    cluster_alias: 'shop',
    count_affected_slaves: 2,
    slave_hosts: '',
    participating_instances: '',
    lost_slaves: '',
    all_errors: '',
    acknowledged_by: '',
    acknowledge_comment: '',
    last_detection_id: 1,
    uid: '',
  };
}

/** The statements that make such a backend, for SQLite and for MySQL alike. */
export function statementsOf(rows: Readonly<Record<string, readonly Row[]>>): string[] {
  const tables = Object.entries(columns).map(([name, text]) => `CREATE TABLE ${name} (${text})`);
  const inserts = Object.entries(rows).flatMap(([name, all]) =>
    all.map(
      (row) =>
        `INSERT INTO ${name} (${Object.keys(row).join(', ')}) VALUES (${Object.values(row).map(literal).join(', ')})`,
    ),
  );
  return [...tables, ...inserts];
}

function literal(value: Value): string {
  if (value === null) return 'NULL';
  return typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`;
}

function stamp(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}
