import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InstanceKey } from '../../src/kernel/instance-key.ts';
import { portOf } from '../../src/kernel/instance-key.ts';
import { openSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import type { Flavour } from '../../src/sandbox/server-package.ts';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';

/** Weeks, in milliseconds: a primary never gives up waiting for a replica's word, so what it acknowledged is on two servers. */
const neverFallsBackMs = 4_000_000_000;
const never = new AbortController().signal;

const words: Record<Flavour, { arguments: readonly string[]; executed: string; acting: string }> = {
  mariadb: {
    arguments: [
      `--rpl-semi-sync-master-timeout=${neverFallsBackMs}`,
      '--rpl-semi-sync-master-wait-point=AFTER_SYNC',
    ],
    executed: 'SELECT @@global.gtid_current_pos',
    acting: 'SLAVE',
  },
  mysql: {
    arguments: [`--loose-rpl-semi-sync-source-timeout=${neverFallsBackMs}`],
    executed: 'SELECT @@global.gtid_executed',
    acting: 'REPLICA',
  },
};

/** Real servers that are made as new for each play, which is quicker than to make new ones. The first is the primary. */
export class Stage {
  readonly flavour: Flavour;
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

  /** `STOP SLAVE` or `STOP REPLICA`, as the flavour says it. */
  async replication(key: InstanceKey, verb: 'STOP' | 'START', thread = ''): Promise<void> {
    await this.sql(key, `${verb} ${words[this.flavour].acting} ${thread}`);
  }

  /** What a server has executed, as it writes it, and what stands in its table: the same on servers that agree. */
  async contents(key: InstanceKey): Promise<string> {
    const text = await this.sql(key, `${words[this.flavour].executed}; CHECKSUM TABLE shop.orders;`);
    return text.replaceAll('\\n', '').split('\n').join(' ');
  }

  /** Makes all as new, forgets what a controller has kept, and writes the configuration of the next one. Gives its file. */
  async reset(config: Readonly<Record<string, unknown>>): Promise<string> {
    await this.#sandbox.rewire();
    for (const name of ['baton.sqlite', 'baton.sqlite-wal', 'baton.sqlite-shm', 'controller.log'])
      await rm(join(this.#directory, name), { force: true });
    const given = JSON.parse(await readFile(this.#sandbox.configFile, 'utf8')) as object;
    const file = join(this.#directory, 'play.json');
    await writeFile(file, JSON.stringify({ ...given, ...config }), { mode: 0o600 });
    return file;
  }

  async strike(): Promise<void> {
    await (await openSandbox(this.#directory)).down();
    await rm(this.#parent, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}
