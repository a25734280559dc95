import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Flavour } from './server-package.ts';

export const Account = z.object({ user: z.string(), password: z.string() });
export type Account = z.infer<typeof Account>;

/** Baton's own user, an application's, and the one that replicas connect with; all from 127.0.0.1. */
export const Credentials = z.object({ topology: Account, app: Account, replication: Account });
export type Credentials = z.infer<typeof Credentials>;

/** A privilege on `*.*` and what Baton does with it. */
export interface Grant {
  readonly privilege: string;
  readonly why: string;
}

/**
 * The least that Baton's own user needs to watch servers, promote, repoint and fence. The README shows
 * these tables and every sandbox is watched with exactly these grants.
 */
export const topologyGrants: Record<Flavour, readonly Grant[]> = {
  mariadb: [
    { privilege: 'PROCESS', why: 'see every connection' },
    { privilege: 'BINLOG MONITOR', why: 'read binary logs' },
    { privilege: 'SLAVE MONITOR', why: 'read replication status' },
    { privilege: 'REPLICATION MASTER ADMIN', why: 'list registered replicas, switch semi-sync' },
    { privilege: 'REPLICATION SLAVE ADMIN', why: 'stop, start and repoint replication' },
    { privilege: 'RELOAD', why: 'make a promoted server forget its source' },
    { privilege: 'READ ONLY ADMIN', why: 'switch read_only' },
    { privilege: 'CONNECTION ADMIN', why: 'end connections' },
  ],
  mysql: [
    { privilege: 'PROCESS', why: 'see every connection' },
    { privilege: 'REPLICATION CLIENT', why: 'read binary log coordinates and replication status' },
    { privilege: 'REPLICATION SLAVE', why: 'list registered replicas' },
    { privilege: 'REPLICATION_SLAVE_ADMIN', why: 'stop, start and repoint replication' },
    { privilege: 'RELOAD', why: 'make a promoted server forget its source' },
    { privilege: 'SYSTEM_VARIABLES_ADMIN', why: 'switch read_only, super_read_only and semi-sync' },
    { privilege: 'CONNECTION_ADMIN', why: 'end connections' },
  ],
};

/** One GRANT with a whole table of privileges, as a person would type it. */
function grantStatement(flavour: Flavour, user: string, host: string): string {
  const privileges = topologyGrants[flavour].map(({ privilege }) => privilege).join(', ');
  return `GRANT ${privileges} ON *.* TO '${user}'@'${host}';`;
}

/** New passwords, of letters and digits only, for the three users. */
export function newCredentials(): Credentials {
  const password = () => randomBytes(12).toString('hex');
  return {
    topology: { user: 'baton', password: password() },
    app: { user: 'app', password: password() },
    replication: { user: 'repl', password: password() },
  };
}

/** Makes the three users. `app` owns the database `shop` and nothing that would let it past read_only. */
export function accountStatements(flavour: Flavour, credentials: Credentials): readonly string[] {
  const { topology, app, replication } = credentials;
  const users = [topology, app, replication].map(
    ({ user, password }) => `CREATE USER '${user}'@'127.0.0.1' IDENTIFIED BY '${password}';`,
  );
  return [
    ...users,
    grantStatement(flavour, topology.user, '127.0.0.1'),
    `GRANT ALL PRIVILEGES ON shop.* TO '${app.user}'@'127.0.0.1';`,
    `GRANT REPLICATION SLAVE ON *.* TO '${replication.user}'@'127.0.0.1';`,
  ];
}
