import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { builtTwin } from '../src/process/built.ts';
import { date, machine, report } from './report.ts';

/*
 * How fast the API answers fifty clients at once while a controller of a thousand simulated servers recovers one
 * primary after another, and how late that makes the event loop that detects the next failure.
 */
const clusters = 100;
const clients = 50;
const seconds = Number(process.argv[2] ?? 5);
const primary = 'db7/2';
/** Those with a bound on their slowest hundredth, and those of megabytes, whose answer is made once for many. */
const routes = [
  '/api/health',
  '/api/lb-check',
  '/api/leader-check',
  `/api/instance/${primary}`,
  '/api/cluster-info/db7:2',
  '/api/replication-analysis',
  '/api/audit-recovery',
  '/api/all-instances',
  '/baton/v1/clusters',
];

interface Loop {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  readonly recovered: number;
}

const folder = await mkdtemp(join(tmpdir(), 'baton-bench-api-'));
const program = fileURLToPath(builtTwin(new URL('./api-controller.ts', import.meta.url).href));
const controller = spawn(process.execPath, [program, join(folder, 'api.sock')], {
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
  await new Promise((resolve) => setTimeout(resolve, 5_000));
  await loop();
  await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
  const alone = await loop();
  const rows = [];
  for (const route of routes) {
    const load = await loaded(`${url}${route}`);
    rows.push({ route, ...load, loop: await loop() });
  }
  const ms = (value: number) => value.toFixed(1);
  const table = [
    `${clusters * 10} simulated servers, ${clients} clients at once, ${seconds} s for each route, one primary dying every 2 s; ${machine}, ${date}. With nobody asking, the event loop is ${ms(alone.p99Ms)} ms late at p99.`,
    '',
    '| Route | Answers/s | p50 ms | p99 ms | KiB | Event loop late, p99 ms |',
    '|---|---|---|---|---|---|',
    ...rows.map(
      ({ route, perSecond, p50Ms, p99Ms, bytes, loop: late }) =>
        `| ${route} | ${Math.round(perSecond)} | ${ms(p50Ms)} | ${ms(p99Ms)} | ${(bytes / 1_024).toFixed(1)} | ${ms(late.p99Ms)} |`,
    ),
  ].join('\n');
  await report('api', table, { clusters, clients, seconds, alone, rows });
} finally {
  controller.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
}

async function loaded(url: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const took: number[] = [];
  let bytes = 0;
  const until = performance.now() + seconds * 1_000;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (performance.now() < until) {
        const began = performance.now();
        bytes = await asked(url, agent);
        took.push(performance.now() - began);
      }
    }),
  );
  agent.destroy();
  const sorted = took.sort((one, other) => one - other);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  return { perSecond: sorted.length / seconds, p50Ms: at(0.5), p99Ms: at(0.99), bytes };
}

function asked(url: string, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      let bytes = 0;
      response.on('data', (part: Buffer) => {
        bytes += part.length;
      });
      response.on('end', () => resolve(bytes));
    }).on('error', reject);
  });
}
