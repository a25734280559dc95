import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { callsForMessages } from '../src/cli/pacemaker-calls.ts';
import { withPrivateSpawner } from '../src/hooks/private-spawner.ts';
import type { HookRunner } from '../src/hooks/runner.ts';
import { decodeMessage } from '../src/protocols/pacemaker/message-reader.ts';
import { nodeStateEvents } from '../src/protocols/pacemaker/node-state.ts';
import { readAsCrmMon } from '../src/protocols/pacemaker/readings/crm-mon.ts';
import { builtTwin } from '../src/process/built.ts';
import { date, machine, middle, report } from './report.ts';
import { withController } from './signals-controller.ts';
import { heartbeatRounds, heartbeatText } from './signals-heartbeat.ts';

/**
 * How many notifications of a Pacemaker cluster are decoded in a second of one core: the recorded ones, over and over,
 * from text to events. Beside them what the parser alone takes for a document of as many bytes that says nothing.
 * Counted is the processor's time, the garbage collector's threads included, so others on the machine matter less.
 * Beside that how many in a second of the clock on the wall. Then how long it takes from a message to the first line of the
 * external agent, and through a controller to that of SignalCommand, which is in the journal before it is run.
 */
const rounds = Number(process.argv[2] ?? 9);
const roundMs = 1_000;

const options = {
  shell: 'bash',
  outputLimitBytes: 1_024,
  environment: { kind: 'inherit', withhold: [] },
  redact: (text: string) => text,
} as const;

interface Series {
  readonly name: string;
  readonly texts: readonly string[];
  readonly perSecond: number[];
  /** By the clock on the wall, with whatever else the machine does. */
  readonly perWallSecond: number[];
}

const folder = new URL(
  '../../test/fixtures/pacemaker/messages/',
  builtTwin(new URL('./signals.ts', import.meta.url).href),
);
const [v1, v2] = [await recorded('v1'), await recorded('v2')];
const all: readonly Series[] = [
  { name: 'format 2 (patchsets)', texts: v2, perSecond: [], perWallSecond: [] },
  { name: 'format 1', texts: v1, perSecond: [], perWallSecond: [] },
  {
    name: 'floor: one long attribute',
    texts: v2.map(({ length }) => empty(length)),
    perSecond: [],
    perWallSecond: [],
  },
];
// Round 0 only warms up.
for (let round = 0; round <= rounds; round += 1)
  for (const { texts, perSecond, perWallSecond } of all) {
    const { byProcessor, byWall } = decodedPerSecond(texts);
    if (round === 0) continue;
    perSecond.push(byProcessor);
    perWallSecond.push(byWall);
  }
const latencyMs = await latencies(100);
const { followed, spooled } = await throughController(100);
const packetsPerSecond = await heartbeatRounds(rounds, roundMs);
await report('signals', `${table()}\n\n${latencyText()}\n\n${heartbeatText(packetsPerSecond)}`, {
  latencyMs,
  controllerMs: { followed, spooled },
  packetsPerSecond,
  rounds,
  series: all.map(({ name, perSecond, perWallSecond }) => ({ name, perSecond, perWallSecond })),
});

async function recorded(format: string): Promise<readonly string[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(`.${format}.xml`));
  return await Promise.all(names.map((name) => readFile(new URL(name, folder), 'utf8')));
}

function empty(length: number): string {
  const [head, tail] = ['<notify a="', '"/>'];
  return `${head}${'x'.repeat(Math.max(0, length - head.length - tail.length))}${tail}`;
}

function decodedPerSecond(texts: readonly string[]): {
  readonly byProcessor: number;
  readonly byWall: number;
} {
  const [began, wallBegan] = [process.cpuUsage(), performance.now()];
  let decoded = 0;
  while (milliseconds(began) < roundMs) {
    for (const text of texts) {
      const message = decodeMessage(text);
      readAsCrmMon(message);
      nodeStateEvents(message);
    }
    decoded += texts.length;
  }
  const perSecond = (ms: number) => (decoded / ms) * 1_000;
  return { byProcessor: perSecond(milliseconds(began)), byWall: perSecond(performance.now() - wallBegan) };
}

function milliseconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1_000;
}

function table(): string {
  return [
    `Measured ${date} on ${machine}, by \`npm run bench:signals\`: the ${v2.length} recorded messages of a cluster of two nodes over and over, one`,
    `after the other in one process, from text to events as crm_mon would tell them and to changes of nodes; rounds of a second of the processor's time.`,
    '',
    '| messages decoded per second | rounds | min | median | max | median by the wall | kB a message |',
    '|---|---|---|---|---|---|---|',
    ...all.map(rowOf),
  ].join('\n');
}

function rowOf({ name, texts, perSecond, perWallSecond }: Series): string {
  const sorted = perSecond.toSorted((a, b) => a - b).map(Math.round);
  const length = texts.reduce((sum, text) => sum + text.length, 0) / texts.length / 1_000;
  const byWall = Math.round(middle(perWallSecond.toSorted((a, b) => a - b)));
  const figures = [sorted.length, sorted[0], middle(sorted), sorted.at(-1), byWall, length.toFixed(1)];
  return `| ${name} | ${figures.join(' | ')} |`;
}

/** Milliseconds each, sorted; the first ten runs only warm up. */
async function latencies(count: number): Promise<readonly number[]> {
  const folder = await mkdtemp(join(tmpdir(), 'baton-bench-'));
  const agent = join(folder, 'agent');
  await writeFile(agent, '#!/bin/sh\nexec date +%s%N\n');
  await chmod(agent, 0o755);
  try {
    return await withPrivateSpawner(options, async (runner) => {
      const found: number[] = [];
      for (let at = 0; at < count + 10; at += 1) found.push(await latencyOf(runner, agent, at));
      return found.slice(10).toSorted((a, b) => a - b);
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function latencyOf(runner: HookRunner, agent: string, at: number): Promise<number> {
  const began = performance.timeOrigin + performance.now();
  const terminal = { print: () => {}, say: () => {}, colours: false };
  const calling = { recipient: '', terminal, leave: () => {} };
  for await (const { variables } of callsForMessages(oneCall(), calling)) {
    const body = { kind: 'exec' as const, argv: [agent] };
    const run = { key: `bench/${at}`, body, variables, document: null, timeoutMs: 10_000, detached: false };
    const { output } = await runner.run(run, new AbortController().signal);
    runner.known(run.key);
    return Number(BigInt(output.trim()) / 1_000n) / 1_000 - began;
  }
  throw new Error('the message calls no agent');
}

/** The same through a controller, by each way by which it is told. */
async function throughController(count: number) {
  const folder = await mkdtemp(join(tmpdir(), 'baton-bench-'));
  try {
    return await withPrivateSpawner(options, (runner) =>
      withController({ folder, runner, message: theOne() }, async (ways, begunAt) => {
        let calls = 0;
        const measured = async (way: () => Promise<void>) => {
          const found: number[] = [];
          for (let at = 0; at < count + 10; at += 1) {
            // Whoever looks now and then looks at any moment after it was told.
            await sleep(50 + Math.random() * 200);
            const began = performance.timeOrigin + performance.now();
            await way();
            calls += 1;
            found.push((await begunAt(calls)) - began);
          }
          return found.slice(10).toSorted((a, b) => a - b);
        };
        return { followed: await measured(ways.followed), spooled: await measured(ways.spooled) };
      }),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A message that is told by one call, of node1. */
function theOne(): string {
  const isOne = (text: string) => {
    const message = decodeMessage(text);
    const [first, ...more] = readAsCrmMon(message);
    return first?.node === 'node1' && more.length === 0 && nodeStateEvents(message).length === 0;
  };
  const one = v2.find(isOne);
  if (one === undefined) throw new Error('no recorded message is told by one call');
  return one;
}

async function* oneCall(): AsyncGenerator<string> {
  yield theOne();
}

function latencyText(): string {
  return [
    `From a message to the first line of its external agent, a program of sh that asks the time (${latencyMs.length} runs, by the clock on the wall,`,
    `with whatever else the machine did): ${spread(latencyMs)}. The real crm_mon needs 22 ms (median of 253, on a machine of the same kind with its cluster beside it).`,
    '',
    `Through a controller, to the first line of SignalCommand, which is in the journal (SQLite, on disk) before it is run: from a message of a CIB that is followed ${spread(followed)};`,
    `from a file in the spool, which is looked at five times a second, ${spread(spooled)}.`,
  ].join('\n');
}

function spread(sorted: readonly number[]): string {
  const p99 = sorted[Math.ceil(sorted.length * 0.99) - 1];
  const [least, half, most, all] = [sorted[0], middle(sorted), p99, sorted.at(-1)].map((ms) =>
    ms?.toFixed(1),
  );
  return `min ${least}, median ${half}, p99 ${most}, max ${all} ms`;
}
