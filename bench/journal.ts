import { fdatasync, openSync, writeSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Journal, Opening } from '../src/engine/ports.ts';
import type { Entry } from '../src/engine/record.ts';
import { openEtcdJournal } from '../src/journal/etcd.ts';
import type { Filling, Part } from '../src/journal/archive.ts';
import { sealOfOpening, sealOfRecord } from '../src/journal/chain.ts';
import { fillFile } from '../src/journal/sqlite-filling.ts';
import { openSqliteJournal } from '../src/journal/sqlite.ts';
import { builtTwin } from '../src/process/built.ts';
import { AnEtcd } from '../test/live/an-etcd.ts';

/**
 * What it costs to write a record so that it is not lost: to a plain file with fdatasync, to a state file, to an etcd of
 * one member and of three, by turns on the same machine. And what each question to a state file costs where 62,000
 * recoveries have been (openark/orchestrator#1204), beside an empty one. Milliseconds.
 */
const appends = Number(process.argv[2] ?? 300);
const past = Number(process.argv[3] ?? 62_000);
const rounds = 3;

interface Series {
  readonly name: string;
  readonly tookMs: number[];
}

const folder = await mkdtemp(join(tmpdir(), 'baton-bench-journal-'));
const entry: Entry = {
  kind: 'asked',
  step: 'confirm',
  state: 'confirming',
  sentence: 'Ask the replicas again.',
  input: {
    cluster: { id: 'c1', alias: 'shop' },
    members: Array.from({ length: 5 }, (_, at) => `db${at}:3306`),
  },
};

try {
  const durable = await durably();
  const grown = await grownBy(past);
  await report(durable, grown);
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function durably(): Promise<readonly Series[]> {
  const plain = openSync(join(folder, 'plain'), 'a');
  const synced = promisify(fdatasync);
  const line = `${JSON.stringify(entry)}\n`;
  const sqlite = await openSqliteJournal({ file: join(folder, 'append.sqlite') });
  const etcds = [await AnEtcd.start(1), await AnEtcd.start(3)];
  const clients = etcds.map((one) => one.client());
  const journals: Journal[] = [sqlite];
  const tokens = [1];
  for (const etcd of clients) {
    const { revision } = await etcd.transact({ change: [{ put: '/baton/leader', value: 'bench' }] });
    tokens.push(revision);
    journals.push(openEtcdJournal({ etcd, prefix: '/baton/', token: () => revision }));
  }
  const names = ['a state file', 'etcd, one member', 'etcd, three members'];
  const series = ['a plain file, and fdatasync', ...names].map((name): Series => ({ name, tookMs: [] }));
  const writes = [
    async () => {
      writeSync(plain, line);
      await synced(plain);
    },
    ...journals.map(
      (journal, at) => async () => void (await journal.append('1:aa', entry, 1, tokens[at] ?? 1)),
    ),
  ];
  for (const [at, journal] of journals.entries()) await journal.open(anOpening('1:aa', tokens[at] ?? 1));
  // Round 0 only warms up.
  for (let round = 0; round <= rounds; round += 1)
    for (const [at, write] of writes.entries())
      for (let count = 0; count < appends / rounds; count += 1) {
        const tookMs = await timed(write);
        if (round > 0) series[at]?.tookMs.push(tookMs);
      }
  for (const journal of journals) await journal.close();
  for (const client of clients) client.close();
  await Promise.all(etcds.map((one) => one.stop()));
  return series;
}

interface Grown {
  readonly question: string;
  readonly empty: Series;
  readonly full: Series;
}

async function grownBy(runs: number): Promise<readonly Grown[]> {
  const [emptyFile, fullFile] = [join(folder, 'empty.sqlite'), join(folder, 'full.sqlite')];
  for (const [file, count] of [
    [emptyFile, 0],
    [fullFile, runs],
  ] as const) {
    const filling = await fillFile(file);
    await fill(filling, count);
    await filling.close();
  }
  const asked = new Map<string, { empty: number[]; full: number[] }>();
  for (const [which, file] of [
    ['empty', emptyFile],
    ['full', fullFile],
  ] as const) {
    for (let round = 0; round < 5; round += 1) {
      const note = async (
        question: string,
        ask: (journal: Awaited<ReturnType<typeof openSqliteJournal>>) => Promise<unknown>,
      ) => {
        const times = asked.get(question) ?? { empty: [], full: [] };
        asked.set(question, times);
        for (let count = 0; count < 20; count += 1) times[which].push(await timed(() => ask(journal)));
      };
      const beganAt = performance.now();
      const journal = await openSqliteJournal({ file });
      const opened = asked.get('open the file') ?? { empty: [], full: [] };
      asked.set('open the file', opened);
      opened[which].push(performance.now() - beganAt);
      let number = 0;
      await note('what goes on', (one) => one.unfinished());
      await note('the last 20 recoveries of a cluster', (one) =>
        one.list({ workflow: ['recovery', 'takeover'], subject: 'c7', limit: 20 }),
      );
      await note('the last 20 recoveries', (one) =>
        one.list({ workflow: ['recovery', 'takeover'], limit: 20 }),
      );
      await note('the last 50 of a workflow there never was', (one) =>
        one.list({ workflow: 'rejoin', limit: 50 }),
      );
      await note('open a run, append, end it', async (one) => {
        number += 1;
        const uid = `${which}${round}.${number}:aa`;
        await one.open(anOpening(uid, 1));
        await one.append(uid, entry, 1, 1);
        await one.append(uid, { kind: 'ended', state: 'recovered', sentence: 'Done.', output: null }, 2, 1);
      });
      await journal.close();
    }
  }
  return [...asked].map(([question, { empty, full }]) => ({
    question,
    empty: { name: 'empty', tookMs: empty },
    full: { name: 'full', tookMs: full },
  }));
}

/** Recoveries of 50 clusters that have ended, with ten records each. */
async function fill(filling: Filling, count: number): Promise<void> {
  for (let from = 1; from <= count; from += 500) {
    const upTo = Math.min(from + 499, count);
    await filling.put(Array.from({ length: upTo - from + 1 }, (_, at) => pastRun(from + at)));
  }
  await filling.finish({ runs: count, anchors: 0 });
}

function pastRun(number: number): Part {
  const uid = `${number}:aa`;
  const workflow = number % 3 === 0 ? 'recovery' : 'detection';
  const opening = { ...anOpening(uid, 1), workflow, subject: `c${number % 50}`, at: number };
  const seal = sealOfOpening(number, opening);
  const end = { state: 'recovered', sentence: 'A successor serves the cluster.', output: null };
  let lastSeal = seal;
  const records = Array.from({ length: 10 }, (_, at) => {
    const said = at === 9 ? { kind: 'ended', ...end } : entry;
    const record = { ...said, seq: at + 1, at: number, token: 1 };
    lastSeal = sealOfRecord(lastSeal, record);
    return { record, seal: lastSeal };
  });
  const run = {
    number,
    uid,
    opening,
    seal,
    records,
    lastSeal,
    end: { ...end, at: number },
    acknowledged: null,
  };
  return { kind: 'run', run };
}

function anOpening(uid: string, token: number): Opening {
  const input = { cluster: { id: 'c7', alias: 'shop' }, failed: 'db1:3306', evidence: 'x'.repeat(500) };
  return { uid, workflow: 'recovery', digest: 'd1', subject: 'c7', exclusive: false, input, at: 1, token };
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await act();
  return performance.now() - began;
}

function quantile({ tookMs }: Series, part: number): number {
  const sorted = tookMs.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0;
}

async function report(durable: readonly Series[], grown: readonly Grown[]): Promise<void> {
  const [floor] = durable;
  if (floor === undefined) return;
  const ms = (value: number) => value.toFixed(2);
  const machine = `${cpus().length} cores (${cpus()[0]?.model.split(' ').slice(0, 2).join(' ')}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
  const lines = [
    `Measured ${new Date().toISOString().slice(0, 10)} on ${machine}, by \`npm run bench:journal\`: ${floor.tookMs.length} records of ${JSON.stringify(entry).length} bytes each,`,
    'one after the other, each on disk before the next; etcd and its data on the same disk. Milliseconds; the ratio is to the plain file.',
    '',
    '| a record, durably, in | p50 | p99 | ratio of p50 |',
    '|---|---|---|---|',
    ...durable.map(
      (one) =>
        `| ${one.name} | ${ms(quantile(one, 0.5))} | ${ms(quantile(one, 0.99))} | ${(quantile(one, 0.5) / quantile(floor, 0.5)).toFixed(1)} |`,
    ),
    '',
    `What ${past.toLocaleString('en')} past runs with ten records each add to the questions that are put to a state file; medians:`,
    '',
    '| question | empty | full |',
    '|---|---|---|',
    ...grown.map(
      ({ question, empty, full }) =>
        `| ${question} | ${ms(quantile(empty, 0.5))} | ${ms(quantile(full, 0.5))} |`,
    ),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  const root = new URL('../..', builtTwin(new URL('./journal.ts', import.meta.url).href));
  await writeFile(
    new URL('bench/baselines/journal.json', root),
    `${JSON.stringify({ machine, durable, grown })}\n`,
  );
  const page = new URL('docs/performance.md', root);
  const text = await readFile(page, 'utf8');
  const marked = `<!-- journal -->\n${lines.join('\n')}\n<!-- /journal -->`;
  await writeFile(
    page,
    text.replace(/<!-- journal -->[\s\S]*<!-- \/journal -->/, () => marked),
  );
}
