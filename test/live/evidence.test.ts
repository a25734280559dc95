import mysql, { type Connection } from 'mysql2/promise';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { InstanceKey } from '../../src/kernel/instance-key.ts';
import type { Flavour } from '../../src/sandbox/server-package.ts';
import { containsGtid, subtractGtid } from '../../src/topology/gtid/arithmetic.ts';
import type { GtidSet } from '../../src/topology/gtid/gtid-set.ts';
import { parseGtid } from '../../src/topology/gtid/parse.ts';
import { releasesHere } from './flavours.ts';
import { aScene, portOn, type Scene } from './scene.ts';

/**
 * What statements drop (docs/decisions/0014-what-statements-drop.md). In each experiment a replica has received a row and
 * not applied it, and its source cannot be reached any more; then come the statements, and then it is made to apply.
 */
interface Experiment {
  readonly what: string;
  /** Whether the applying thread runs when the statements come, held up by a delay. */
  readonly applying: boolean;
  readonly statements: Readonly<Record<Flavour, string>> | 'restart';
  /** Whether the row is applied in the end, though nobody can send it again. */
  readonly kept: Readonly<Record<Flavour, boolean>>;
  /** Whether it still knows what to sign in with. */
  readonly account: boolean;
}

const experiments: readonly Experiment[] = [
  {
    what: 'the applying thread is started again, the receiving one never stopped',
    applying: false,
    statements: { mariadb: '', mysql: '' },
    kept: { mariadb: true, mysql: true },
    account: true,
  },
  {
    what: 'the receiving thread is stopped while the other applies',
    applying: true,
    statements: { mariadb: 'STOP SLAVE IO_THREAD', mysql: 'STOP REPLICA IO_THREAD' },
    kept: { mariadb: true, mysql: true },
    account: true,
  },
  {
    what: 'the receiving thread is stopped and started while the other applies',
    applying: true,
    statements: {
      mariadb: 'STOP SLAVE IO_THREAD; START SLAVE IO_THREAD',
      mysql: 'STOP REPLICA IO_THREAD; START REPLICA IO_THREAD',
    },
    kept: { mariadb: true, mysql: true },
    account: true,
  },
  {
    what: 'the receiving thread is the second to stop',
    applying: false,
    statements: { mariadb: 'STOP SLAVE IO_THREAD', mysql: 'STOP REPLICA IO_THREAD' },
    kept: { mariadb: false, mysql: true },
    account: true,
  },
  {
    what: 'both threads are stopped and started',
    applying: true,
    statements: { mariadb: 'STOP SLAVE; START SLAVE', mysql: 'STOP REPLICA; START REPLICA' },
    kept: { mariadb: false, mysql: true },
    account: true,
  },
  {
    what: 'the source is changed while both threads stand still',
    applying: false,
    statements: {
      mariadb: "STOP SLAVE; CHANGE MASTER TO MASTER_HOST='//nowhere', MASTER_USE_GTID=slave_pos",
      mysql: "STOP REPLICA; CHANGE REPLICATION SOURCE TO SOURCE_HOST='//nowhere'",
    },
    kept: { mariadb: false, mysql: false },
    account: true,
  },
  {
    what: 'the source is changed while the other thread applies (MariaDB: refused)',
    applying: true,
    statements: {
      mariadb: "STOP SLAVE IO_THREAD; CHANGE MASTER TO MASTER_HOST='//nowhere', MASTER_USE_GTID=slave_pos",
      mysql: "STOP REPLICA IO_THREAD; CHANGE REPLICATION SOURCE TO SOURCE_HOST='//nowhere'",
    },
    kept: { mariadb: true, mysql: true },
    account: true,
  },
  {
    what: 'the server is killed and started again',
    applying: true,
    statements: 'restart',
    kept: { mariadb: false, mysql: true },
    account: true,
  },
  {
    what: 'RESET SLAVE',
    applying: true,
    statements: { mariadb: 'STOP SLAVE; RESET SLAVE', mysql: 'STOP REPLICA; RESET REPLICA' },
    kept: { mariadb: false, mysql: false },
    account: true,
  },
  {
    what: 'RESET SLAVE ALL',
    applying: true,
    statements: { mariadb: 'STOP SLAVE; RESET SLAVE ALL', mysql: 'STOP REPLICA; RESET REPLICA ALL' },
    kept: { mariadb: false, mysql: false },
    account: false,
  },
];

const words = {
  mariadb: {
    status: 'SHOW SLAVE STATUS',
    halt: 'STOP SLAVE SQL_THREAD',
    go: 'START SLAVE SQL_THREAD',
    wrote: 'SELECT @@global.gtid_binlog_pos said',
    applied: 'SELECT @@global.gtid_slave_pos said',
    delay: (seconds: number) => `STOP SLAVE; CHANGE MASTER TO MASTER_DELAY=${seconds}; START SLAVE`,
    follow: (port: number, { user, password }: Account) =>
      `STOP SLAVE; CHANGE MASTER TO MASTER_HOST='127.0.0.1', MASTER_PORT=${port}, MASTER_USER='${user}',
         MASTER_PASSWORD='${password}', MASTER_USE_GTID=slave_pos, MASTER_CONNECT_RETRY=1, MASTER_SSL=0, MASTER_DELAY=0;
       START SLAVE`,
  },
  mysql: {
    status: 'SHOW REPLICA STATUS',
    halt: 'STOP REPLICA SQL_THREAD',
    go: 'START REPLICA SQL_THREAD',
    wrote: 'SELECT @@global.gtid_executed said',
    applied: 'SELECT @@global.gtid_executed said',
    delay: (seconds: number) =>
      `STOP REPLICA; CHANGE REPLICATION SOURCE TO SOURCE_DELAY=${seconds}; START REPLICA`,
    follow: (port: number, { user, password }: Account) =>
      `STOP REPLICA; CHANGE REPLICATION SOURCE TO SOURCE_HOST='127.0.0.1', SOURCE_PORT=${port}, SOURCE_USER='${user}',
         SOURCE_PASSWORD='${password}', SOURCE_AUTO_POSITION=1, SOURCE_CONNECT_RETRY=1, GET_SOURCE_PUBLIC_KEY=1,
         SOURCE_DELAY=0;
       START REPLICA`,
  },
} as const;

type Account = Scene['sandbox']['credentials']['replication'];
type Status = Readonly<Record<string, unknown>>;

const patient = { timeout: 15_000, interval: 20 };
/** Long enough for the statements to come before the row is applied. */
const delaySeconds = 2;

function asRoot(scene: Scene, key: InstanceKey): Promise<Connection> {
  const member = scene.sandbox.members.find((one) => one.key === key);
  const connecting = mysql.createConnection({
    socketPath: member?.socket ?? '',
    user: 'root',
    multipleStatements: true,
  });
  onTestFinished(async () => (await connecting.catch(() => null))?.destroy());
  return connecting;
}

/** A primary and a replica on which one experiment comes after another. */
async function laboratory(release: { flavour: Flavour; suite?: string }) {
  const scene = await aScene({ ...release, servers: 2 });
  const [primary, replica] = scene.keys as [InstanceKey, InstanceKey];
  const { replication } = scene.sandbox.credentials;
  const source = await asRoot(scene, primary);
  let onReplica = await asRoot(scene, replica);
  const root = (sql: string) => onReplica.query(sql);
  const said = words[release.flavour];
  const one = async (connection: Connection, sql: string): Promise<Status> => {
    const [rows] = (await connection.query(sql)) as unknown as [readonly Status[]];
    return rows[0] ?? {};
  };
  const set = async (connection: Connection, sql: string) =>
    parseGtid(textOf((await one(connection, sql))['said']));
  return {
    source,
    root,
    said,
    status: () => one(onReplica, said.status),
    wrote: () => set(source, said.wrote),
    applied: () => set(onReplica, said.applied),
    has: async (id: number) =>
      (await one(onReplica, `SELECT COUNT(*) there FROM shop.orders WHERE id = ${id}`))['there'] === 1,
    /** As an account that is locked: whoever is connected is cut off, and nobody comes in. */
    cut: async () => {
      const account = `'${replication.user}'@'127.0.0.1'`;
      await source.query(`SET SESSION sql_log_bin = 0; ALTER USER ${account} ACCOUNT LOCK`);
      const [dumps] = (await source.query(
        "SELECT ID id FROM information_schema.processlist WHERE COMMAND LIKE 'Binlog Dump%'",
      )) as unknown as [readonly { id: number }[]];
      for (const { id } of dumps) await source.query(`KILL ${id}`).catch(() => {});
    },
    restart: async () => {
      await scene.sandbox.restart(portOn(scene, replica));
      onReplica = await asRoot(scene, replica);
    },
    mend: async () => {
      const account = `'${replication.user}'@'127.0.0.1'`;
      await source.query(`ALTER USER ${account} ACCOUNT UNLOCK; SET SESSION sql_log_bin = 1`);
      await root(said.follow(portOn(scene, primary), replication));
    },
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

type Laboratory = Awaited<ReturnType<typeof laboratory>>;

/** Whether the row was applied in the end, and whether the account and what had been applied before were still known. */
async function tried(lab: Laboratory, flavour: Flavour, { applying, statements }: Experiment, id: number) {
  const { source, root, said, status, wrote, applied, has, cut, mend } = lab;
  const holds = async (row: GtidSet) => {
    const { Gtid_IO_Pos: mariadb, Retrieved_Gtid_Set: mysqls } = await status();
    return containsGtid(parseGtid(textOf(mariadb ?? mysqls)), row);
  };
  await root(applying ? said.delay(delaySeconds) : said.halt);
  const [before, appliedBefore] = [await wrote(), await applied()];
  await source.query(`INSERT INTO shop.orders VALUES (${id}, 'received')`);
  const row = subtractGtid(await wrote(), before);
  await expect.poll(() => holds(row), patient).toBe(true);
  await cut();
  // What a server refuses is part of what is seen.
  if (statements === 'restart') await lab.restart();
  else if (statements[flavour] !== '') await root(statements[flavour]).catch(() => {});
  await root(said.go).catch(() => {});
  await expect.poll(async () => (await has(id)) || !(await holds(row)), patient).toBe(true);
  const found = await has(id);
  const { Master_User: mariadb, Source_User: mysqls } = await status();
  const account = textOf(mariadb ?? mysqls) !== '';
  const remembers = containsGtid(await applied(), appliedBefore);
  await mend();
  await expect.poll(() => has(id), patient).toBe(true);
  return { found, account, remembers };
}

describe.each(await releasesHere())('what $name drops', (release) => {
  it('is what docs/decisions/0014-what-statements-drop.md says, and a living source sends it again (P4)', async () => {
    const lab = await laboratory(release);
    const { flavour } = release;
    for (const [at, experiment] of experiments.entries()) {
      const { found, account, remembers } = await tried(lab, flavour, experiment, at + 1);
      expect([experiment.what, found, account, remembers]).toEqual([
        experiment.what,
        experiment.kept[flavour],
        experiment.account,
        true,
      ]);
    }
  });
});
