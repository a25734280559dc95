import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ControllerProcess } from '../src/cli/demo/controller-process.ts';
import { type DemoStage, setTheStage, strikeTheStage } from '../src/cli/demo/stage-demo.ts';
import type { RecoveryReport, RecoveryStoryReport } from '../src/controller/reports.ts';
import { portOf } from '../src/kernel/instance-key.ts';
import { AnEtcd } from '../test/live/an-etcd.ts';
import { date, machine, middle, report } from './report.ts';
import { handOver } from './soak/handover.ts';
import { comesTrue } from './soak/patience.ts';
import { Stage } from './soak/stage.ts';

/**
 * How soon a recovery goes on whose controller was SIGKILLed: another leads after it, or the only one is started
 * again while a hook of the recovery runs. The argument is how many trials of each. Real servers, 1+2 and 1+3.
 */
interface Series {
  readonly name: string;
  /** What each trial took, in milliseconds, by what is measured. */
  readonly trials: readonly Readonly<Record<string, number>>[];
}

const trials = Number(process.argv[2] ?? 7);
const withinMs = 60_000;

const series: Series[] = [];
for (const leaseSeconds of [2, 5]) series.push(await handedOver(leaseSeconds));
series.push(await startedAgain());
await tell(series);

/** The leader of two is SIGKILLed after records all over a recovery. */
async function handedOver(leaseSeconds: number): Promise<Series> {
  const name = `leader SIGKILLed, lease of ${leaseSeconds} s`;
  const etcd = await AnEtcd.start(1);
  const stage = await Stage.make('mariadb', 4);
  const done: Series['trials'][number][] = [];
  try {
    for (let tried = 0; done.length < trials; tried += 1) {
      if (tried > 3 * trials) throw new Error('too many leaders went before their blow');
      const record = 10 + Math.round((30 * done.length) / Math.max(1, trials - 1));
      const came = await handOver(stage, etcd, { run: 'recovery', blow: 'killed', record, leaseSeconds });
      const { goneMs, ledMs, continuedMs, wrong, struck } = came;
      if (wrong.length > 0) throw new Error(wrong.join('; '));
      // A machine with much else to do may have let the lease run out before.
      if (!struck) continue;
      if (goneMs === null || ledMs === null || continuedMs === null) throw new Error('nobody continued it');
      done.push({
        'kill → etcd lets it go': goneMs,
        'from there → another leads': ledMs - goneMs,
        'from there → its first record': continuedMs - ledMs,
        'kill → first record': continuedMs,
      });
      process.stderr.write(`${name}: ${JSON.stringify(done.at(-1))}\n`);
    }
  } finally {
    await stage.strike();
    await etcd.stop();
  }
  return { name, trials: done };
}

/** The only controller is SIGKILLed in a PreFailover hook, which ends while nobody is there, and is started again. */
async function startedAgain(): Promise<Series> {
  const name = 'single controller SIGKILLed in a hook and started again';
  const done: Series['trials'][number][] = [];
  while (done.length < trials) {
    const stage = await setTheStage(
      { semiSync: true, config: hooksIn },
      () => {},
      new AbortController().signal,
    );
    let next: ControllerProcess | null = null;
    try {
      await killInTheHook(stage);
      const from = Date.now();
      next = await ControllerProcess.start(stage.configFile, join(stage.directory, 'next.log'));
      done.push(await goesOn(stage, from));
      process.stderr.write(`${name}: ${JSON.stringify(done.at(-1))}\n`);
    } finally {
      next?.signal('SIGKILL');
      await strikeTheStage(stage);
    }
  }
  return { name, trials: done };
}

/** A hook that says when it begins, and waits for a word. */
function hooksIn(directory: string): Record<string, unknown> {
  const [begun, gate] = [join(directory, 'begun'), join(directory, 'gate')];
  return {
    PreFailoverProcesses: [`echo begun >> ${begun}; while [ ! -e ${gate} ]; do sleep 0.05; done`],
  };
}

async function killInTheHook({ directory, sandbox, primary, controller }: DemoStage): Promise<void> {
  await sandbox.kill(portOf(primary));
  await must('the hook runs', () => existsSync(join(directory, 'begun')));
  controller.signal('SIGKILL');
  await must('the controller is gone', () => !controller.isAlive());
  await writeFile(join(directory, 'gate'), '');
}

async function goesOn({ daemon, directory }: DemoStage, from: number): Promise<Series['trials'][number]> {
  const last = async () =>
    ((await daemon.get('/baton/v1/recoveries?limit=1')) as readonly RecoveryReport[])[0] ?? null;
  await must('it is recovered', async () => (await last())?.state === 'recovered');
  const uid = (await last())?.uid ?? '';
  const { records } = (await daemon.get(
    `/baton/v1/recoveries/${encodeURIComponent(uid)}`,
  )) as RecoveryStoryReport;
  const since = records.filter(({ at }) => at >= from);
  const asked = since.find(
    ({ kind, ...record }) => kind === 'asked' && 'step' in record && record.step === 'fence',
  );
  const begun = await readFile(join(directory, 'begun'), 'utf8');
  return {
    'start → its first record': (since[0]?.at ?? Number.NaN) - from,
    'start → the step after the hook': (asked?.at ?? Number.NaN) - from,
    'start → recovered': (since.at(-1)?.at ?? Number.NaN) - from,
    'runs of the hook': begun.trim().split('\n').length,
  };
}

async function must(what: string, isTrue: () => boolean | Promise<boolean>): Promise<void> {
  if (!(await comesTrue(isTrue, withinMs))) throw new Error(`never came true: ${what}`);
}

async function tell(all: readonly Series[]): Promise<void> {
  const rows = all.flatMap(({ name, trials: of }) =>
    Object.keys(of[0] ?? {}).map((what) => {
      const figures = of.flatMap((one) => one[what] ?? []).toSorted((a, b) => a - b);
      return `| ${name} | ${what} | ${figures.length} | ${figures[0]} | ${middle(figures)} | ${figures.at(-1)} |`;
    }),
  );
  const table = [
    `Measured ${date} on ${machine}, by \`npm run bench:continue\`. Two controllers of one etcd on loopback, the leader killed`,
    'after a record somewhere in a recovery of 1+3; what happens in etcd is heard by a watch of the bench. And a single controller of 1+2,',
    'killed while a PreFailover hook runs that ends while nobody is there; by the times on the records. Milliseconds.',
    '',
    '| what | from → to | trials | min | median | max |',
    '|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
  await report('continue', table, { series: all });
}
