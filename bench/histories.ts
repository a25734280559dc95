import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { builtTwin } from '../src/process/built.ts';
import { type Kind, type Sum, added, noLives, sumOf } from './histories-sum.ts';

/**
 * Lives of a controller in a pretended world, each from a seed: `benign` ones, in which the primary lives and nobody
 * may ever be promoted, and `chaos`, full of faults and deaths, in which every promise is kept. The arguments: how
 * many of the first, how many of the second, and the first seed of both. Prints the seeds of breaches.
 */
interface Stripe {
  readonly lives: Record<Kind, number>;
  readonly first: number;
  readonly offset: number;
  readonly stride: number;
}

/** So many lives in a row, before a worker says what came of them. */
const toldEvery = 50;
const kinds: readonly Kind[] = ['benign', 'chaos'];

if (isMainThread) await main();
else await live(workerData as Stripe);

async function live({ lives, first, offset, stride }: Stripe): Promise<void> {
  for (const kind of kinds) {
    let seeds: number[] = [];
    for (let seed = first + offset; seed < first + lives[kind]; seed += stride) {
      seeds.push(seed);
      if (seeds.length < toldEvery && seed + stride < first + lives[kind]) continue;
      parentPort?.postMessage(await sumOf(kind, seeds));
      seeds = [];
    }
  }
}

async function main(): Promise<void> {
  const [benign = '80000', chaos = '20000', first = '1'] = process.argv.slice(2);
  const lives = { benign: Number(benign), chaos: Number(chaos) };
  const began = performance.now();
  const sums = new Map(kinds.map((kind) => [kind, noLives(kind)]));
  const stride = availableParallelism();
  const workers = Array.from({ length: stride }, (_, offset) =>
    worked({ lives, first: Number(first), offset, stride }, (sum) => {
      const all = added(sums.get(sum.kind) ?? sum, sum);
      sums.set(sum.kind, all);
      for (const breach of sum.breaches) process.stderr.write(`${sum.kind} ${JSON.stringify(breach)}\n`);
      if (all.lives % 1_000 < toldEvery) process.stderr.write(`${all.lives} ${all.kind}\n`);
    }),
  );
  await Promise.all(workers);
  await report([...sums.values()], (performance.now() - began) / 60_000, process.argv.length === 2);
}

function worked(stripe: Stripe, told: (sum: Sum) => void): Promise<void> {
  const program = builtTwin(new URL('./histories.ts', import.meta.url).href);
  return new Promise((resolve, reject) => {
    const worker = new Worker(program, { workerData: stripe });
    worker.on('message', told);
    worker.on('error', reject);
    worker.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a worker ended with ${code}`))));
  });
}

async function report(sums: readonly Sum[], minutes: number, keep: boolean): Promise<void> {
  const root = new URL('../..', builtTwin(new URL('./histories.ts', import.meta.url).href));
  const machine = `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
  const date = new Date().toISOString().slice(0, 10);
  const hours = (seconds: number) => Math.round(seconds / 3_600);
  const table = [
    `Lived ${date} on ${machine}, by \`npm run bench:histories\`, in ${minutes.toFixed(0)} minutes: one seed a life, with 1 to 4 replicas, MariaDB or`,
    'MySQL. In a benign life the primary lives and is never out of everybody’s sight for the confirmation time; any recovery',
    'is a false one. Other settings each life: 300 to 3,000 ms of confirmation, a pulse every 200 to 2,000 ms, replicas that',
    'believe in a silent source for 4 to 60 s. In a life of chaos anything dies, and an auditor looks for broken promises.',
    '',
    '| kind | lives | hours lived | suspicions | times a replica was asked | recoveries | lives with a breach |',
    '|---|---|---|---|---|---|---|',
    ...sums.map(
      ({ kind, lives, seconds, suspicions, asked, recoveries, breaches }) =>
        `| ${kind} | ${lives} | ${hours(seconds)} | ${suspicions} | ${asked} | ${recoveries} | ${breaches.length} |`,
    ),
  ].join('\n');
  process.stdout.write(`${table}\n`);
  process.exitCode = sums.every(({ breaches }) => breaches.length === 0) ? 0 : 1;
  if (!keep) return;
  const page = new URL('docs/performance.md', root);
  const text = await readFile(page, 'utf8');
  const [before] = text.split('<!-- histories -->');
  const after = text.split('<!-- /histories -->')[1] ?? '\n';
  await writeFile(page, `${before}<!-- histories -->\n${table}\n<!-- /histories -->${after}`);
  const raw = `${JSON.stringify({ date, machine, minutes, sums }, null, 1)}\n`;
  await writeFile(new URL('bench/baselines/histories.json', root), raw);
}
