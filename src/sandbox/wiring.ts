import { BatonError } from '../kernel/errors.ts';
import { speak } from './client.ts';
import { dialects } from './dialect.ts';
import type { SandboxState, StateMember } from './state.ts';

const replicasWaitSeconds = 20;

/** Makes what the application writes to. */
export const shop = `CREATE DATABASE shop;
  CREATE TABLE shop.orders (id BIGINT PRIMARY KEY, note VARCHAR(64)) ENGINE=InnoDB;`;

/**
 * Makes servers that hold nothing into a cluster: replicas follow, the primary creates the shop, and
 * every replica has it before this resolves. So replication has been seen to work, once, all the way.
 */
export async function wire(state: SandboxState): Promise<void> {
  const { found, members, credentials } = state;
  const dialect = dialects[found.flavour];
  const [primary, ...replicas] = members;
  if (primary === undefined) return;
  const following = replicas.map((replica, index) => {
    const source = state.chain ? (members[index] ?? primary) : primary;
    return speak(found.client, replica, dialect.follow(source.port, credentials.replication));
  });
  const [gtid] = await Promise.all([openShop(state, primary), ...following]);
  await Promise.all(replicas.map((replica) => catchUp(state, replica, gtid)));
  if (state.semiSync) {
    await speak(found.client, primary, `SET GLOBAL ${dialect.semiSyncSource}=ON;`);
  }
}

/**
 * Takes every server back to holding nothing: no sources, no transactions, no databases but its own,
 * no connections, read-only. What a trial did to data, roles or replication is gone.
 */
export async function unwire(state: SandboxState): Promise<void> {
  const { found, members } = state;
  const dialect = dialects[found.flavour];
  const asMade = state.semiSync
    ? `SET GLOBAL ${dialect.semiSyncSource}=OFF; SET GLOBAL ${dialect.semiSyncReplica}=ON;`
    : '';
  const tell = (member: StateMember, statements: string) => speak(found.client, member, statements);
  await Promise.all(members.map((member) => tell(member, `${asMade} ${dialect.stopReplicating}`)));
  await Promise.all(
    members.map(async (member) => {
      // Connections hold locks, and a primary will not forget transactions that it is still sending.
      const kills = await tell(member, connections);
      await speak(found.client, member, kills, { carryOn: true });
      const databases = await tell(member, foreignDatabases);
      await tell(member, `${dialect.writable} ${databases} ${dialect.forget} SET GLOBAL read_only=1;`);
    }),
  );
}

const connections = `SELECT CONCAT('KILL ', id, ';') FROM information_schema.processlist
  WHERE user IN ('baton', 'app', 'repl') OR command LIKE 'Binlog Dump%';`;

const foreignDatabases = `SELECT CONCAT('DROP DATABASE \`', schema_name, '\`;') FROM information_schema.schemata
  WHERE schema_name NOT IN ('mysql', 'information_schema', 'performance_schema', 'sys');`;

/** The primary takes writes and has the application's table; gives the GTIDs that this made. */
async function openShop(state: SandboxState, primary: StateMember): Promise<string> {
  const { writable, executedGtid } = dialects[state.found.flavour];
  return speak(state.found.client, primary, `${writable} ${shop} ${executedGtid}`);
}

async function catchUp(state: SandboxState, replica: StateMember, gtid: string): Promise<void> {
  const { found } = state;
  const { waitFor, waitedFor, replicationStatus } = dialects[found.flavour];
  const answer = await speak(found.client, replica, waitFor(gtid, replicasWaitSeconds), {
    timeoutMs: (replicasWaitSeconds + 10) * 1_000,
  });
  if (answer === waitedFor) return;
  const status = await speak(found.client, replica, `${replicationStatus};`, { layout: 'vertical' });
  const because = /Last_(?:IO|SQL)_Error: (.+)/.exec(status)?.[1] ?? 'it gives no reason';
  throw new BatonError(
    'sandbox',
    `127.0.0.1:${replica.port} did not replicate within ${replicasWaitSeconds} s: ${because}`,
  );
}
