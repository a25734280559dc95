import type { Flavour, ServerPackage } from './server-package.ts';

/** Where one server lives: everything of it is in its own folder. */
export interface Place {
  readonly port: number;
  readonly dataDirectory: string;
  readonly socket: string;
  readonly pidFile: string;
}

export interface Role {
  readonly readOnly: boolean;
  readonly semiSync: boolean;
  /** Waits for a replica at each commit from its first moment on. */
  readonly semiSyncSource: boolean;
  /** More of the server's own arguments, after all others. */
  readonly more: readonly string[];
}

/** The argument that tells one of our servers from every other process of the machine. */
export function ownArgument(dataDirectory: string): string {
  return `--datadir=${dataDirectory}`;
}

/**
 * A whole command line. Small in memory, quick to flush: a sandbox must survive a killed server, which
 * the operating system's own cache sees to, not a machine that loses its power.
 */
export function serverArguments(found: ServerPackage, place: Place, role: Role): readonly string[] {
  return [
    ...baseArguments(found, place.dataDirectory),
    `--socket=${place.socket}`,
    `--pid-file=${place.pidFile}`,
    `--port=${place.port}`,
    '--bind-address=127.0.0.1',
    '--skip-name-resolve',
    '--report-host=127.0.0.1',
    `--report-port=${place.port}`,
    `--server-id=${place.port}`,
    '--log-bin=binlog',
    '--relay-log=relaylog',
    '--sync-binlog=0',
    '--innodb-flush-log-at-trx-commit=2',
    '--max-connections=300',
    `--read-only=${switchOf(role.readOnly)}`,
    ...own[found.flavour].server,
    ...(role.semiSync ? own[found.flavour].semiSync(role.semiSyncSource) : []),
    ...role.more,
  ];
}

/** What every start of a server of this package needs, also the one that makes its first data. */
export function baseArguments(found: ServerPackage, dataDirectory: string): readonly string[] {
  return [
    ...found.server.args,
    // Must come first: the machine's own configuration files are none of ours.
    '--no-defaults',
    ownArgument(dataDirectory),
    `--lc-messages-dir=${found.shareDirectory}`,
    `--character-sets-dir=${found.shareDirectory}/charsets`,
    ...(found.pluginDirectory === null ? [] : [`--plugin-dir=${found.pluginDirectory}`]),
    '--innodb-buffer-pool-size=8M',
    '--innodb-flush-method=fsync',
    ...own[found.flavour].base,
    // A server that is started by root asks whom to run as.
    ...(process.getuid?.() === 0 ? ['--user=root'] : []),
  ];
}

const own: Record<
  Flavour,
  {
    readonly base: readonly string[];
    readonly server: readonly string[];
    readonly semiSync: (source: boolean) => readonly string[];
  }
> = {
  mariadb: {
    base: ['--innodb-log-file-size=4M', '--log-warnings=1'],
    server: [
      '--log-slave-updates',
      '--gtid-strict-mode=ON',
      '--slave-net-timeout=10',
      '--performance-schema=OFF',
      '--key-buffer-size=64K',
      '--aria-pagecache-buffer-size=1M',
    ],
    semiSync: (source) => [
      '--rpl-semi-sync-slave-enabled=ON',
      '--rpl-semi-sync-master-timeout=10000',
      `--rpl-semi-sync-master-enabled=${switchOf(source)}`,
    ],
  },
  mysql: {
    // Without an empty --secure-file-priv Debian's server wants a folder of the system.
    base: ['--secure-file-priv=', '--innodb-redo-log-capacity=32M'],
    server: [
      '--mysqlx=OFF',
      '--gtid-mode=ON',
      '--enforce-gtid-consistency=ON',
      '--log-replica-updates=ON',
      '--replica-net-timeout=10',
      '--table-open-cache=200',
      '--table-definition-cache=400',
      '--innodb-log-buffer-size=1M',
      '--performance-schema-digests-size=200',
      '--performance-schema-events-statements-history-long-size=100',
      '--performance-schema-error-size=100',
      '--performance-schema-max-thread-instances=400',
    ],
    semiSync: (source) => [
      '--plugin-load-add=semisync_source.so',
      '--plugin-load-add=semisync_replica.so',
      '--loose-rpl-semi-sync-replica-enabled=ON',
      '--loose-rpl-semi-sync-source-timeout=10000',
      `--loose-rpl-semi-sync-source-enabled=${switchOf(source)}`,
    ],
  },
};

function switchOf(on: boolean): string {
  return on ? 'ON' : 'OFF';
}
