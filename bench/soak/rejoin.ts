import { type InstanceKey, portOf } from '../../src/kernel/instance-key.ts';
import { dialects } from '../../src/sandbox/dialect.ts';
import { comesTrue } from './patience.ts';
import type { Stage } from './stage.ts';

/** How a server came to follow the primary again. */
export interface Rejoined {
  readonly server: InstanceKey;
  /** By Baton alone; as a person would have it follow; or emptied first. */
  readonly how: 'by Baton' | 'by hand' | 'rebuilt';
  /** Why it was rebuilt, as the server says it; empty for the others. */
  readonly because: string;
}

const followsWithinMs = 5_000;
const rebuiltWithinMs = 120_000;

/**
 * Has a server follow the primary, as a person would: as it stands where it has nothing of its own, else from nothing.
 * Throws where it follows neither way.
 */
export async function rejoin(stage: Stage, server: InstanceKey, primary: InstanceKey): Promise<Rejoined> {
  const { sandbox, flavour } = stage;
  const { stopReplicating, writable, forget, semiSyncSource, follow } = dialects[flavour];
  const followed = follow(portOf(primary), sandbox.credentials.replication);
  const follows = () => isFollowing(stage, server, primary);
  const own = await ownOf(stage, server, primary);
  let because = `it has ${own}`;
  if (own === '') {
    await stage.sql(server, `SET GLOBAL ${semiSyncSource}=OFF; ${stopReplicating} ${asReplica[flavour]}`);
    await stage.sql(server, followed);
    if (await comesTrue(follows, followsWithinMs)) return { server, how: 'by hand', because: '' };
    const status = (await sandbox.status()).find(({ key }) => key === server);
    because = JSON.stringify(status?.replication ?? null);
  }
  await stage.sql(server, `${stopReplicating} ${writable} DROP DATABASE IF EXISTS shop; ${forget}`);
  await stage.sql(server, `SET GLOBAL read_only=1; ${followed}`);
  if (!(await comesTrue(follows, rebuiltWithinMs)))
    throw new Error(`${server} cannot be made to follow ${primary}`);
  return { server, how: 'rebuilt', because };
}

/** One that was a primary knows its own transactions by its binary log only. */
const asReplica = { mariadb: 'SET GLOBAL gtid_slave_pos=@@global.gtid_binlog_pos;', mysql: '' };

export async function isFollowing(stage: Stage, server: InstanceKey, source: InstanceKey): Promise<boolean> {
  const status = (await stage.sandbox.status()).find(({ key }) => key === server);
  const { replication = null, readOnly = null } = status ?? {};
  const isApplying = replication?.ioThread === 'running' && replication.sqlThread === 'running';
  return isApplying && replication.source === source && readOnly === true;
}

/** What a server has and the primary has not. MariaDB's primary finds out by itself, and refuses; MySQL's says nothing. */
async function ownOf(stage: Stage, server: InstanceKey, primary: InstanceKey): Promise<string> {
  if (stage.flavour === 'mariadb') return '';
  const had = await stage.sql(primary, 'SELECT @@global.gtid_executed');
  return stage.sql(server, `SELECT GTID_SUBTRACT(@@global.gtid_executed, '${had.replaceAll('\\n', '')}')`);
}
