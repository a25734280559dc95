import mysql, { type Connection } from 'mysql2/promise';
import { onTestFinished } from 'vitest';
import { hostOf, type InstanceKey, portOf } from '../../src/kernel/instance-key.ts';
import type { Scene } from './scene.ts';

/** Fewer than any server allows itself, so that it is full, its reserve for administrators included. */
const allowed = 10;
const held = 20;

/**
 * Takes every connection of a server, then ends those of its replicas and of Baton, which will not get in again.
 * Answers with one of the application's that hold theirs: its writes go on.
 */
export async function aStormOn(scene: Scene, key: InstanceKey): Promise<Connection> {
  const { app, topology } = scene.sandbox.credentials;
  const connect = (account: typeof app) =>
    mysql.createConnection({ ...account, host: hostOf(key), port: portOf(key) });
  const crowd = await Promise.all(Array.from({ length: held }, () => connect(app)));
  const keeper = await connect(topology);
  const everybody = [...crowd, keeper];
  // Those that the server itself ends tell so when it dies.
  for (const one of everybody) one.on('error', () => {});
  onTestFinished(() => {
    for (const one of everybody) one.destroy();
  });
  await scene.sandbox.sql(portOf(key), `SET GLOBAL max_connections = ${allowed}`);
  const [rows] = await keeper.query(
    `SELECT id FROM information_schema.processlist WHERE id <> CONNECTION_ID() AND user IN (?, ?)`,
    [topology.user, scene.sandbox.credentials.replication.user],
  );
  for (const { id, ID } of rows as { id?: number; ID?: number }[]) await keeper.query(`KILL ${id ?? ID}`);
  const [insider = keeper] = crowd;
  return insider;
}
