import { setTimeout as pause } from 'node:timers/promises';
import type { RecoveryStoryReport } from '../src/controller/reports.ts';
import { type DemoStage, setTheStage, strikeTheStage } from '../src/cli/demo/stage-demo.ts';
import { ordersOn } from '../src/cli/demo/writer.ts';
import type { InstanceKey } from '../src/kernel/instance-key.ts';
import { Link } from '../src/mysql/link.ts';
import type { Flavour } from '../src/sandbox/server-package.ts';
import { date, machine, middle, report } from './report.ts';

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
for (const flavour of ['mariadb', 'mysql'] as const) {
  series.push(await byHand(flavour));
  for (const semiSync of [false, true]) series.push(await measured(flavour, semiSync));
}
await tell(series);

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

/**
 * The floor: a script that asks nobody and writes nothing down. Connections that stand, read-only, the old primary's
 * connections ended, a wait for the new one, and its promotion in one message. Each time on servers made anew.
 */
async function byHand(flavour: Flavour): Promise<Series> {
  const name = `floor: by hand, ${flavour}, async`;
  const done: Trial[] = [];
  let [acknowledged, present] = [0, 0];
  while (done.length < Math.min(trials, 5)) {
    const stage = await setTheStage({ flavour, semiSync: false, config: () => ({}) }, quiet, never);
    try {
      const { writer, sandbox, primary } = stage;
      const heir = sandbox.members[1]?.key ?? primary;
      writer.start();
      while (writer.acknowledged < 200) await pause(5);
      const from = Date.now();
      await switchByHand(stage, heir);
      await pause(300);
      await writer.stop();
      done.push({ gapMs: writer.longestGap(from), tookMs: Date.now() - from });
      acknowledged += writer.acknowledgedBy(primary);
      const kept = await ordersOn(heir, sandbox.credentials.app);
      present += writer.acknowledgedBy(primary) - writer.missing(primary, kept).length;
      process.stderr.write(`${name}: ${done.at(-1)?.gapMs} ms\n`);
    } finally {
      await strikeTheStage(stage);
    }
  }
  return { name, trials: done, acknowledged, present };
}

async function switchByHand({ sandbox, primary }: DemoStage, heir: InstanceKey): Promise<void> {
  const { flavour, credentials } = sandbox;
  const access = { ...credentials.topology, connectTimeoutMs: 1_000, tls: null };
  const life = { prepare: async () => {}, onLost: () => {} };
  const [old, now] = [new Link(primary, access, life), new Link(heir, access, life)];
  const isMariadb = flavour === 'mariadb';
  const position = isMariadb ? 'SELECT @@gtid_binlog_pos gtid' : 'SELECT @@gtid_executed gtid';
  const list = `SELECT ID id FROM information_schema.processlist WHERE USER = '${credentials.app.user}'`;
  await Promise.all([old.ask('DO 0', 1_000), now.ask('DO 0', 1_000)]);
  const [, rows = [], at = []] = await old.ask(`SET GLOBAL read_only = 1; ${list}; ${position}`, 5_000);
  await old.ask(['DO 0', ...rows.map(({ id }) => `KILL ${Number(id)}`)].join('; '), 5_000).catch(() => {});
  const gtid = String(at[0]?.['gtid']);
  const wait = isMariadb
    ? `SELECT MASTER_GTID_WAIT('${gtid}', 5)`
    : `SELECT WAIT_FOR_EXECUTED_GTID_SET('${gtid}', 5)`;
  const words = isMariadb ? 'SLAVE' : 'REPLICA';
  await now.ask(`${wait}; STOP ${words}; SET GLOBAL read_only = 0; RESET ${words} ALL`, 10_000);
  for (const link of [old, now]) link.close();
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
    await pause(250);
  }
}

async function tell(all: readonly Series[]): Promise<void> {
  const rows = all.map((one) => {
    const gaps = one.trials.map(({ gapMs }) => gapMs).toSorted((a, b) => a - b);
    const took = one.trials.map(({ tookMs }) => tookMs).toSorted((a, b) => a - b);
    return `| ${one.name} | ${gaps.length} | ${gaps[0]} | ${middle(gaps)} | ${gaps.at(-1)} | ${middle(took)} | ${one.present} of ${one.acknowledged} |`;
  });
  const table = [
    `Measured ${date} on ${machine}, by \`npm run bench:takeover\`: 1+2 with GTID on loopback, the primary going round, one client`,
    'writing row after row and trying the servers in turn, a hook that does nothing in each stage. Milliseconds: the longest between two',
    'acknowledged writes, and the median of a whole takeover, hooks included.',
    '',
    '| what | trials | min | median | max | whole | acknowledged writes kept |',
    '|---|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
  await report('takeover', table, { series: all });
}
