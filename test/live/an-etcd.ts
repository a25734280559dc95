import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Host } from '../../bench/soak/hosts.ts';
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

interface Member {
  readonly name: string;
  /** Where it is asked, and where the other members find it: `address:port`. */
  readonly client: string;
  readonly peer: string;
  /** What starts a program where it lives. */
  readonly words: readonly string[];
}

interface How {
  readonly more?: readonly string[];
  readonly scheme?: string;
}

/** A real etcd of one member or several, on loopback or on hosts, with a folder of its own. */
export class AnEtcd {
  readonly endpoints: readonly string[];
  readonly #program: string;
  readonly #folder: string;
  readonly #members: readonly Member[];
  readonly #more: readonly string[];
  readonly #scheme: string;

  private constructor(
    program: string,
    folder: string,
    members: readonly Member[],
    how: { more: readonly string[]; scheme: string },
  ) {
    this.#program = program;
    this.#folder = folder;
    this.#more = how.more;
    this.#scheme = how.scheme;
    this.#members = members;
    this.endpoints = members.map(({ client }) => `${how.scheme}://${client}`);
  }

  static async start(count: number, how: How = {}): Promise<AnEtcd> {
    return AnEtcd.#start(await onLoopback(count), how);
  }

  /** One member on each of these hosts. */
  static startOn(hosts: readonly Host[], how: How = {}): Promise<AnEtcd> {
    return AnEtcd.#start(hosts.map(onHost), how);
  }

  static async #start(members: readonly Member[], how: How): Promise<AnEtcd> {
    const signal = AbortSignal.timeout(120_000);
    const found = { cacheDirectory: cacheDirectory(process.env), tell: console.log, signal };
    const program = await findEtcd(found);
    const folder = await mkdtemp(join(tmpdir(), 'baton-etcd-'));
    const etcd = new AnEtcd(program, folder, members, { more: how.more ?? [], scheme: how.scheme ?? 'http' });
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
    const { name, client, peer, words: there } = member;
    const cluster = this.#members.map((one) => `${one.name}=http://${one.peer}`).join(',');
    const words = [
      there,
      [this.#program],
      ['--name', name],
      [this.#dataArgument(name)],
      ['--listen-client-urls', `${this.#scheme}://${client}`],
      ['--advertise-client-urls', `${this.#scheme}://${client}`],
      ['--listen-peer-urls', `http://${peer}`],
      ['--initial-advertise-peer-urls', `http://${peer}`],
      ['--initial-cluster', cluster],
      this.#more,
    ];
    const [program = '', ...more] = words.flat();
    await startServer(program, more, { logFile: join(this.#folder, `${name}.log`) });
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

async function onLoopback(count: number): Promise<readonly Member[]> {
  const ports = await freePorts(2 * count);
  return Array.from({ length: count }, (_, at) => ({
    name: `m${at + 1}`,
    client: `127.0.0.1:${ports[2 * at]}`,
    peer: `127.0.0.1:${ports[2 * at + 1]}`,
    words: [],
  }));
}

function onHost({ name, address, words }: Host): Member {
  return { name, client: `${address}:2379`, peer: `${address}:2380`, words };
}
