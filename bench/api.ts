import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { builtTwin } from '../src/process/built.ts';
import { type Load, loaded } from './api-clients.ts';
import { openStreams } from './api-streams.ts';
import { date, machine, report } from './report.ts';

/*
 * How fast the API answers fifty clients at once while a controller of a thousand simulated servers recovers one
 * primary after another, and how late that makes the event loop that detects the next failure.
 */
const clusters = 100;
const clients = 50;
const seconds = Number(process.argv[2] ?? 5);
const warmUpMs = 15_000;
/** As often as a balancer's check that is set to be quick. */
const steadyMs = 100;
const mostStreams = 10_000;
const primary = 'db7/2';
/** Those with a bound on their slowest hundredth. */
const bounded = [
  '/api/health',
  '/api/lb-check',
  '/api/leader-check',
  `/api/instance/${primary}`,
  '/api/cluster-info/db7:2',
  '/api/replication-analysis',
  '/api/audit-recovery',
];
/** Megabytes, whose answer is made once for many. */
const large = ['/api/all-instances', '/baton/v1/clusters'];

interface Loop {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  readonly residentMegabytes: number;
  readonly recovered: number;
}

const folder = await mkdtemp(join(tmpdir(), 'baton-bench-api-'));
const program = fileURLToPath(builtTwin(new URL('./api-controller.ts', import.meta.url).href));
const controller = spawn(process.execPath, [program, folder], {
  stdio: ['ignore', 'pipe', 'inherit'],
  env: { ...process.env, BATON_BENCH_CLUSTERS: String(clusters) },
});
const lines = createInterface({ input: controller.stdout })[Symbol.asyncIterator]();
const said = async <T>() => JSON.parse(String((await lines.next()).value)) as T;
const loop = () => {
  controller.kill('SIGUSR2');
  return said<Loop>();
};

try {
  const { url } = await said<{ url: string }>();
  await pause(warmUpMs);
  const [others = 0] = loadavg();
  await loop();
  await pause(seconds * 1_000);
  const alone = await loop();
  const asked = async (everyMs: number, these: readonly string[]) => {
    const rows: (Load & { readonly route: string; readonly loop: Loop })[] = [];
    for (const route of these) {
      const load = await loaded(new URL(`${url}${route}`), { clients, seconds, everyMs });
      rows.push({ route, ...load, loop: await loop() });
    }
    return rows;
  };
  const steady = await asked(steadyMs, bounded);
  const rows = await asked(0, [...bounded, ...large]);
  const streams = await streamed(new URL(url));
  const ms = (value: number) => value.toFixed(1);
  const table = [
    `${clusters * 10} simulated servers in a process of their own, ${clients} clients at once in another, ${seconds} s for each route, one primary dying every 2 s; ${machine}, ${date}. The load was ${others.toFixed(1)} when it began. With nobody asking, the event loop is ${ms(alone.p99Ms)} ms late at p99, ${ms(alone.maxMs)} at most.`,
    '',
    `Each client asks every ${steadyMs} ms:`,
    '',
    '| Route | p50 ms | p99 ms | Event loop late, p99 ms | at most |',
    '|---|---|---|---|---|',
    ...steady.map(
      ({ route, p50Ms, p99Ms, loop: late }) =>
        `| ${route} | ${ms(p50Ms)} | ${ms(p99Ms)} | ${ms(late.p99Ms)} | ${ms(late.maxMs)} |`,
    ),
    '',
    'Each client asks as soon as it is answered:',
    '',
    '| Route | Answers/s | p50 ms | p99 ms | KiB | MiB/s | Event loop late, p99 ms | at most | Recovered meanwhile |',
    '|---|---|---|---|---|---|---|---|---|',
    ...rows.map(
      ({ route, perSecond, p50Ms, p99Ms, bytes, loop: late }, at) =>
        `| ${route} | ${Math.round(perSecond)} | ${ms(p50Ms)} | ${ms(p99Ms)} | ${(bytes / 1_024).toFixed(1)} | ${ms((perSecond * bytes) / 1_048_576)} | ${ms(late.p99Ms)} | ${ms(late.maxMs)} | ${late.recovered - ((rows[at - 1] ?? steady.at(-1))?.loop ?? alone).recovered} |`,
    ),
    '',
    `${streams.open} streams of events open at once, each telling of those recoveries for ${seconds} s: ${streams.kilobytesEach.toFixed(1)} KB of memory each, ${streams.told} of them told something, the event loop ${ms(streams.loop.p99Ms)} ms late at p99, ${ms(streams.loop.maxMs)} at most; opening them took ${(streams.openedMs / 1_000).toFixed(1)} s. One more is answered "${streams.refused}".`,
  ].join('\n');
  await report('api', table, { clusters, clients, seconds, others, alone, steady, rows, streams });
} finally {
  controller.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
}

async function streamed(url: URL) {
  const before = await loop();
  const began = performance.now();
  const streams = await openStreams(url, mostStreams);
  const openedMs = performance.now() - began;
  const { refusals } = await openStreams(url, 1);
  await loop();
  await pause(seconds * 1_000);
  const during = await loop();
  const told = streams.told();
  streams.close();
  const kilobytesEach = ((during.residentMegabytes - before.residentMegabytes) * 1_000) / streams.open;
  return { open: streams.open, openedMs, kilobytesEach, told, refused: refusals.join(), loop: during };
}
