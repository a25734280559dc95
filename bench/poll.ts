import { readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { builtTwin } from '../src/process/built.ts';
import {
  type FleetCost,
  type FleetResult,
  type LargeFleetResult,
  measureFleet,
  measureLargeFleet,
} from './poll-fleet.ts';
import { type AtRest, measureAtRest } from './poll-servers.ts';

/**
 * What watching costs: real servers at rest, and fleets of 500 and of 5,000 that speak the protocol. The arguments
 * are the seconds of each measurement, and those for which the memory is followed.
 */
const seconds = Number(process.argv[2] ?? 60);
const memorySeconds = Number(process.argv[3] ?? 600);

const atRest: AtRest[] = [];
for (const [servers, flavour] of [
  [3, 'mariadb'],
  [20, 'mariadb'],
  [3, 'mysql'],
] as const) {
  atRest.push(await measureAtRest(servers, flavour, seconds));
  process.stderr.write(`${JSON.stringify(atRest.at(-1))}\n`);
}
const fleet = await measureFleet(seconds, memorySeconds);
process.stderr.write(`${JSON.stringify(fleet)}\n`);
const large = await measureLargeFleet(seconds);
process.stderr.write(`${JSON.stringify(large)}\n`);
await report();

async function report(): Promise<void> {
  const root = new URL('../..', builtTwin(new URL('./poll.ts', import.meta.url).href));
  const machine = `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
  const date = new Date().toISOString().slice(0, 10);
  const table = [
    `Measured ${date} on ${machine}, by \`npm run bench:poll\`: a controller from \`dist\` with a pulse each second and everything`,
    `read every five, ${seconds} s after a warm-up. Processor time and memory are those of the controller and its children, from /proc;`,
    'statements are what the servers counted themselves. The reference is a fixed piece of work, timed before and after.',
    '',
    '| at rest | CPU-s per minute | RSS MB | disk writes per minute | statements per minute: primary, replica | CPU-s per minute of all servers | reference ms |',
    '|---|---|---|---|---|---|---|',
    ...atRest.map(restRow),
    '',
    'A fleet in one other process that answers as real servers do, in clusters of 1+9:',
    '',
    '| fleet | CPU-s per minute | looks, pulses per minute | statements per look | loop late by ms: p50, p99, max | RSS MB | reference ms |',
    '|---|---|---|---|---|---|---|',
    ...[...fleet.costs, large.cost].map((cost) =>
      fleetRow(`${cost.instances} instances, everything read every ${cost.pollSeconds} s`, cost),
    ),
    fleetRow(
      `${fleet.garbled.cost.instances} instances, of which ${fleet.garbled.instances} answer noise and a primary is dead`,
      fleet.garbled.cost,
    ),
    '',
    ...fleetSentences(fleet, large),
  ].join('\n');
  const page = new URL('docs/performance.md', root);
  const text = await readFile(page, 'utf8');
  const [before, rest = ''] = text.split('<!-- polling -->');
  const after = rest.split('<!-- /polling -->')[1] ?? '\n';
  await writeFile(page, `${before}<!-- polling -->\n${table}\n<!-- /polling -->${after}`);
  await writeFile(
    new URL('bench/baselines/poll.json', root),
    `${JSON.stringify({ date, machine, atRest, fleet, large }, null, 1)}\n`,
  );
  process.stdout.write(`${table}\n`);
}

function restRow(one: AtRest): string {
  const { servers, flavour, controller, statements } = one;
  const name = { mariadb: 'MariaDB', mysql: 'MySQL' }[flavour];
  return row([
    `${servers} ${name}`,
    controller.cpuSeconds.toFixed(2),
    controller.residentMegabytes.toFixed(0),
    `${(controller.writtenBytes / 2 ** 20).toFixed(1)} MB`,
    `${statements.primary.toFixed(0)}, ${statements.replica.toFixed(0)}`,
    one.serversCpuSeconds.toFixed(2),
    reference(one),
  ]);
}

function fleetRow(name: string, cost: FleetCost): string {
  const { controller, loop } = cost;
  return row([
    name,
    controller.cpuSeconds.toFixed(2),
    `${cost.looksPerMinute.toFixed(0)}, ${cost.pulsesPerMinute.toFixed(0)}`,
    String(cost.statementsPerLook),
    [loop.p50Ms, loop.p99Ms, loop.maxMs].map((each) => each.toFixed(1)).join(', '),
    controller.residentMegabytes.toFixed(0),
    reference(cost),
  ]);
}

function fleetSentences(result: FleetResult, among: LargeFleetResult): string[] {
  const { residentMegabytes, garbled } = result;
  const [heapBefore, heapAfter] = result.heapMegabytes;
  const [first = Number.NaN] = residentMegabytes;
  const last = residentMegabytes.at(-1) ?? Number.NaN;
  return [
    `A look costs ${result.cpuMicrosecondsPerLook.toFixed(0)} µs of processor time, a pulse ${result.cpuMicrosecondsPerPulse.toFixed(0)} µs.`,
    `Of ${first.toFixed(0)} MB, ${heapBefore.toFixed(1)} were held on the heap at the beginning of ${memorySeconds} s; ${heapAfter.toFixed(1)} of ${last.toFixed(0)} MB at their end.`,
    `A primary that died was noticed after ${result.noticedMs} ms and found to be dead after ${result.foundMs} ms; among ${among.cost.instances} after ${among.noticedMs} and ${among.foundMs} ms.`,
    `While ${garbled.instances} instances answered noise, ${garbled.othersAnswering} of the ${garbled.cost.instances - garbled.instances - 1} others answered the controller as before.`,
  ];
}

function reference({ referenceMs }: { referenceMs: readonly [number, number] }): string {
  return referenceMs.map((each) => each.toFixed(0)).join(', ');
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
