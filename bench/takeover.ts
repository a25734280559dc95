import { readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { RecoveryStoryReport } from '../src/controller/reports.ts';
import { type DemoStage, setTheStage, strikeTheStage } from '../src/cli/demo/stage-demo.ts';
import { ordersOn } from '../src/cli/demo/writer.ts';
import type { InstanceKey } from '../src/kernel/instance-key.ts';
import { builtTwin } from '../src/process/built.ts';
import type { Flavour } from '../src/sandbox/server-package.ts';

/**
 * For how long nobody takes writes during a planned takeover, as an application sees it that writes row after row
 * and tries the servers in turn: the longest time between two acknowledged writes. One topology of three real servers
 * for each series, the primary going round; hooks of every stage do nothing.
 */
interface Trial {
  readonly gapMs: number;
  /** From the order of a person to the last record. */
  readonly tookMs: number;
}

interface Series {
  readonly name: string;
  readonly trials: readonly Trial[];
  readonly acknowledged: number;
  readonly present: number;
}

const trials = Number(process.argv[2] ?? 9);
const quiet = () => {};
const never = new AbortController().signal;
const stages = [
  'PreGracefulTakeover',
  'OnFailureDetection',
  'PreFailover',
  'PostMasterFailover',
  'PostFailover',
  'PostGracefulTakeover',
];
const hooks = Object.fromEntries(stages.map((stage) => [`${stage}Processes`, ['true']]));

const series: Series[] = [];
for (const flavour of ['mariadb', 'mysql'] as const)
  for (const semiSync of [false, true]) series.push(await measured(flavour, semiSync));
await report(series);

async function measured(flavour: Flavour, semiSync: boolean): Promise<Series> {
  const name = `${flavour}, ${semiSync ? 'semi-sync' : 'async'}`;
  const stage = await setTheStage({ flavour, semiSync, config: () => hooks }, quiet, never);
  try {
    const { writer, sandbox } = stage;
    const keys = sandbox.members.map(({ key }) => key);
    writer.start();
    while (writer.acknowledged < 200) await pause(5);
    const done: Trial[] = [];
    while (done.length < trials) {
      const to = keys[(done.length + 1) % keys.length] ?? stage.primary;
      done.push(await takeover(stage, to));
      process.stderr.write(`${name}: ${done.at(-1)?.gapMs} ms\n`);
    }
    await writer.stop();
    const last = keys[done.length % keys.length] ?? stage.primary;
    const kept = await ordersOn(last, sandbox.credentials.app);
    const missing = keys.reduce((sum, key) => sum + writer.missing(key, kept).length, 0);
    return { name, trials: done, acknowledged: writer.acknowledged, present: writer.acknowledged - missing };
  } finally {
    await strikeTheStage(stage);
  }
}

async function takeover({ daemon, writer, primary }: DemoStage, to: InstanceKey): Promise<Trial> {
  await pause(500);
  const from = Date.now();
  const { uid } = (await daemon.post(`/baton/v1/clusters/${encodeURIComponent(primary)}/takeover`, {
    to,
    by: 'bench',
    why: 'measuring',
  })) as { uid: string };
  while (true) {
    const { recovery } = (await daemon.get(
      `/baton/v1/recoveries/${encodeURIComponent(uid)}`,
    )) as RecoveryStoryReport;
    if (recovery.endedAt !== null) {
      if (recovery.state !== 'takenOver') throw new Error(`${recovery.sentence} ${recovery.reason}`);
      await pause(200);
      return { gapMs: writer.longestGap(from), tookMs: Date.parse(recovery.endedAt) - from };
    }
    await pause(50);
  }
}

async function report(all: readonly Series[]): Promise<void> {
  const root = new URL('../..', builtTwin(new URL('./takeover.ts', import.meta.url).href));
  const rows = all.map((one) => {
    const gaps = one.trials.map(({ gapMs }) => gapMs).toSorted((a, b) => a - b);
    const took = one.trials.map(({ tookMs }) => tookMs).toSorted((a, b) => a - b);
    return `| ${one.name} | ${gaps.length} | ${gaps[0]} | ${middle(gaps)} | ${gaps.at(-1)} | ${middle(took)} | ${one.present} of ${one.acknowledged} |`;
  });
  const machine = `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
  const date = new Date().toISOString().slice(0, 10);
  const table = [
    `Measured ${date} on ${machine}, by \`npm run bench:takeover\`: 1+2 with GTID on loopback, the primary going round, one client`,
    'writing row after row and trying the servers in turn, a hook that does nothing in each stage. Milliseconds: the longest between two',
    'acknowledged writes, and the median of a whole takeover, hooks included.',
    '',
    '| what | trials | min | median | max | whole | acknowledged writes kept |',
    '|---|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
  const page = new URL('docs/performance.md', root);
  const text = await readFile(page, 'utf8');
  const [before] = text.split('<!-- takeover -->');
  const after = text.split('<!-- /takeover -->')[1] ?? '\n';
  await writeFile(page, `${before}<!-- takeover -->\n${table}\n<!-- /takeover -->${after}`);
  await writeFile(
    new URL('bench/baselines/takeover.json', root),
    `${JSON.stringify({ date, machine, series: all }, null, 1)}\n`,
  );
  process.stdout.write(`${table}\n`);
}

function middle(sorted: readonly number[]): number {
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
