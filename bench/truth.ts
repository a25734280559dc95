import { execFileSync, spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { ControllerProcess } from '../src/cli/demo/controller-process.ts';
import type { ClusterReport, RecoveryReport } from '../src/controller/reports.ts';
import { builtTwin } from '../src/process/built.ts';
import type { Flavour } from '../src/sandbox/server-package.ts';
import type { ReplicationSummary } from '../src/sandbox/status.ts';
import { setUpStage, type Stage, strikeStage } from './detect-stage.ts';
import { asGroup, controllerGroup } from './truth-network.ts';
import { type Trouble, troubles } from './truth-troubles.ts';
import { TruthWriter } from './truth-writer.ts';

/**
 * Troubles of real servers that are no reason to promote anybody, one after the other, at any moment between two
 * pulses. The arguments: how many, the flavour, and a word of the kinds' names. Runs in a network of its own, so it
 * needs root, or a kernel that lets users have one.
 */
interface Run {
  readonly kind: string;
  readonly recoveries: number;
  readonly suspicions: number;
  /** How often a replica was made to connect anew. */
  readonly asked: number;
  /** From the end of the trouble until every replica replicated again and the controller saw it; null for never. */
  readonly settledMs: number | null;
  readonly longestWithoutWriteMs: number;
  /** What went wrong, a sentence each. */
  readonly wrong: readonly string[];
}

const [count = '200', flavour = 'mariadb', only = '', inside = ''] = process.argv.slice(2);
const runsAStage = 20;
const pulseMs = 1_000;
/** Whatever would be done about the trouble would be under way by then. */
const watchedForMs = 2_500;
const settlesWithinMs = 30_000;
/** Of a machine that others use too. */
const writesWithinMs = 3_000;

if (inside === 'inside') await main();
else process.exitCode = besideTheWorld();

function besideTheWorld(): number {
  const own = process.getuid?.() === 0 ? ['-n', '-m'] : ['-n', '-m', '--map-root-user'];
  const program = process.argv[1] ?? '';
  const { status } = spawnSync(
    'unshare',
    [...own, process.execPath, program, count, flavour, only, 'inside'],
    {
      stdio: 'inherit',
    },
  );
  return status ?? 1;
}

async function main(): Promise<void> {
  execFileSync('ip', ['link', 'set', 'lo', 'up']);
  const kinds = troubles.filter(({ kind }) => kind.includes(only));
  const runs: Run[] = [];
  while (runs.length < Number(count)) {
    const next = Array.from({ length: Math.min(runsAStage, Number(count) - runs.length) }, (_, at) => {
      const trouble = kinds[(runs.length + at) % kinds.length];
      return trouble === undefined ? [] : [trouble];
    }).flat();
    runs.push(...(await onOneStage(next)));
  }
  await report(runs);
}

/** Ends early where something went wrong: what follows would begin with it. */
async function onOneStage(next: readonly Trouble[]): Promise<readonly Run[]> {
  const start = (...files: Parameters<typeof ControllerProcess.start>) =>
    asGroup(controllerGroup, () => ControllerProcess.start(...files));
  const stage = await setUpStage(flavour as Flavour, async () => {}, start);
  const writer = new TruthWriter(stage.primary.port, stage.sandbox.credentials.app);
  const runs: Run[] = [];
  try {
    writer.start();
    for (const trouble of next) {
      const run = await lived(stage, writer, trouble);
      runs.push(run);
      process.stderr.write(`${JSON.stringify(run)}\n`);
      if (run.wrong.length === 0) continue;
      process.stderr.write(await readFile(stage.controller.logFile, 'utf8'));
      break;
    }
    return runs;
  } finally {
    await writer.stop();
    await strikeStage(stage);
  }
}

async function lived(
  stage: Stage,
  writer: TruthWriter,
  { kind, sparesWrites, happen }: Trouble,
): Promise<Run> {
  await pause(pulseMs * (1 + Math.random()));
  await stage.controller.news();
  writer.begin();
  await happen(stage);
  const endedAt = Date.now();
  await pause(watchedForMs);
  const settledAt = await untilSettled(stage);
  const longestWithoutWriteMs = writer.longestMs;
  const lines = (await stage.controller.news()).map(({ sentence }) => sentence);
  const recoveries = (await recoveriesOf(stage)).length;
  const writable = (await stage.sandbox.status()).filter(({ readOnly }) => readOnly === false);
  const wrong = [
    ...(recoveries === 0 ? [] : ['a recovery was begun']),
    ...(settledAt === null ? ['not every replica replicates again'] : []),
    ...(writable.map(({ key }) => key).join() === stage.primary.key
      ? []
      : ['not the primary alone takes writes']),
    ...(sparesWrites && longestWithoutWriteMs > writesWithinMs ? ['the application could not write'] : []),
  ];
  return {
    kind,
    recoveries,
    suspicions: lines.filter((line) => line.startsWith('Have one replica')).length,
    asked: lines.filter((line) => line.includes('was asked to connect to its source anew')).length,
    settledMs: settledAt === null ? null : settledAt - endedAt,
    longestWithoutWriteMs,
    wrong,
  };
}

async function untilSettled(stage: Stage): Promise<number | null> {
  for (const until = Date.now() + settlesWithinMs; Date.now() < until; await pause(50))
    if (await isSettled(stage)) return Date.now();
  return null;
}

/** The controller sees all servers, and all replicas receive and apply. */
async function isSettled({ daemon, sandbox, primary }: Stage): Promise<boolean> {
  const clusters = (await daemon.get('/baton/v1/clusters').catch(() => [])) as readonly ClusterReport[];
  const seen = clusters.flatMap(({ instances }) => instances).filter(({ answering }) => answering);
  if (seen.length < sandbox.members.length) return false;
  const servers = await sandbox.status();
  return servers.every(({ key, replication }) => key === primary.key || isApplying(replication));
}

async function recoveriesOf({ daemon }: Stage): Promise<readonly RecoveryReport[]> {
  return (await daemon.get('/baton/v1/recoveries?limit=100')) as readonly RecoveryReport[];
}

function isApplying(replication: ReplicationSummary | null): boolean {
  return replication?.ioThread === 'running' && replication.sqlThread === 'running';
}

async function report(runs: readonly Run[]): Promise<void> {
  const root = new URL('../..', builtTwin(new URL('./truth.ts', import.meta.url).href));
  const machine = `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
  const date = new Date().toISOString().slice(0, 10);
  const kinds = [...new Set(runs.map(({ kind }) => kind))];
  const table = [
    `Measured ${date} on ${machine}, by \`npm run bench:truth\`: ${runs.length} troubles of a ${flavour} 1+2 on loopback in a network of its own, default`,
    'settings, replicas with a slave_net_timeout of 60 s, an application that writes all the while, each trouble at any moment between',
    'two pulses. The primary lives or would have answered before the confirmation time (1 s) was over, so any recovery is a false one.',
    'Settled is when every replica replicates again and the controller sees it, in milliseconds after the trouble, at least ' +
      `${watchedForMs}.`,
    '',
    '| trouble | runs | false detections | suspicions | times a replica was asked | settled: median, worst | otherwise wrong |',
    '|---|---|---|---|---|---|---|',
    ...kinds.map((kind) =>
      row(
        kind,
        runs.filter((run) => run.kind === kind),
      ),
    ),
    row('**all**', runs),
  ].join('\n');
  process.stdout.write(`${table}\n`);
  process.exitCode = runs.every(({ wrong }) => wrong.length === 0) ? 0 : 1;
  if (only !== '') return;
  const page = new URL('docs/performance.md', root);
  const text = await readFile(page, 'utf8');
  const mark = `truth-${flavour}`;
  const [before] = text.split(`<!-- ${mark} -->`);
  const after = text.split(`<!-- /${mark} -->`)[1] ?? '\n';
  await writeFile(page, `${before}<!-- ${mark} -->\n${table}\n<!-- /${mark} -->${after}`);
  const raw = `${JSON.stringify({ date, machine, flavour, runs }, null, 1)}\n`;
  await writeFile(new URL(`bench/baselines/${mark}.json`, root), raw);
}

function row(kind: string, runs: readonly Run[]): string {
  const sum = (field: 'recoveries' | 'suspicions' | 'asked') =>
    runs.reduce((total, run) => total + run[field], 0);
  const times = runs.flatMap(({ settledMs }) => settledMs ?? []).toSorted((a, b) => a - b);
  const settled = [times[Math.floor(times.length / 2)], times.at(-1)].map((one) => one ?? '–').join(', ');
  const others = runs.flatMap(({ wrong }) => wrong.filter((one) => one !== 'a recovery was begun'));
  return `| ${kind} | ${runs.length} | ${sum('recoveries')} | ${sum('suspicions')} | ${sum('asked')} | ${settled} | ${others.join('; ') || '–'} |`;
}
