import { killThePrimary, setTheStage, strikeTheStage } from '../src/cli/demo/stage-demo.ts';
import { ordersOn } from '../src/cli/demo/writer.ts';
import { parseArgs } from 'node:util';
import { growthTable } from './failover-growth.ts';
import { date, machine, middle, report } from './report.ts';

/**
 * From kill -9 of the primary to the first write that another server accepts, as an application sees
 * it, with three real servers and hooks that do nothing. Beside it, on the same servers, the floor: a
 * script that knows of the kill and promotes at once, without asking anybody. With `--replicas 1,5,20,40` instead, how
 * it grows with the number of replicas.
 */
interface Trial {
  readonly outageMs: number;
  readonly acknowledged: number;
  readonly present: number;
}

interface Series {
  readonly name: string;
  readonly trials: readonly Trial[];
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { replicas: { type: 'string', default: '' } },
});
const trials = Number(positionals[0] ?? 9);
const quiet = () => {};
const never = new AbortController().signal;
const nothing = ['true'];
const hooks = {
  OnFailureDetectionProcesses: nothing,
  PreFailoverProcesses: nothing,
  PostMasterFailoverProcesses: nothing,
  PostFailoverProcesses: nothing,
};

if (values.replicas === '') await measureAll();
else {
  const grown = await growthTable(values.replicas.split(',').map(Number), Number(positionals[0] ?? 3));
  const table = [`Measured ${date} on ${machine}, ${grown.how}`, '', ...grown.rows].join('\n');
  await report('failover-growth', table, { trials: grown.trials });
}

async function measureAll(): Promise<void> {
  const series: Series[] = [];
  for (const semiSync of [false, true]) {
    const replication = semiSync ? 'semi-sync' : 'async';
    series.push(await measured(`floor: promoted at once by hand, ${replication}`, () => byHand(semiSync)));
    series.push(await measured(`Baton, default settings, ${replication}`, () => byBaton(semiSync, {})));
    series.push(
      await measured(`Baton, DetectionConfirmMilliseconds 0, ${replication}`, () =>
        byBaton(semiSync, { DetectionConfirmMilliseconds: 0 }),
      ),
    );
  }
  await tell(series);
}

async function measured(name: string, trial: () => Promise<Trial>): Promise<Series> {
  const done: Trial[] = [];
  while (done.length < trials) {
    done.push(await trial());
    process.stderr.write(`${name}: ${done.at(-1)?.outageMs} ms\n`);
  }
  return { name, trials: done };
}

async function byBaton(semiSync: boolean, config: object): Promise<Trial> {
  const stage = await setTheStage({ semiSync, config: () => ({ ...hooks, ...config }) }, quiet, never);
  try {
    const { outageMs, acknowledged, present } = await killThePrimary(stage, quiet, never);
    return { outageMs: outageMs ?? Number.POSITIVE_INFINITY, acknowledged, present };
  } finally {
    await strikeTheStage(stage);
  }
}

async function byHand(semiSync: boolean): Promise<Trial> {
  const stage = await setTheStage(
    { semiSync, config: () => ({ RecoverMasterClusterFilters: [] }) },
    quiet,
    never,
  );
  try {
    const { sandbox, primary, writer } = stage;
    const [old, heir] = sandbox.members;
    if (old === undefined || heir === undefined) throw new Error('a sandbox of three has two members');
    writer.start();
    while (writer.acknowledged < 200) await new Promise((resume) => setTimeout(resume, 5));
    const killedAt = Date.now();
    await sandbox.kill(old.port);
    await sandbox.sql(heir.port, 'STOP SLAVE; RESET SLAVE ALL; SET GLOBAL read_only = 0');
    while (writer.firstElsewhere(primary) === null) await new Promise((resume) => setTimeout(resume, 1));
    const first = writer.firstElsewhere(primary);
    await writer.stop();
    const kept = await ordersOn(heir.key, sandbox.credentials.app);
    const acknowledged = writer.acknowledgedBy(primary);
    return {
      outageMs: (first?.at ?? Number.POSITIVE_INFINITY) - killedAt,
      acknowledged,
      present: acknowledged - writer.missing(primary, kept).length,
    };
  } finally {
    await strikeTheStage(stage);
  }
}

async function tell(all: readonly Series[]): Promise<void> {
  const floors = new Map(
    all.filter(({ name }) => name.startsWith('floor')).map((one) => [replicationOf(one), medianOf(one)]),
  );
  const rows = all.map((one) => {
    const times = one.trials.map(({ outageMs }) => outageMs).toSorted((a, b) => a - b);
    const [written, kept] = [sum(one, 'acknowledged'), sum(one, 'present')];
    const ratio = medianOf(one) / (floors.get(replicationOf(one)) ?? Number.NaN);
    return `| ${one.name} | ${times.length} | ${times[0]} | ${medianOf(one)} | ${times.at(-1)} | ${ratio.toFixed(1)} | ${kept} of ${written} |`;
  });
  const table = [
    `Measured ${date} on ${machine}, by \`npm run bench:failover\`: MariaDB 1+2 with GTID on loopback, a fresh topology and a`,
    'fresh controller each trial, one client writing row after row and trying the servers in turn every 5 ms. Milliseconds',
    'from just before `kill -9` to the first acknowledged write elsewhere; the ratio is to the floor beside it.',
    '',
    '| what | trials | min | median | max | ratio | acknowledged writes kept |',
    '|---|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
  await report('failover', table, { series: all });
}

function replicationOf({ name }: Series): string {
  return name.endsWith('semi-sync') ? 'semi-sync' : 'async';
}

function medianOf({ trials: done }: Series): number {
  return middle(done.map(({ outageMs }) => outageMs).toSorted((a, b) => a - b));
}

function sum({ trials: done }: Series, field: 'acknowledged' | 'present'): number {
  return done.reduce((total, trial) => total + trial[field], 0);
}
