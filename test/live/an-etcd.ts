import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Etcd } from '../../src/etcd/etcd.ts';
import {
  findByArgument,
  type RecordedProcess,
  signalRecorded,
  untilGone,
} from '../../src/process/recorded-process.ts';
import { startServer } from '../../src/process/start-server.ts';
import { cacheDirectory } from '../../src/sandbox/cache.ts';
import { findEtcd } from '../../src/sandbox/etcd.ts';
import { freePorts } from '../../src/sandbox/free-ports.ts';

/** A real etcd of one member or several on loopback, with a folder of its own. */
export class AnEtcd {
  readonly endpoints: readonly string[];
  readonly #program: string;
  readonly #folder: string;
  readonly #members: readonly { readonly name: string; readonly client: number; readonly peer: number }[];
  readonly #more: readonly string[];
  readonly #scheme: string;

  private constructor(
    program: string,
    folder: string,
    ports: readonly number[],
    how: { more: readonly string[]; scheme: string },
  ) {
    this.#program = program;
    this.#folder = folder;
    this.#more = how.more;
    this.#scheme = how.scheme;
    const count = ports.length / 2;
    this.#members = Array.from({ length: count }, (_, index) => ({
      name: `m${index + 1}`,
      client: ports[2 * index] ?? 0,
      peer: ports[2 * index + 1] ?? 0,
    }));
    this.endpoints = this.#members.map(({ client }) => `${how.scheme}://127.0.0.1:${client}`);
  }

  static async start(
    members: number,
    how: { more?: readonly string[]; scheme?: string } = {},
  ): Promise<AnEtcd> {
    const signal = AbortSignal.timeout(120_000);
    const found = { cacheDirectory: cacheDirectory(process.env), tell: console.log, signal };
    const program = await findEtcd(found);
    const folder = await mkdtemp(join(tmpdir(), 'baton-etcd-'));
    const ports = await freePorts(2 * members);
    const etcd = new AnEtcd(program, folder, ports, { more: how.more ?? [], scheme: how.scheme ?? 'http' });
    await Promise.all(etcd.#members.map((_, index) => etcd.startMember(index)));
    return etcd;
  }

  /** A client that asks these members, all of them where none is named. */
  client(options: Partial<ConstructorParameters<typeof Etcd>[0]> = {}): Etcd {
    return new Etcd({
      endpoints: this.endpoints,
      user: '',
      password: '',
      tls: null,
      timeoutMs: 5_000,
      ...options,
    });
  }

  async startMember(index: number): Promise<void> {
    const member = this.#members[index];
    if (member === undefined) throw new Error(`there is no member ${index}`);
    const { name, client, peer } = member;
    const cluster = this.#members.map((one) => `${one.name}=http://127.0.0.1:${one.peer}`).join(',');
    const words = [
      ['--name', name],
      [this.#dataArgument(name)],
      ['--listen-client-urls', `${this.#scheme}://127.0.0.1:${client}`],
      ['--advertise-client-urls', `${this.#scheme}://127.0.0.1:${client}`],
      ['--listen-peer-urls', `http://127.0.0.1:${peer}`],
      ['--initial-advertise-peer-urls', `http://127.0.0.1:${peer}`],
      ['--initial-cluster', cluster],
      this.#more,
    ];
    await startServer(this.#program, words.flat(), { logFile: join(this.#folder, `${name}.log`) });
  }

  signalMember(index: number, signal: NodeJS.Signals): void {
    signalRecorded(this.#processOf(index), signal);
  }

  async killMember(index: number): Promise<void> {
    const process = this.#processOf(index);
    signalRecorded(process, 'SIGKILL');
    signalRecorded(process, 'SIGCONT');
    await untilGone(process, 10_000);
  }

  async stop(): Promise<void> {
    await Promise.all(this.#members.map((_, index) => this.killMember(index)));
    await rm(this.#folder, { recursive: true, force: true });
  }

  #processOf(index: number): RecordedProcess {
    const argument = this.#dataArgument(this.#members[index]?.name ?? '');
    return { pid: findByArgument(argument) ?? 0, argument };
  }

  #dataArgument(name: string): string {
    return `--data-dir=${join(this.#folder, name)}`;
  }
}
