import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Etcd } from '../../src/etcd/etcd.ts';
import { openEtcdJournal } from '../../src/journal/etcd.ts';
import { builtTwin } from '../../src/process/built.ts';
import { SeededChance } from '../../src/simulation/chance.ts';
import { broken, type Noted } from './history.ts';
import { Strait } from './strait.ts';

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

export type Fault = 'none' | 'trusts the lease' | 'no guard';

/** Three members that can be struck. */
export interface Members {
  readonly endpoints: readonly string[];
  client(): Etcd;
  startMember(index: number): Promise<void>;
  signalMember(index: number, signal: NodeJS.Signals): void;
  killMember(index: number): Promise<void>;
}

export interface Contention {
  readonly seed: number;
  readonly strikes: number;
  readonly terms: number;
  readonly runs: number;
  readonly records: number;
  /** Steps that were done more than once, each in the window in which nobody knows whether it was. */
  readonly doneTwice: number;
  readonly wrong: readonly string[];
}

const seconds = 2;
const names = ['one', 'two', 'three'];

/** Three contenders on one etcd for so long, while one after the other is killed, stopped or cut off, members of etcd too. */
export async function contend(
  members: Members,
  how: { seed: number; forMs: number; fault: Fault },
): Promise<Contention> {
  const folder = await mkdtemp(join(tmpdir(), 'baton-contention-'));
  const prefix = `/contention-${how.seed}-${Date.now()}/`;
  const chance = new SeededChance(how.seed);
  const all = await Promise.all(
    names.map((name) => Contender.start({ name, folder, prefix, fault: how.fault }, members)),
  );
  let strikes = 0;
  try {
    for (const until = Date.now() + how.forMs; Date.now() < until; strikes += 1) {
      await pause(200 + chance.below(1_000));
      // Whoever is wrong on purpose is struck where it shows.
      if (how.fault === 'none') await strike(all, members, chance);
      else await stopTheLeader(all, members, prefix);
    }
  } finally {
    await Promise.all(all.map((one) => one.end()));
  }
  const noted = await notesIn(folder);
  const etcd = members.client();
  const journal = openEtcdJournal({ etcd, prefix, token: () => null });
  const runs = await journal.list({ limit: 100_000 });
  const kept = [];
  for (const { opening } of runs)
    kept.push({ uid: opening.uid, records: (await journal.read(opening.uid))?.records ?? [] });
  etcd.close();
  await rm(folder, { recursive: true, force: true });
  const done = noted.flatMap((one) => (one.kind === 'did' ? [`${one.uid} ${one.step}`] : []));
  return {
    seed: how.seed,
    strikes,
    terms: new Set(noted.flatMap((one) => (one.kind === 'led' ? [one.token] : []))).size,
    runs: runs.length,
    records: kept.reduce((sum, { records }) => sum + records.length, 0),
    doneTwice: done.length - new Set(done).size,
    wrong: broken(noted, kept),
  };
}

async function strike(all: readonly Contender[], members: Members, chance: SeededChance): Promise<void> {
  const victim = all[chance.below(all.length)];
  const member = chance.below(members.endpoints.length);
  // Longer than a lease lasts, and shorter.
  const forMs = 300 + chance.below(1_500 * seconds);
  switch (chance.below(6)) {
    case 0:
      return victim?.restart();
    case 1:
    case 2:
      victim?.signal('SIGSTOP');
      await pause(forMs);
      return victim?.signal('SIGCONT');
    case 3:
      victim?.strait.close();
      await pause(forMs);
      return victim?.strait.open();
    case 4:
      members.signalMember(member, 'SIGSTOP');
      await pause(forMs);
      return members.signalMember(member, 'SIGCONT');
    default:
      await members.killMember(member);
      await pause(forMs);
      return members.startMember(member);
  }
}

/** Whoever leads stands still for longer than its lease. */
async function stopTheLeader(all: readonly Contender[], members: Members, prefix: string): Promise<void> {
  const etcd = members.client();
  const { pairs } = await etcd.read({ key: `${prefix}leader` });
  etcd.close();
  const leader = all.find(({ name }) => pairs[0]?.value.includes(`"${name}"`));
  leader?.signal('SIGSTOP');
  await pause(2_500 * seconds);
  leader?.signal('SIGCONT');
}

class Contender {
  readonly strait: Strait;
  readonly #words: ContenderWords;
  #child: ChildProcess;

  private constructor(strait: Strait, words: ContenderWords) {
    this.strait = strait;
    this.#words = words;
    this.#child = forked(words);
  }

  static async start(
    { name, folder, prefix, fault }: { name: string; folder: string; prefix: string; fault: Fault },
    members: Members,
  ): Promise<Contender> {
    const strait = await Strait.to(members.endpoints);
    const history = join(folder, name);
    return new Contender(strait, { endpoints: strait.endpoints, prefix, name, seconds, history, fault });
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  get name(): string {
    return this.#words.name;
  }

  async restart(): Promise<void> {
    await this.#kill();
    this.#child = forked(this.#words);
  }

  async end(): Promise<void> {
    await this.#kill();
    this.strait.end();
  }

  async #kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await gone;
  }
}

function forked(words: ContenderWords): ChildProcess {
  const program = fileURLToPath(builtTwin(new URL('./contender.ts', import.meta.url).href));
  return fork(program, [JSON.stringify(words)], {
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
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
