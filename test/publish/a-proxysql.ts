import type { AddressInfo } from 'node:net';
import Database from 'libsql';
import mysql from 'mysql2';
import { onTestFinished } from 'vitest';
import { Admin } from '../../src/mysql/admin.ts';

/** What of ProxySQL's administration publishing uses: SQLite behind MySQL's protocol, and servers that run once they are loaded. */
export async function aProxysql(): Promise<{
  admin: Admin;
  rows: (table: string) => unknown[];
  run: (statement: string) => void;
}> {
  const database = new Database(':memory:');
  for (const table of ['mysql_servers', 'runtime_mysql_servers'])
    database.exec(
      `CREATE TABLE ${table} (hostgroup_id INT, hostname VARCHAR, port INT DEFAULT 3306, status VARCHAR DEFAULT 'ONLINE', weight INT DEFAULT 1, PRIMARY KEY (hostgroup_id, hostname, port))`,
    );
  const load = () =>
    database.exec(
      'DELETE FROM runtime_mysql_servers; INSERT INTO runtime_mysql_servers SELECT * FROM mysql_servers',
    );
  // The types of mysql2 say nothing of what a server's connection can do.
  const server = (mysql as unknown as { createServer(): Server }).createServer();
  const connections = new Set<ServerConnection>();
  server.on('connection', (connection) => {
    connections.add(connection);
    connection.on('error', () => {});
    connection.serverHandshake({
      protocolVersion: 10,
      serverVersion: '5.5.30 (ProxySQL Admin Module)',
      connectionId: 1,
      statusFlags: 2,
      characterSet: 8,
      capabilityFlags: 0xffffff & ~2048,
      authCallback: (_: unknown, next: (error: null) => void) => {
        next(null);
        setImmediate(() => {
          connection.sequenceId = 0;
        });
      },
    });
    connection.on('query', (statement) => {
      connection.sequenceId = 1;
      try {
        if (statement === 'LOAD MYSQL SERVERS TO RUNTIME') load();
        else if (statement.startsWith('SELECT')) {
          const found = database.prepare(statement).all() as Record<string, unknown>[];
          const names = ['hostname', 'port', 'status'];
          const columns = names.map((name) => ({
            catalog: 'def',
            schema: 'main',
            table: '',
            orgTable: '',
            name,
            orgName: name,
            characterSet: 33,
            columnLength: 255,
            columnType: 253,
            flags: 0,
            decimals: 0,
          }));
          return connection.writeTextResult(found, columns);
        } else if (statement !== 'SAVE MYSQL SERVERS TO DISK') database.exec(statement);
        connection.writeOk({ affectedRows: 1 });
      } catch (error) {
        connection.writeError({ code: 1045, message: String(error) });
      } finally {
        connection.sequenceId = 0;
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server._server.address();
  const admin = new Admin({ address: `127.0.0.1:${port}`, user: 'admin', password: 'a', timeoutMs: 2_000 });
  onTestFinished(() => {
    admin.close();
    for (const connection of connections) connection.close();
    server._server.close();
    database.close();
  });
  return {
    admin,
    rows: (table) => database.prepare(`SELECT * FROM ${table} ORDER BY hostgroup_id, hostname`).all(),
    run(statement) {
      database.exec(statement);
      load();
    },
  };
}

interface ServerConnection {
  /** The number of the next packet: a question begins at 0, an answer at 1. */
  sequenceId: number;
  on(event: 'query', heard: (statement: string) => void): void;
  on(event: 'error', heard: () => void): void;
  serverHandshake(how: object): void;
  writeTextResult(rows: object[], columns: object[]): void;
  writeOk(how: object): void;
  writeError(error: object): void;
  close(): void;
}

interface Server {
  readonly _server: { address(): AddressInfo; close(): void };
  on(event: 'connection', heard: (connection: ServerConnection) => void): void;
  listen(port: number, host: string, done: () => void): void;
}
