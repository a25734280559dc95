import { type InstanceKey, portOf } from '../../src/kernel/instance-key.ts';
import { dialects } from '../../src/sandbox/dialect.ts';
import type { MemberStatus } from '../../src/sandbox/status.ts';
import { shop } from '../../src/sandbox/wiring.ts';
import { comesTrue } from './patience.ts';
import { byPlace, type Place, type Stage } from './stage.ts';

/** How a server came to follow the primary again. */
export interface Rejoined {
  readonly server: InstanceKey;
  /** By Baton alone; as a person would have it follow; or emptied and filled from a copy. */
  readonly how: 'by Baton' | 'by hand' | 'rebuilt';
  /** Why it was rebuilt, as the server says it; empty for the others. */
  readonly because: string;
}

const followsWithinMs = 5_000;
const rebuiltWithinMs = 60_000;

/**
 * Has a server follow the primary, as a person would: as it stands where it has nothing of its own, else as a copy of the
 * primary. Throws where it follows neither way.
 */
export async function rejoin(stage: Stage, server: InstanceKey, primary: InstanceKey): Promise<Rejoined> {
  const { sandbox, flavour } = stage;
  const { stopReplicating, semiSyncSource } = dialects[flavour];
  await stage.sql(server, `SET GLOBAL ${semiSyncSource}=OFF; ${stopReplicating}`);
  const follows = () => isFollowing(stage, server, primary);
  let because = await whyNotAsItStands(stage, server, primary);
  if (because === '') {
    await stage.sql(server, asReplica[flavour]);
    await follow(stage, server, primary);
    if (await comesTrue(follows, followsWithinMs)) return { server, how: 'by hand', because: '' };
    const status = (await sandbox.status()).find(({ key }) => key === server);
    because = JSON.stringify(status?.replication ?? null);
  }
  await rebuild(stage, server, primary);
  if (!(await comesTrue(follows, rebuiltWithinMs)))
    throw new Error(`${server} cannot be made to follow ${primary}`);
  return { server, how: 'rebuilt', because };
}

/** Has a server replicate from another one by GTID, from what it has on. */
export async function follow(stage: Stage, server: InstanceKey, source: InstanceKey): Promise<void> {
  const { replication } = stage.sandbox.credentials;
  const { stopReplicating, follow } = dialects[stage.flavour];
  // A server that has just come back may begin to replicate by itself at any moment.
  await stage.sql(server, `${stopReplicating} ${follow(portOf(source), replication)}`);
}

/** One that was a primary knows its own transactions by its binary log only. */
const asReplica = { mariadb: 'SET GLOBAL gtid_slave_pos=@@global.gtid_binlog_pos;', mysql: 'DO 0;' };

/** Replicates, and takes no writes. */
export async function isFollowing(stage: Stage, server: InstanceKey, source: InstanceKey): Promise<boolean> {
  const status = (await stage.sandbox.status()).find(({ key }) => key === server);
  return status?.readOnly === true && replicates(status, source);
}

export async function isReplicating(
  stage: Stage,
  server: InstanceKey,
  source: InstanceKey,
): Promise<boolean> {
  const status = (await stage.sandbox.status()).find(({ key }) => key === server);
  return status !== undefined && replicates(status, source);
}

function replicates({ replication }: MemberStatus, source: InstanceKey): boolean {
  const isApplying = replication?.ioThread === 'running' && replication.sqlThread === 'running';
  return isApplying && replication.source === source;
}

/** Empty where it can be tried. MariaDB's primary finds out by itself what a replica has of its own, MySQL's says nothing. */
async function whyNotAsItStands(stage: Stage, server: InstanceKey, primary: InstanceKey): Promise<string> {
  if (stage.goesBy === 'place') return 'nobody knows its place in the log of the primary';
  if (stage.flavour === 'mariadb') return '';
  const had = await stage.sql(primary, 'SELECT @@global.gtid_executed');
  const own = await stage.sql(
    server,
    `SELECT GTID_SUBTRACT(@@global.gtid_executed, '${had.replaceAll('\\n', '')}')`,
  );
  return own === '' ? '' : `it has ${own}`;
}

/** A copy, for what the primary has ever written takes minutes to apply late in a soak. */
async function rebuild(stage: Stage, server: InstanceKey, primary: InstanceKey): Promise<void> {
  const { stopReplicating, forget, follow } = dialects[stage.flavour];
  const { replication } = stage.sandbox.credentials;
  const { gtid, place, rows } = await copyOf(stage, primary);
  const filled = rows.length === 0 ? '' : `INSERT INTO shop.orders VALUES ${rows.join(',')};`;
  await stage.sql(
    server,
    `${stopReplicating} ${rootWrites[stage.flavour]} DROP DATABASE IF EXISTS shop; ${shop} ${filled} ${forget}`,
  );
  await stage.sql(
    server,
    stage.goesBy === 'place'
      ? byPlace(stage.flavour, { port: portOf(primary), replication, place })
      : `${hasAlready[stage.flavour](gtid)} ${follow(portOf(primary), replication)}`,
  );
}

/** Root writes while everybody else may not: Baton makes a replaced primary that takes writes read-only, and ends its connections. */
const rootWrites = {
  mariadb: 'SET GLOBAL read_only=1;',
  mysql: 'SET GLOBAL read_only=1; SET GLOBAL super_read_only=0;',
};

const hasAlready = {
  mariadb: (gtid: string) => `SET GLOBAL gtid_slave_pos='${gtid}';`,
  mysql: (gtid: string) => `SET GLOBAL gtid_purged='${gtid}';`,
};

/** What the primary holds at one moment, and which moment that is. */
async function copyOf(
  stage: Stage,
  primary: InstanceKey,
): Promise<{ gtid: string; place: Place; rows: readonly string[] }> {
  const text = await stage.sql(
    primary,
    `FLUSH TABLES WITH READ LOCK;
     ${dialects[stage.flavour].executedGtid}
     ${stage.flavour === 'mariadb' ? 'SHOW MASTER STATUS' : 'SHOW BINARY LOG STATUS'};
     SELECT CONCAT('(', id, ',', QUOTE(note), ')') FROM shop.orders;
     UNLOCK TABLES;`,
  );
  const [gtid = '', at = '', ...rows] = text.split('\n');
  const [file = '', position = ''] = at.split('\t');
  return { gtid: gtid.replaceAll('\\n', ''), place: { file, position: Number(position) }, rows };
}
