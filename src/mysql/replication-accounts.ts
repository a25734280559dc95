import { BatonError, messageOf } from '../kernel/errors.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';
import type { Server } from '../topology/observation.ts';
import type { Account, ReplicationTls } from './account.ts';
import { flag, number, numberOrNull, text } from './flavours/columns.ts';
import type { Rows } from './link.ts';

type Row = Rows[number];

/** What the configuration says of the replicas' account; each empty where it says nothing. */
export interface ReplicationKeys {
  /** ReplicationCredentialsQuery. */
  readonly query: string;
  /** ReplicationUser and ReplicationPassword. */
  readonly user: string;
  readonly password: string;
}

/** Asks one server for the first row of a query; null for none. Throws what the server said. */
type AskRow = (key: InstanceKey, query: string) => Promise<Row | null>;

/**
 * Finds what a server that has no account of its own may sign in to its new source with: by
 * ReplicationCredentialsQuery (orchestrator 3.2.6, section 3.10), by the table where a MySQL replica keeps its
 * own, by ReplicationUser. A password is kept in memory alone, and is in no journal, log or error.
 */
export class ReplicationAccounts {
  readonly #keys: ReplicationKeys;
  readonly #ask: AskRow;
  readonly #seen: (key: InstanceKey) => Server | null;
  readonly #known: () => readonly InstanceKey[];
  /** What servers signed in with before they were made to forget it, as far as they let themselves be asked. */
  readonly #remembered = new Map<InstanceKey, Account>();

  constructor(
    keys: ReplicationKeys,
    world: {
      ask: AskRow;
      /** A server as it was last read, null for one that was not. */
      seen: (key: InstanceKey) => Server | null;
      known: () => readonly InstanceKey[];
    },
  ) {
    this.#keys = keys;
    this.#ask = world.ask;
    this.#seen = world.seen;
    this.#known = world.known;
  }

  /** Throws `act-failed`, which says what to configure. */
  async find(source: InstanceKey, instance: InstanceKey | null): Promise<Account> {
    const kin = this.#kinOf(source, instance);
    const failures: string[] = [];
    const account =
      (await this.#byQuery([source, ...kin], failures)) ??
      (await this.#byTable([...kin, source], failures)) ??
      this.#remembered.get(instance ?? source) ??
      this.#remembered.get(source) ??
      this.#byKeys();
    if (account !== null) return account.tls === null ? this.#likeKin(account, [...kin, source]) : account;
    const whom = instance === null ? 'a server that would replicate from' : `${instance}, to replicate from`;
    const because = failures.length === 0 ? '' : ` (${failures.join('; ')})`;
    throw new BatonError(
      'act-failed',
      `nobody knows an account for ${whom} ${source}: set ReplicationUser and ReplicationPassword, or ReplicationCredentialsQuery${because}`,
    );
  }

  /** Keeps what a server signs in with, before it is made to forget that. */
  async remember(key: InstanceKey): Promise<void> {
    const account = await this.#byTable([key], []);
    if (account !== null) this.#remembered.set(key, account);
  }

  async #byQuery(keys: readonly InstanceKey[], failures: string[]): Promise<Account | null> {
    if (this.#keys.query === '') return null;
    for (const key of keys) {
      const row = await this.#ask(key, this.#keys.query).catch((error: unknown) => {
        failures.push(`ReplicationCredentialsQuery failed on ${key}: ${numbered(error)}`);
        return null;
      });
      if (row === null) continue;
      const account = fromQuery(row);
      if (account !== null) return account;
      failures.push(`ReplicationCredentialsQuery gave ${key} no user`);
    }
    return null;
  }

  async #byTable(keys: readonly InstanceKey[], failures: string[]): Promise<Account | null> {
    for (const key of keys) {
      if ((this.#seen(key)?.flavour ?? 'mariadb') === 'mariadb') continue;
      const row = await this.#ask(key, ownTable).catch((error: unknown) => {
        failures.push(`mysql.slave_master_info may not be read on ${key}: ${numbered(error)}`);
        return null;
      });
      const account = row === null ? null : fromTable(row);
      if (account !== null) return account;
    }
    return null;
  }

  #byKeys(): Account | null {
    const { user, password } = this.#keys;
    return user === '' ? null : { ...nothingElse, user, password };
  }

  /** A sibling's settings are what the operator wants of every replica: encryption above all. */
  async #likeKin(account: Account, keys: readonly InstanceKey[]): Promise<Account> {
    for (const key of keys) {
      const server = this.#seen(key);
      if (server?.replication === null || server === null) continue;
      const status =
        server.flavour === 'mariadb' ? ['SHOW SLAVE STATUS'] : ['SHOW REPLICA STATUS', 'SHOW SLAVE STATUS'];
      for (const query of status) {
        const row = await this.#ask(key, query).catch(() => null);
        if (row !== null) return { ...account, ...settingsIn(row) };
      }
    }
    return account;
  }

  /** Those that replicate from the new source or from the server itself, and whom the source replicates from. */
  #kinOf(source: InstanceKey, instance: InstanceKey | null): readonly InstanceKey[] {
    const above = this.#seen(source)?.replication?.source ?? null;
    return this.#known().filter((key) => {
      if (key === source || key === instance) return false;
      const from = this.#seen(key)?.replication?.source ?? null;
      return key === above || (from !== null && [source, instance, above].includes(from));
    });
  }
}

/** A server's own words about a query repeat parts of it, and the password may stand in it. */
function numbered(error: unknown): string {
  const { errno, code, sqlMessage } = error as { errno?: number; code?: string; sqlMessage?: string };
  return sqlMessage === undefined ? messageOf(error) : `error ${errno} (${code})`;
}

const nothingElse = { tls: null, connectRetrySeconds: null, retryCount: null } as const;

const ownTable = "SELECT * FROM mysql.slave_master_info WHERE Channel_name = ''";

/** By their order, as orchestrator reads it: user, password, and the files of the authority, the certificate and its key. */
function fromQuery(row: Row): Account | null {
  const names = Object.keys(row);
  const at = (index: number) => text(row, names[index] ?? '');
  if (at(0) === '') return null;
  const [ca, cert, key] = [at(2), at(3), at(4)];
  const tls = { enabled: true, ca, cert, key, verifiesName: false };
  return { ...nothingElse, user: at(0), password: at(1), tls: ca + cert + key === '' ? null : tls };
}

function fromTable(row: Row): Account | null {
  const user = text(row, 'User_name');
  if (user === '') return null;
  return {
    user,
    password: text(row, 'User_password'),
    tls: {
      enabled: flag(row, 'Enabled_ssl'),
      ca: text(row, 'Ssl_ca'),
      cert: text(row, 'Ssl_cert'),
      key: text(row, 'Ssl_key'),
      verifiesName: flag(row, 'Ssl_verify_server_cert'),
    },
    connectRetrySeconds: number(row, 'Connect_retry'),
    retryCount: number(row, 'Retry_count'),
  };
}

/** What a replica's status says of how it connects. */
function settingsIn(row: Row): Pick<Account, 'connectRetrySeconds' | 'retryCount'> & { tls: ReplicationTls } {
  const both = (name: string) => [`Source_${name}`, `Master_${name}`];
  return {
    tls: {
      enabled: text(row, ...both('SSL_Allowed')).toLowerCase() === 'yes',
      ca: text(row, ...both('SSL_CA_File')),
      cert: text(row, ...both('SSL_Cert')),
      key: text(row, ...both('SSL_Key')),
      verifiesName: text(row, ...both('SSL_Verify_Server_Cert')).toLowerCase() === 'yes',
    },
    connectRetrySeconds: numberOrNull(row, 'Connect_Retry'),
    // MariaDB says it from 12 on only, where it may also be set.
    retryCount: numberOrNull(row, 'Source_Retry_Count', 'Master_Retry_Count'),
  };
}
