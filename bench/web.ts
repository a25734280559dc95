import { readdirSync, readFileSync, statSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { chromium, type Page } from 'playwright-core';
import { builtTwin } from '../src/process/built.ts';
import { date, machine, middle, report } from './report.ts';
import { serveFleet, type ToldInstance } from './web-controller.ts';

/*
 * What the page costs a browser: how much is fetched before it can be used, how soon it can, and how long a topology of a
 * thousand instances takes from an event that changes it until that is painted.
 */
const size = Number(process.argv[2] ?? 1_000);
const loads = 7;
const changes = 15;
const built = fileURLToPath(new URL('../web/', builtTwin(new URL('./web.ts', import.meta.url).href)));

/** Notes in the page when an instance was heard of, and when what came of it was painted. */
const watch = `
  const clock = { heardAt: null, painted: [] };
  window.clock = clock;
  const add = EventSource.prototype.addEventListener;
  EventSource.prototype.addEventListener = function (type, hear) {
    return add.call(this, type, type !== 'instance' ? hear : (event) => {
      clock.heardAt ??= performance.now();
      hear(event);
    });
  };
  new MutationObserver(() => {
    if (clock.heardAt === null || clock.isWaiting) return;
    clock.isWaiting = true;
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        clock.painted.push(performance.now() - clock.heardAt);
        clock.heardAt = null;
        clock.isWaiting = false;
      };
      channel.port2.postMessage(null);
    });
  }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
`;
/** When this is in the page and the browser is free for whatever somebody does. */
const whenFree = (selector: string) => `new Promise((resolve) => {
  const look = () => document.querySelector(${JSON.stringify(selector)}) === null
    ? requestAnimationFrame(look)
    : requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
  look();
})`;

const fleet = await serveFleet(size);
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
});
try {
  const list = await loaded('', 'main table a');
  const tree = await loaded('cluster/fleet', '.react-flow__node');
  const page = await opened('cluster/fleet');
  await page.evaluate(whenFree('.react-flow__node'));
  const near = await redrawn(page);
  await page.getByRole('button', { name: 'Show all of it' }).click();
  await page.waitForTimeout(2_000);
  const drawn = await page.locator('.react-flow__node').count();
  const far = await redrawn(page);
  const rows = [
    row('First load of the clusters, gzip', `${kib(list.bytes)} KiB`, '', '350 kB'),
    row(`First load of a topology of ${size}, gzip`, `${kib(tree.bytes)} KiB`, '', '350 kB'),
    timed('The clusters can be used', list.readyMs, '1500 ms'),
    timed(`The topology of ${size} can be used`, tree.readyMs, '1500 ms'),
    ...near.map(({ name, tookMs }) => timed(`${name}, as one comes to it`, tookMs, '100 ms')),
    ...far.map(({ name, tookMs }) => timed(`${name}, all ${drawn} in sight`, tookMs, '100 ms')),
  ];
  const table = [
    `Measured ${date} on ${machine} in Chromium ${browser.version()}, headless without a graphics card; a load of ${loadavg()[0]?.toFixed(1)} on the machine; ${loads} loads with an empty cache and ${changes} changes each. A redraw is from the event to the frame that shows it, 30 ms of which are waited for more that comes at once.`,
    '',
    '| What | Median | Worst | Bound |',
    '|---|---|---|---|',
    ...rows,
  ].join('\n');
  await report('web', table, { size, list, tree, near, far, drawn });
} finally {
  await browser.close();
  await fleet.close();
}

async function opened(path: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(watch);
  await page.goto(`${fleet.url}/web/${path}`);
  return page;
}

async function loaded(path: string, selector: string) {
  const readyMs: number[] = [];
  let files: readonly string[] = [];
  for (let load = 0; load < loads; load += 1) {
    const page = await opened(path);
    readyMs.push(Number(await page.evaluate(whenFree(selector))));
    files = (await page.evaluate(
      `performance.getEntriesByType('resource').map(({ name }) => name)`,
    )) as readonly string[];
    await page.context().close();
  }
  return { readyMs: readyMs.toSorted((one, other) => one - other), bytes: gzipped(files) };
}

/** What these and the page itself are with gzip; what the browser fetched beside them are events. */
function gzipped(urls: readonly string[]): number {
  const names = new Set(urls.map((url) => url.slice(url.lastIndexOf('/') + 1)));
  const assets = readdirSync(join(built, 'assets')).filter((name) => names.has(name));
  const page = gzipSync(readFileSync(join(built, 'index.html'))).length;
  return assets.reduce((sum, name) => sum + statSync(join(built, 'assets', `${name}.gz`)).size, page);
}

async function redrawn(page: Page) {
  const [some, others] = [fleet.instances[1], fleet.instances[2]?.instance ?? ''];
  if (some === undefined) throw new Error('a fleet has more than one instance');
  const kinds: readonly { name: string; changed: (turn: number) => readonly ToldInstance[] }[] = [
    {
      name: 'One begins to lag, or ceases to',
      changed: (turn) => [{ ...some, lagSeconds: turn % 2 === 0 ? 30 + turn : 1 }],
    },
    {
      name: 'One stops applying and goes on',
      changed: (turn) => [{ ...some, sqlThread: turn % 2 === 0 ? 'stopped' : 'running' }],
    },
    {
      name: 'All begin to lag, or cease to',
      changed: (turn) =>
        fleet.instances.map((each) =>
          each.source === null ? each : { ...each, lagSeconds: turn % 2 === 0 ? 30 + turn : 1 },
        ),
    },
    {
      name: 'One moves with all below it',
      changed: (turn) => [{ ...some, source: turn % 2 === 0 ? others : some.source }],
    },
  ];
  const measured = [];
  for (const { name, changed } of kinds) {
    await page.evaluate('clock.painted.length = 0');
    for (let turn = 0; turn < changes; turn += 1) {
      fleet.tell(changed(turn));
      while ((await page.evaluate('clock.painted.length')) === turn) await page.waitForTimeout(20);
      await page.waitForTimeout(150);
      await page.evaluate(
        `clock.painted.length = ${turn + 1}; clock.heardAt = null; clock.isWaiting = false`,
      );
    }
    const tookMs = (await page.evaluate('clock.painted')) as number[];
    measured.push({ name, tookMs: tookMs.toSorted((one, other) => one - other) });
  }
  return measured;
}

function timed(name: string, tookMs: readonly number[], bound: string): string {
  return row(name, `${Math.round(middle(tookMs))} ms`, `${Math.round(tookMs.at(-1) ?? 0)} ms`, bound);
}

function row(name: string, median: string, worst: string, bound: string): string {
  return `| ${name} | ${median} | ${worst} | ${bound} |`;
}

function kib(bytes: number): string {
  return (bytes / 1_024).toFixed(1);
}
