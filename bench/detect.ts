import { execFileSync, spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { FindingReport, RecoveryReport } from '../src/controller/reports.ts';
import { builtTwin } from '../src/process/built.ts';
import type { Flavour } from '../src/sandbox/server-package.ts';
import { type Fault, faults } from './detect-faults.ts';
import { setUpStage, type Stage, strikeStage } from './detect-stage.ts';

/**
 * From a fault of the primary to the decision to recover, which is when the recovery stands in the journal; and
 * where there shall be none, that there is none. The arguments: trials of each, the flavour, and a word of the
 * faults' names. Runs in a network and with mounts of its own, so it needs root, or a kernel that lets users have them.
 */
interface Trial {
  /** Null where no recovery was begun. */
  readonly decisionMs: number | null;
  /** Where there was none, what was said of the primary, and why nothing was done. */
  readonly said: readonly string[];
}

interface Series {
  readonly fault: string;
  readonly expected: Fault['expected'];
  readonly trials: readonly Trial[];
}

const [count = '20', flavour = 'mariadb', only = '', inside = ''] = process.argv.slice(2);
/** Far more than any recovery takes that comes at all. */
const patienceMs = 8_000;
const pulseMs = 1_000;

if (inside === 'inside') await main();
else process.exitCode = besideTheWorld();

function besideTheWorld(): number {
  const own = process.getuid?.() === 0 ? ['-n', '-m'] : ['-n', '-m', '--map-root-user'];
  const again = [process.execPath, process.argv[1] ?? '', count, flavour, only, 'inside'];
  const { status } = spawnSync('unshare', [...own, ...again], { stdio: 'inherit' });
  return status ?? 1;
}

async function main(): Promise<void> {
  execFileSync('ip', ['link', 'set', 'lo', 'up']);
  const series: Series[] = [];
  for (const fault of faults.filter(({ name }) => name.includes(only))) {
    const trials: Trial[] = [];
    while (trials.length < Number(count)) {
      trials.push(await tried(fault));
      process.stderr.write(`${fault.name}: ${JSON.stringify(trials.at(-1))}\n`);
    }
    series.push({ fault: fault.name, expected: fault.expected, trials });
  }
  await report(series);
}

async function tried(fault: Fault): Promise<Trial> {
  const stage = await setUpStage(flavour as Flavour, fault.prepare);
  let undo = () => {};
  try {
    // At any moment between two pulses.
    await pause(pulseMs + Math.random() * pulseMs);
    const struckAt = Date.now();
    undo = await fault.strike(stage);
    return await outcome(stage, fault, struckAt);
  } finally {
    undo();
    await strikeStage(stage);
  }
}

async function outcome({ daemon, primary }: Stage, { expected }: Fault, struckAt: number): Promise<Trial> {
  const lastRecovery = async () =>
    ((await daemon.get('/baton/v1/recoveries?limit=1')) as readonly RecoveryReport[])[0] ?? null;
  for (const until = struckAt + patienceMs; Date.now() < until; await pause(20)) {
    const recovery = expected === 'a recovery' ? await lastRecovery() : null;
    if (recovery !== null) return { decisionMs: Date.parse(recovery.startedAt) - struckAt, said: [] };
  }
  const recovery = await lastRecovery();
  const findings = (await daemon.get('/baton/v1/findings')) as readonly FindingReport[];
  const said = findings
    .filter(({ instance }) => instance === primary.key)
    .flatMap(({ code, troubles, gates }) => [
      code,
      ...troubles.map((trouble) => `${trouble.code}: ${trouble.because}`),
      ...gates.filter(({ open }) => !open).map(({ because }) => because),
    ]);
  return { decisionMs: recovery === null ? null : Date.parse(recovery.startedAt) - struckAt, said };
}

async function report(all: readonly Series[]): Promise<void> {
  const root = new URL('../..', builtTwin(new URL('./detect.ts', import.meta.url).href));
  const machine = `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
  const date = new Date().toISOString().slice(0, 10);
  const table = [
    `Measured ${date} on ${machine}, by \`npm run bench:detect\`: ${flavour} 1+2 on loopback in a network of its own, default settings,`,
    'replicas with a slave_net_timeout of 60 s, a fresh topology and controller each trial, the fault at any moment between two pulses.',
    'Milliseconds from just before the fault to the recovery’s first record in the journal.',
    '',
    '| fault of the primary | trials | expected | recoveries | min | median | worst |',
    '|---|---|---|---|---|---|---|',
    ...all.map(row),
  ].join('\n');
  process.stdout.write(`${table}\n`);
  if (only !== '') return;
  const page = new URL('docs/performance.md', root);
  const text = await readFile(page, 'utf8');
  const mark = `detect-${flavour}`;
  const [before] = text.split(`<!-- ${mark} -->`);
  const after = text.split(`<!-- /${mark} -->`)[1] ?? '\n';
  await writeFile(page, `${before}<!-- ${mark} -->\n${table}\n<!-- /${mark} -->${after}`);
  const raw = `${JSON.stringify({ date, machine, flavour, series: all }, null, 1)}\n`;
  await writeFile(new URL(`bench/baselines/${mark}.json`, root), raw);
}

function row({ fault, expected, trials }: Series): string {
  const times = trials.flatMap(({ decisionMs }) => decisionMs ?? []).toSorted((a, b) => a - b);
  const [least, middle, most] = [times[0], times[Math.floor(times.length / 2)], times.at(-1)];
  const figures = [least, middle, most].map((one) => one ?? '–').join(' | ');
  return `| ${fault} | ${trials.length} | ${expected} | ${times.length} | ${figures} |`;
}
