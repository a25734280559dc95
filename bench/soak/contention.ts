import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Etcd } from '../../src/etcd/etcd.ts';
import { openEtcdJournal } from '../../src/journal/etcd.ts';
import { builtTwin } from '../../src/process/built.ts';
import { SeededChance } from '../../src/simulation/chance.ts';
import { broken, type Kept, type Noted } from './history.ts';
import { type Host, Hosts } from './hosts.ts';
import { comesTrue } from './patience.ts';
import {
  type Members,
  type Strikable,
  type Strike,
  strikeContender,
  strikeMember,
  strikeNetwork,
} from './strikes.ts';

export interface ContenderWords {
  readonly endpoints: readonly string[];
  readonly prefix: string;
  readonly name: string;
  /** Of a lease. */
  readonly seconds: number;
  /** Where its notes go. */
  readonly history: string;
  /** What is wrong with it, on purpose. */
  readonly fault: Fault;
}

export const faults = ['none', 'trusts the lease', 'no guard'] as const;
export type Fault = (typeof faults)[number];

/** What is contended on: an etcd of three members on hosts of their own, and three hosts more for the contenders. */
export interface Ground {
  readonly hosts: Hosts;
  readonly contenders: readonly Host[];
  readonly members: Members & { client(): Etcd };
}

export interface Contention {
  readonly seed: number;
  readonly seconds: number;
  /** How often each kind of harm was done. */
  readonly strikes: Readonly<Record<string, number>>;
  readonly terms: number;
  readonly runs: number;
  readonly records: number;
  /** Steps that were done more than once, each in the window in which nobody knows whether it was. */
  readonly doneTwice: number;
  readonly wrong: readonly string[];
  /** Where the notes of the contenders are, if something is wrong that should not be. */
  readonly notes: string | null;
}

const leaseSeconds = 2;
/** Longer than a lease, an election of etcd and the patience of whoever was cut off. */
const recoversWithinMs = 20_000;

/** Contenders on hosts of their own and three members of etcd: hosts one to three, and four to six. */
export async function makeGround(
  startEtcd: (hosts: readonly Host[]) => Promise<Ground['members']>,
): Promise<Ground> {
  const hosts = await Hosts.make(6);
  return { hosts, contenders: hosts.all.slice(0, 3), members: await startEtcd(hosts.all.slice(3)) };
}

/**
 * Three contenders on one etcd for so long. `by chance`: contenders are killed and stopped, members of etcd too, and the network
 * between any of them is cut, all three at once. `the leader`: whoever leads stands still for longer than its lease.
 */
export async function contend(
  ground: Ground,
  how: { seed: number; forMs: number; fault: Fault; strikes: 'by chance' | 'the leader' },
): Promise<Contention> {
  const { members } = ground;
  const folder = await mkdtemp(join(tmpdir(), 'baton-contention-'));
  const prefix = `/contention-${how.seed}-${Date.now()}/`;
  const { endpoints } = members;
  const all = ground.contenders.map((host) => {
    const history = join(folder, host.name);
    const words = { endpoints, prefix, name: host.name, seconds: leaseSeconds, history, fault: how.fault };
    return new Contender(host, words);
  });
  const strikes = new Map<string, number>();
  const wrong: string[] = [];
  try {
    const until = Date.now() + how.forMs;
    const kinds =
      how.strikes === 'the leader'
        ? [stopTheLeader(all, members, prefix)]
        : [strikeContender(all), strikeMember(members), strikeNetwork(ground.hosts)];
    await Promise.all(
      kinds.map((strike, at) =>
        strikeUntil(until, strike, { chance: new SeededChance(how.seed + at), strikes }),
      ),
    );
    if (!(await goesOn(all))) wrong.push('nobody went on when all was well again');
    for (const one of all) if (one.endedByItself) wrong.push(`${one.name} ended by itself`);
  } finally {
    await Promise.all(all.map((one) => one.end()));
  }
  const noted = await notesIn(folder);
  const kept = await keptBelow(members, prefix);
  wrong.push(...broken(noted, kept));
  const isUnexplained = how.fault === 'none' && wrong.length > 0;
  if (!isUnexplained) await rm(folder, { recursive: true, force: true });
  const done = noted.flatMap((one) => (one.kind === 'did' ? [`${one.uid} ${one.step}`] : []));
  return {
    seed: how.seed,
    seconds: how.forMs / 1_000,
    strikes: Object.fromEntries(strikes),
    terms: new Set(noted.flatMap((one) => (one.kind === 'led' ? [one.token] : []))).size,
    runs: kept.length,
    records: kept.reduce((sum, { records }) => sum + records.length, 0),
    doneTwice: done.length - new Set(done).size,
    wrong,
    notes: isUnexplained ? folder : null,
  };
}

/** One after the other, with rests; for shorter than a lease lasts, and for longer. */
async function strikeUntil(
  until: number,
  strike: Strike,
  { chance, strikes }: { chance: SeededChance; strikes: Map<string, number> },
): Promise<void> {
  while (Date.now() < until) {
    await pause(200 + chance.below(1_000));
    const kind = await strike(chance, 300 + chance.below(1_500 * leaseSeconds));
    strikes.set(kind, (strikes.get(kind) ?? 0) + 1);
  }
}

function stopTheLeader(all: readonly Contender[], members: Ground['members'], prefix: string): Strike {
  return async () => {
    const etcd = members.client();
    let leader: Contender | undefined;
    await comesTrue(async () => {
      const { pairs } = await etcd.read({ key: `${prefix}leader` });
      leader = all.find(({ name }) => pairs[0]?.value.includes(`"${name}"`));
      return leader !== undefined;
    }, recoversWithinMs);
    etcd.close();
    // It does something before, so that it has what it would go on with.
    await pause(500);
    leader?.signal('SIGSTOP');
    await pause(2_500 * leaseSeconds);
    leader?.signal('SIGCONT');
    await pause(1_000 * leaseSeconds);
    return 'the leader stopped';
  };
}

/** Whether somebody notes something that it does from now on. */
async function goesOn(all: readonly Contender[]): Promise<boolean> {
  const before = await Promise.all(all.map((one) => one.noted()));
  return comesTrue(async () => {
    const now = await Promise.all(all.map((one) => one.noted()));
    return now.some((size, at) => size > (before[at] ?? 0));
  }, recoversWithinMs);
}

async function keptBelow(members: Ground['members'], prefix: string): Promise<readonly Kept[]> {
  const etcd = members.client();
  const journal = openEtcdJournal({ etcd, prefix, token: () => null });
  const runs = await journal.list({ limit: 1_000_000 });
  const kept: Kept[] = [];
  for (const { opening } of runs)
    kept.push({ uid: opening.uid, records: (await journal.read(opening.uid))?.records ?? [] });
  etcd.close();
  return kept;
}

class Contender implements Strikable {
  readonly #host: Host;
  readonly #words: ContenderWords;
  #child: ChildProcess;
  #endedByItself = false;

  constructor(host: Host, words: ContenderWords) {
    this.#host = host;
    this.#words = words;
    this.#child = startedOn(host, words);
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  get name(): string {
    return this.#words.name;
  }

  get endedByItself(): boolean {
    return this.#endedByItself || this.#isGone;
  }

  get #isGone(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** How much it has noted, in bytes. */
  async noted(): Promise<number> {
    return (await stat(this.#words.history).catch(() => ({ size: 0 }))).size;
  }

  async restart(): Promise<void> {
    this.#endedByItself ||= this.#isGone;
    await this.end();
    this.#child = startedOn(this.#host, this.#words);
  }

  async end(): Promise<void> {
    if (this.#isGone) return;
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await gone;
  }
}

function startedOn(host: Host, words: ContenderWords): ChildProcess {
  const program = fileURLToPath(builtTwin(new URL('./contender.ts', import.meta.url).href));
  const [first, ...more] = [...host.words, process.execPath];
  return spawn(first, [...more, program, JSON.stringify(words)], { stdio: ['ignore', 'inherit', 'inherit'] });
}

/** A note that its writer died over is none. */
async function notesIn(folder: string): Promise<readonly Noted[]> {
  const files = await readdir(folder);
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return texts.flatMap((text) =>
    text
      .split('\n')
      .filter((line) => line.endsWith('}'))
      .map((line) => JSON.parse(line) as Noted),
  );
}
