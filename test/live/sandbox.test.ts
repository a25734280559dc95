import { existsSync } from 'node:fs';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findByArgument } from '../../src/process/recorded-process.ts';
import { topologyGrants } from '../../src/sandbox/accounts.ts';
import { openSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import type { Flavour } from '../../src/sandbox/server-package.ts';
import { type SandboxWish, startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { temporaryFolder } from '../process/temporary-folder.ts';
import { flavoursHere } from './flavours.ts';

// Real servers: MariaDB and MySQL, installed or fetched. About half a minute.

async function start(flavour: Flavour, wish: Partial<SandboxWish> = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({
    directory: join(await temporaryFolder(), 'box'),
    servers: 3,
    chain: false,
    semiSync: false,
    tell: () => {},
    signal: new AbortController().signal,
    ...wish,
    flavour,
  });
  onTestFinished(() => sandbox.down());
  return sandbox;
}

function ports(sandbox: Sandbox): readonly [number, number, number] {
  const [a = 0, b = 0, c = 0] = sandbox.members.map(({ port }) => port);
  return [a, b, c];
}

const lives = async (sandbox: Sandbox) => (await sandbox.status()).map(({ life }) => life);
const note = 'SELECT note FROM shop.orders WHERE id = 1;';
const arrives = (sandbox: Sandbox, port: number) =>
  expect.poll(() => sandbox.sql(port, note), { timeout: 15_000, interval: 50 }).toBe('tea');

function connect(sandbox: Sandbox, port: number, who: 'topology' | 'app') {
  const connecting = mysql.createConnection({ host: '127.0.0.1', port, ...sandbox.credentials[who] });
  return connecting.then((connection) => {
    onTestFinished(() => connection.destroy());
    return connection;
  });
}

const flavours = await flavoursHere();

describe.each(flavours)('a sandbox of %s', (flavour) => {
  it('replicates a row to all, and lets the application write on the primary only', async () => {
    const sandbox = await start(flavour);
    const [primary, ...replicas] = ports(sandbox);
    const app = await connect(sandbox, primary, 'app');
    await app.query("INSERT INTO shop.orders VALUES (1, 'tea')");
    for (const replica of replicas) {
      await arrives(sandbox, replica);
      const refused = (await connect(sandbox, replica, 'app')).query(
        "INSERT INTO shop.orders VALUES (2, 'no')",
      );
      await expect(refused).rejects.toThrow(/read.only/);
    }
    expect((await sandbox.status()).map(({ readOnly }) => readOnly)).toEqual([false, true, true]);
  });

  it('goes on replicating when a killed server is restarted', async () => {
    const sandbox = await start(flavour, { servers: 2 });
    const [primary, replica] = ports(sandbox);
    await sandbox.kill(replica);
    expect(await lives(sandbox)).toEqual(['alive', 'dead']);
    await sandbox.sql(primary, "INSERT INTO shop.orders VALUES (1, 'tea')");
    await sandbox.restart(replica);
    await arrives(sandbox, replica);
    await sandbox.terminate(primary);
    await sandbox.restart(primary);
    expect((await sandbox.status()).map(({ readOnly }) => readOnly)).toEqual([false, true]);
    await sandbox.restart(primary, 'replica');
    expect((await sandbox.status()).map(({ readOnly }) => readOnly)).toEqual([true, true]);
  });

  it('freezes a server so that nothing answers, and thaws it', async () => {
    const sandbox = await start(flavour, { servers: 1 });
    const [primary] = ports(sandbox);
    const app = await connect(sandbox, primary, 'app');
    await sandbox.freeze(primary);
    expect(await lives(sandbox)).toEqual(['frozen']);
    const asked = app.query('SELECT 1');
    expect(await sandbox.status()).toMatchObject([{ life: 'frozen', readOnly: null }]);
    await expect(Promise.race([asked, sandbox.status()])).resolves.toMatchObject([{ life: 'frozen' }]);
    await sandbox.thaw(primary);
    await asked;
    expect(await lives(sandbox)).toEqual(['alive']);
  });

  it('makes a chain in which each replicates from the one before it', async () => {
    const sandbox = await start(flavour, { chain: true });
    const [first, second] = sandbox.members.map(({ key }) => key);
    const sources = (await sandbox.status()).map(({ replication }) => replication?.source);
    expect(sources).toEqual([undefined, first, second]);
    await sandbox.sql(ports(sandbox)[0], "INSERT INTO shop.orders VALUES (1, 'tea')");
    await arrives(sandbox, ports(sandbox)[2]);
  });

  it('has every replica acknowledge commits under semi-sync', async () => {
    const sandbox = await start(flavour, { semiSync: true });
    const [primary] = ports(sandbox);
    const word = flavour === 'mariadb' ? 'master' : 'source';
    const status = () =>
      sandbox.sql(
        primary,
        `SHOW GLOBAL STATUS WHERE variable_name IN ('rpl_semi_sync_${word}_clients', 'rpl_semi_sync_${word}_status')`,
      );
    await expect.poll(status).toBe(`Rpl_semi_sync_${word}_clients\t2\nRpl_semi_sync_${word}_status\tON`);
  });

  it('is as new after rewiring, whatever was done to it', async () => {
    const sandbox = await start(flavour);
    const [primary, replica, other] = ports(sandbox);
    const words = flavour === 'mariadb' ? 'SLAVE' : 'REPLICA';
    await sandbox.sql(
      replica,
      `STOP ${words}; RESET ${words} ALL; SET GLOBAL read_only=0; CREATE DATABASE errant;`,
    );
    await sandbox.sql(primary, "INSERT INTO shop.orders VALUES (1, 'lost')");
    const app = await connect(sandbox, replica, 'app');
    await app.query('LOCK TABLES shop.orders WRITE');
    await sandbox.kill(primary);
    await sandbox.freeze(other);
    await sandbox.rewire();
    const status = await sandbox.status();
    expect(status.map(({ readOnly }) => readOnly)).toEqual([false, true, true]);
    expect(status.map(({ replication }) => replication?.sqlThread)).toEqual([
      undefined,
      'running',
      'running',
    ]);
    for (const { port } of sandbox.members) {
      expect(await sandbox.sql(port, "SELECT COUNT(*) FROM shop.orders; SHOW DATABASES LIKE 'errant';")).toBe(
        '0',
      );
    }
    await sandbox.sql(primary, "INSERT INTO shop.orders VALUES (1, 'tea')");
    await arrives(sandbox, replica);
    await arrives(sandbox, other);
  });

  it('is opened, refused a second time, and leaves neither process nor directory', async () => {
    const sandbox = await start(flavour, { servers: 2 });
    const { directory, members } = sandbox;
    await expect(start(flavour, { directory })).rejects.toThrow('A sandbox of 2 servers is already up in');
    const opened = await openSandbox(directory);
    expect(opened.members).toEqual(members);
    await opened.down();
    expect(existsSync(directory)).toBe(false);
    expect(members.map(({ dataDirectory }) => findByArgument(`--datadir=${dataDirectory}`))).toEqual([
      null,
      null,
    ]);
  });

  it('is down again when its start is interrupted', async () => {
    const controller = new AbortController();
    const directory = join(await temporaryFolder(), 'box');
    const tell = () => controller.abort(new Error('interrupted'));
    await expect(start(flavour, { directory, tell, signal: controller.signal })).rejects.toThrow(
      'interrupted',
    );
    expect(existsSync(directory)).toBe(false);
  });
});

const duties: Record<Flavour, readonly string[]> = {
  mariadb: [
    'SHOW ALL SLAVES STATUS',
    'SHOW MASTER STATUS',
    'SHOW SLAVE HOSTS',
    "SELECT GET_LOCK('baton/trial', 0)",
    'STOP SLAVE',
    "CHANGE MASTER TO MASTER_HOST='127.0.0.1', MASTER_PORT=1, MASTER_USE_GTID=slave_pos",
    'START SLAVE',
    'STOP SLAVE IO_THREAD',
    'START SLAVE IO_THREAD',
    'STOP SLAVE',
    'RESET SLAVE ALL',
    'SET GLOBAL rpl_semi_sync_master_enabled=ON',
    'SET GLOBAL read_only=0',
  ],
  mysql: [
    'SHOW REPLICA STATUS',
    'SHOW BINARY LOG STATUS',
    'SHOW REPLICAS',
    "SELECT GET_LOCK('baton/trial', 0)",
    'STOP REPLICA',
    "CHANGE REPLICATION SOURCE TO SOURCE_HOST='127.0.0.1', SOURCE_PORT=1, SOURCE_AUTO_POSITION=1",
    'START REPLICA',
    'STOP REPLICA IO_THREAD',
    'START REPLICA IO_THREAD',
    'STOP REPLICA',
    'RESET REPLICA ALL',
    'SET GLOBAL rpl_semi_sync_source_enabled=ON',
    'SET GLOBAL super_read_only=1',
    'SET GLOBAL super_read_only=0',
    'SET GLOBAL read_only=0',
  ],
};

/** Access denied, in the numbers of both flavours: to a user, a thread, a table, an operation. */
const denials = [1045, 1095, 1142, 1227];

/** Everything that Baton's user is refused on a replica when it does what it is there for. */
async function refusals(sandbox: Sandbox, replica: number, victim: number): Promise<readonly string[]> {
  await sandbox.sql(replica, 'SET GLOBAL read_only=1;');
  const baton = await connect(sandbox, replica, 'topology');
  const refused: string[] = [];
  const [threads] = await baton.query("SELECT id FROM information_schema.processlist WHERE user = 'app'");
  if (JSON.stringify(threads) === '[]') refused.push('to see the connections of others');
  for (const duty of [...duties[sandbox.flavour], `KILL QUERY ${victim}`]) {
    await baton.query(duty).catch((error: { errno: number }) => {
      if (denials.includes(error.errno)) refused.push(duty);
      // What cannot work because something before it was refused is no news.
      else if (refused.length === 0) throw error;
    });
  }
  baton.destroy();
  return refused;
}

describe.each(flavours)('the grants of Baton’s user on %s', (flavour) => {
  it('suffice for its duties, and none of them can be spared', async () => {
    const sandbox = await start(flavour, { servers: 2, semiSync: true });
    const [, replica] = ports(sandbox);
    const { threadId: victim } = await connect(sandbox, replica, 'app');
    const asRoot = (statement: string) => sandbox.sql(replica, `SET sql_log_bin=0; ${statement};`);
    expect(await refusals(sandbox, replica, victim)).toEqual([]);
    for (const { privilege } of topologyGrants[flavour]) {
      await asRoot(`REVOKE ${privilege} ON *.* FROM 'baton'@'127.0.0.1'`);
      expect(await refusals(sandbox, replica, victim), `without ${privilege}`).not.toEqual([]);
      await asRoot(`GRANT ${privilege} ON *.* TO 'baton'@'127.0.0.1'`);
    }
  });
});
