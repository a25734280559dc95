import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { builtTwin } from '../src/process/built.ts';
import { type StageOrder, type StageTimes, script } from './hooks-daemon.ts';

/**
 * What a hook costs beside the running of its script: the same script run by a loop of sh with nothing
 * around it, and as a hook of a controller, with its intent and its outcome on disk, by turns on the
 * same machine. Once more with a controller that holds 500 MB, for Node forks the slower the more it holds.
 */
const rounds = Number(process.argv[2] ?? 9);
const hooksPerStage = 200;
const heavyMegabytes = 500;

interface Series {
  readonly name: string;
  /** Milliseconds a hook, one figure a round. */
  readonly perHookMs: number[];
  readonly busyPerHookMs: number[];
  readonly longestStallMs: number[];
  residentMegabytes: number;
}

const folder = await mkdtemp(join(tmpdir(), 'baton-bench-'));
const file = join(folder, 'bare.sh');
await writeFile(file, script);
// The loop stays in its shell, so that starting it is not counted.
const loop = `while read -r n; do i=0; while [ "$i" -lt "$n" ]; do bash ${file}; i=$((i+1)); done; echo done; done`;
const bareLoop = spawn('/bin/sh', ['-c', loop], { stdio: ['pipe', 'pipe', 'inherit'] });
const light = await startDaemon(0);
const heavy = await startDaemon(heavyMegabytes);

const bare = seriesOf('bare: `bash file` from a loop of sh');
const sequential = seriesOf('hooks, one after the other');
const sequentialHeavy = seriesOf(`the same, the controller holding ${heavyMegabytes} MB`);
const detached = seriesOf('detached hooks, all at once');
const detachedHeavy = seriesOf(`the same, the controller holding ${heavyMegabytes} MB`);

// Round 0 only warms up.
for (let round = 0; round <= rounds; round += 1) {
  const barely = await bareRuns(hooksPerStage);
  if (round > 0) bare.perHookMs.push(barely / hooksPerStage);
  for (const [series, daemon, isDetached] of [
    [sequential, light, false],
    [sequentialHeavy, heavy, false],
    [detached, light, true],
    [detachedHeavy, heavy, true],
  ] as const) {
    const times = await ordered(daemon, { count: hooksPerStage, detached: isDetached });
    if (round > 0) note(series, times, hooksPerStage);
  }
}
for (const daemon of [light, heavy]) {
  daemon.disconnect();
  await once(daemon, 'exit');
}
bareLoop.stdin.end();
await rm(folder, { recursive: true, force: true });
await report([bare, sequential, sequentialHeavy, detached, detachedHeavy]);

async function startDaemon(megabytes: number): Promise<ChildProcess> {
  const daemon = fork(builtTwin(new URL('./hooks-daemon.ts', import.meta.url).href), [String(megabytes)]);
  await once(daemon, 'message');
  return daemon;
}

async function bareRuns(count: number): Promise<number> {
  const began = performance.now();
  bareLoop.stdin.write(`${count}\n`);
  await once(bareLoop.stdout, 'data');
  return performance.now() - began;
}

async function ordered(daemon: ChildProcess, order: StageOrder): Promise<StageTimes> {
  daemon.send(order);
  const [times]: StageTimes[] = await once(daemon, 'message');
  if (times === undefined) throw new Error('a daemon said nothing');
  return times;
}

function seriesOf(name: string): Series {
  return { name, perHookMs: [], busyPerHookMs: [], longestStallMs: [], residentMegabytes: 0 };
}

function note(series: Series, times: StageTimes, hooks: number): void {
  series.perHookMs.push(times.wholeMs / hooks);
  series.busyPerHookMs.push(times.busyMs / hooks);
  series.longestStallMs.push(times.longestStallMs);
  series.residentMegabytes = Math.round(times.residentMegabytes);
}

async function report(all: readonly Series[]): Promise<void> {
  const root = new URL('../..', builtTwin(new URL('./hooks.ts', import.meta.url).href));
  const rows = all.map((one) => {
    const times = one.perHookMs.toSorted((a, b) => a - b);
    const ratio = median(one.perHookMs) / median(bare.perHookMs);
    const cells = [
      one.name,
      ...[times[0], median(times), times.at(-1)].map((value) => (value ?? Number.NaN).toFixed(2)),
      ratio.toFixed(2),
      one === bare ? '' : median(one.busyPerHookMs).toFixed(2),
      one === bare ? '' : median(one.longestStallMs).toFixed(1),
      one === bare ? '' : String(one.residentMegabytes),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  const machine = `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
  const date = new Date().toISOString().slice(0, 10);
  const table = [
    `Measured ${date} on ${machine}, by \`npm run bench:hooks\`: the script \`${script}\`, ${rounds} rounds of ${hooksPerStage} bare runs and a stage of`,
    `${hooksPerStage} hooks of each kind. A hook is its script file, its start in a session of its own, and its intent and its outcome`,
    'in the SQLite journal, each on disk before the next thing happens; the freezing of the stage is spread over its',
    'hooks. Milliseconds a hook, one figure a round; the ratio is of medians, to the bare run.',
    '',
    '| what | min | median | max | ratio | event loop busy per hook | longest stall of a stage | resident MB |',
    '|---|---|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
  const page = new URL('docs/performance.md', root);
  const text = await readFile(page, 'utf8');
  const [before, rest = ''] = text.split('<!-- hooks -->');
  const after = rest.split('<!-- /hooks -->')[1] ?? '\n';
  await writeFile(page, `${before}<!-- hooks -->\n${table}\n<!-- /hooks -->${after}`);
  await writeFile(
    new URL('bench/baselines/hooks.json', root),
    `${JSON.stringify({ date, machine, series: all }, null, 1)}\n`,
  );
  process.stdout.write(`${table}\n`);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
