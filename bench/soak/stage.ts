import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InstanceKey } from '../../src/kernel/instance-key.ts';
import { portOf } from '../../src/kernel/instance-key.ts';
import { comesTrue } from './patience.ts';
import { openSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import type { Account } from '../../src/sandbox/accounts.ts';
import type { Flavour } from '../../src/sandbox/server-package.ts';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';

/** Weeks, in milliseconds: a primary never gives up waiting for a replica's word, so what it acknowledged is on two servers. */
const neverFallsBackMs = 4_000_000_000;
const never = new AbortController().signal;

const words: Record<
  Flavour,
  {
    arguments: readonly string[];
    executed: string;
    acting: string;
    toPlaces: string;
    toGtid: readonly string[];
    status: string;
  }
> = {
  mariadb: {
    arguments: [
      `--rpl-semi-sync-master-timeout=${neverFallsBackMs}`,
      '--rpl-semi-sync-master-wait-point=AFTER_SYNC',
    ],
    executed: 'SELECT @@global.gtid_current_pos',
    acting: 'SLAVE',
    toPlaces: 'CHANGE MASTER TO MASTER_USE_GTID=no;',
    toGtid: [],
    status: 'information_schema.global_status',
  },
  mysql: {
    arguments: [
      `--loose-rpl-semi-sync-source-timeout=${neverFallsBackMs}`,
      '--plugin-load-add=group_replication.so',
      '--loose-group-replication-start-on-boot=OFF',
    ],
    executed: 'SELECT @@global.gtid_executed',
    acting: 'REPLICA',
    toPlaces: 'CHANGE REPLICATION SOURCE TO SOURCE_AUTO_POSITION=0;',
    // From what a play may have left to how the servers were made; one step at a time.
    toGtid: ['OFF', 'OFF_PERMISSIVE', 'ON_PERMISSIVE', 'ON'],
    status: 'performance_schema.global_status',
  },
};

/** A place in a server's binary log. */
export interface Place {
  readonly file: string;
  readonly position: number;
}

/** Replicate from a server of the stage, from this place on. */
export function byPlace(
  flavour: Flavour,
  { port, replication, place }: { port: number; replication: Account; place: Place },
): string {
  const { user, password } = replication;
  const [verb, source, own, start] =
    flavour === 'mariadb'
      ? ['CHANGE MASTER', 'MASTER', 'MASTER_USE_GTID=no, MASTER_SSL=0', 'START SLAVE']
      : [
          'CHANGE REPLICATION SOURCE',
          'SOURCE',
          'SOURCE_AUTO_POSITION=0, GET_SOURCE_PUBLIC_KEY=1, SOURCE_RETRY_COUNT=86400',
          'START REPLICA',
        ];
  return `${verb} TO ${source}_HOST='127.0.0.1', ${source}_PORT=${port}, ${source}_USER='${user}',
    ${source}_PASSWORD='${password}', ${source}_CONNECT_RETRY=1, ${source}_HEARTBEAT_PERIOD=2, ${own},
    ${source}_LOG_FILE='${place.file}', ${source}_LOG_POS=${place.position}; ${start};`;
}

const isMember =
  "SELECT COUNT(*) FROM performance_schema.replication_group_members WHERE member_state <> 'OFFLINE'";

/** Real servers that are made as new for each play, which is quicker than to make new ones. The first is the primary. */
export class Stage {
  readonly flavour: Flavour;
  /** By what its replicas know where to go on. */
  goesBy: 'gtid' | 'place' = 'gtid';
  readonly #parent: string;
  readonly #directory: string;
  #sandbox: Sandbox;

  private constructor(flavour: Flavour, parent: string, sandbox: Sandbox) {
    this.flavour = flavour;
    this.#parent = parent;
    this.#directory = sandbox.directory;
    this.#sandbox = sandbox;
  }

  static async make(flavour: Flavour, servers: number): Promise<Stage> {
    const parent = await mkdtemp(join(tmpdir(), 'baton-soak-'));
    const sandbox = await startSandbox({
      directory: join(parent, 'box'),
      servers,
      chain: false,
      flavour,
      semiSync: true,
      serverArguments: words[flavour].arguments,
      tell: () => {},
      signal: never,
    });
    return new Stage(flavour, parent, sandbox);
  }

  get sandbox(): Sandbox {
    return this.#sandbox;
  }

  get keys(): readonly InstanceKey[] {
    return this.#sandbox.members.map(({ key }) => key);
  }

  get primary(): InstanceKey {
    return this.keys[0] ?? '127.0.0.1:0';
  }

  get logFile(): string {
    return join(this.#directory, 'controller.log');
  }

  sql(key: InstanceKey, statements: string): Promise<string> {
    return this.#sandbox.sql(portOf(key), statements);
  }

  /** Starts a server again, as it was made or as what it shall be now, so that it goes on as the others do. */
  async restart(key: InstanceKey, as: 'made' | 'primary' | 'replica' = 'made'): Promise<void> {
    const isWithout = this.goesBy === 'place' && this.flavour === 'mysql';
    await this.#sandbox.restart(portOf(key), as, isWithout ? ['--gtid-mode=OFF'] : []);
  }

  /** From now on nobody goes by GTID; on MySQL nobody has any. */
  async giveUpGtid(): Promise<void> {
    this.goesBy = 'place';
    const { acting, toPlaces, toGtid } = words[this.flavour];
    for (const key of this.keys.slice(1)) await this.sql(key, `STOP ${acting}; ${toPlaces} START ${acting};`);
    for (const mode of toGtid.toReversed().slice(1))
      for (const key of this.keys) await this.sql(key, `SET GLOBAL gtid_mode=${mode}`);
    // MySQL counts a replica that has connected anew twice, until it has something to send to the connection that is gone.
    await this.sql(this.primary, 'FLUSH BINARY LOGS');
    const counted = `SELECT VARIABLE_VALUE FROM ${words[this.flavour].status} WHERE VARIABLE_NAME LIKE 'Rpl_semi_sync%_clients'`;
    const others = String(this.keys.length - 1);
    if (!(await comesTrue(async () => (await this.sql(this.primary, counted)) === others, 10_000)))
      throw new Error(`${this.primary} does not count ${others} semi-sync replicas`);
  }

  /** `STOP SLAVE` or `STOP REPLICA`, as the flavour says it. */
  async replication(key: InstanceKey, verb: 'STOP' | 'START', thread = ''): Promise<void> {
    await this.sql(key, `${verb} ${words[this.flavour].acting} ${thread}`);
  }

  /** What a server has executed, as it writes it, and what stands in its table: the same on servers that agree. */
  async contents(key: InstanceKey): Promise<string> {
    // One that was filled from a copy has none of the GTIDs of whoever does without them.
    const executed = this.goesBy === 'gtid' ? `${words[this.flavour].executed};` : '';
    const text = await this.sql(key, `${executed} CHECKSUM TABLE shop.orders;`);
    return text.replaceAll('\\n', '').split('\n').join(' ');
  }

  /** Makes all as new, forgets what a controller has kept, and writes the configuration of the next one. Gives its file. */
  async reset(config: Readonly<Record<string, unknown>>): Promise<string> {
    await this.#asMade();
    await this.#sandbox.rewire();
    for (const name of ['baton.sqlite', 'baton.sqlite-wal', 'baton.sqlite-shm', 'controller.log'])
      await rm(join(this.#directory, name), { force: true });
    const given = JSON.parse(await readFile(this.#sandbox.configFile, 'utf8')) as object;
    const file = join(this.#directory, 'play.json');
    await writeFile(file, JSON.stringify({ ...given, ...config }), { mode: 0o600 });
    return file;
  }

  /** Nothing is left of a replication group, or of doing without GTID, on those that live. */
  async #asMade(): Promise<void> {
    this.goesBy = 'gtid';
    if (this.flavour === 'mariadb') return;
    const alive = (await this.#sandbox.status()).filter(({ life }) => life === 'alive');
    await Promise.all(
      alive.map(async ({ key }) => {
        // Members that leave all at once may wait for each other; one that is started again has left.
        if ((await this.sql(key, isMember)) !== '0') return this.#sandbox.kill(portOf(key));
        await this.sql(key, 'STOP REPLICA;');
        const from = words.mysql.toGtid.indexOf(await this.sql(key, 'SELECT @@global.gtid_mode'));
        for (const mode of words.mysql.toGtid.slice(from + 1))
          await this.sql(key, `SET GLOBAL gtid_mode=${mode}`);
      }),
    );
  }

  async strike(): Promise<void> {
    await (await openSandbox(this.#directory)).down();
    await rm(this.#parent, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}
