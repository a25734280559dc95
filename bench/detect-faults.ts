import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import mysql, { type Connection } from 'mysql2/promise';
import type { Sandbox } from '../src/sandbox/sandbox.ts';
import { setSilent, type Stage } from './detect-stage.ts';

/** One way for a primary to fail. */
export interface Fault {
  readonly name: string;
  /** What a controller ought to do about it. */
  readonly expected: 'a recovery' | 'no recovery';
  readonly prepare: (sandbox: Sandbox) => Promise<void>;
  /** The answer undoes what outlives the stage. */
  readonly strike: (stage: Stage) => Promise<() => void>;
}

const nothing = async () => {};
const nothingToUndo = () => {};

export const faults: readonly Fault[] = [
  {
    name: 'SIGKILL',
    expected: 'a recovery',
    prepare: nothing,
    async strike({ sandbox, primary }) {
      await sandbox.kill(primary.port);
      return nothingToUndo;
    },
  },
  {
    name: 'silent (all its traffic dropped)',
    expected: 'a recovery',
    prepare: nothing,
    async strike({ primary }) {
      setSilent(primary.port, true);
      return () => setSilent(primary.port, false);
    },
  },
  {
    name: 'frozen (SIGSTOP)',
    expected: 'a recovery',
    prepare: nothing,
    async strike({ sandbox, primary }) {
      await sandbox.freeze(primary.port);
      return nothingToUndo;
    },
  },
  { name: 'too many connections', expected: 'no recovery', prepare: nothing, strike: crowd },
  { name: 'disk full', expected: 'no recovery', prepare: onSmallDisk, strike: fillTheDisk },
];

/** Takes every connection there is and ends those of the replicas and of the controller. */
async function crowd({ sandbox, primary }: Stage): Promise<() => void> {
  const { app, topology, replication } = sandbox.credentials;
  const connect = (account: typeof app) =>
    mysql.createConnection({ ...account, host: '127.0.0.1', port: primary.port });
  const crowded = await Promise.all(Array.from({ length: 20 }, () => connect(app)));
  const keeper = await connect(topology);
  const everybody: readonly Connection[] = [...crowded, keeper];
  for (const one of everybody) one.on('error', () => {});
  await sandbox.sql(primary.port, 'SET GLOBAL max_connections = 10');
  const [rows] = await keeper.query(
    'SELECT id AS held FROM information_schema.processlist WHERE id <> CONNECTION_ID() AND user IN (?, ?)',
    [topology.user, replication.user],
  );
  for (const { held } of rows as { held: number }[]) await keeper.query(`KILL ${held}`);
  return () => {
    for (const one of everybody) one.destroy();
  };
}

/** Moves the primary's data to a memory file system with little room to spare, and some pages of a table to spare. */
async function onSmallDisk(sandbox: Sandbox): Promise<void> {
  const [primary] = sandbox.members;
  if (primary === undefined) return;
  const data = primary.dataDirectory;
  const aside = `${data}.aside`;
  await sandbox.kill(primary.port);
  execFileSync('cp', ['-a', '--sparse=never', data, aside]);
  const megabytes = Number(execFileSync('du', ['-sm', aside]).toString().split('\t')[0]);
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes + 16}m`, 'tmpfs', data]);
  cpSync(aside, data, { recursive: true, preserveTimestamps: true });
  rmSync(aside, { recursive: true });
  await sandbox.restart(primary.port);
  await sandbox.sql(
    primary.port,
    `CREATE TABLE shop.ballast (id INT AUTO_INCREMENT PRIMARY KEY, text VARCHAR(4000));
     INSERT INTO shop.ballast (text) VALUES ${Array(300).fill("(REPEAT('a', 3900))").join()};
     DELETE FROM shop.ballast`,
  );
}

/** Fills what is left, then writes until a commit finds no room in the binary log. */
async function fillTheDisk({ sandbox, primary }: Stage): Promise<() => void> {
  const data = primary.dataDirectory;
  const ballast = join(data, '#ballast');
  mkdirSync(ballast);
  for (const size of [1_048_576, 65_536, 4_096]) {
    for (let piece = 0; fits(join(ballast, `${size}-${piece}`), size); piece += 1);
  }
  const { app } = sandbox.credentials;
  const writer = await mysql.createConnection({ ...app, host: '127.0.0.1', port: primary.port });
  writer.on('error', () => {});
  void writeAll(writer);
  await pause(200);
  return () => {
    writer.destroy();
    execFileSync('umount', ['-l', data]);
  };
}

async function writeAll(writer: Connection): Promise<void> {
  try {
    for (let row = 0; row < 300; row += 1)
      await writer.query("INSERT INTO shop.ballast (text) VALUES (REPEAT('b', 3900))");
  } catch {
    // A refusal is one of the ends that a full disk has.
  }
}

function fits(file: string, bytes: number): boolean {
  try {
    execFileSync('fallocate', ['-l', String(bytes), file], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
