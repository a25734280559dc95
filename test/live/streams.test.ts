import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { openStreams } from '../../bench/api-streams.ts';
import { builtTwin } from '../../src/process/built.ts';

/** A controller in a process of its own, of one cluster of simulated servers whose primary dies after two seconds. */
async function aController() {
  const folder = await mkdtemp(join(tmpdir(), 'baton-streams-'));
  const program = fileURLToPath(builtTwin(new URL('../../bench/api-controller.ts', import.meta.url).href));
  const controller = spawn(process.execPath, [program, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, BATON_BENCH_CLUSTERS: '1' },
  });
  onTestFinished(async () => {
    controller.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });
  const lines = createInterface({ input: controller.stdout })[Symbol.asyncIterator]();
  const said = async () => JSON.parse(String((await lines.next()).value)) as Record<string, unknown>;
  const { url } = await said();
  return {
    url: new URL(String(url)),
    residentMegabytes: async () => {
      controller.kill('SIGUSR2');
      return Number((await said())['residentMegabytes']);
    },
  };
}

it('ten thousand streams of events are open at once, cost little each, and the next is refused with a sentence', async () => {
  const { url, residentMegabytes } = await aController();
  const before = await residentMegabytes();
  const streams = await openStreams(url, 10_000);
  onTestFinished(() => streams.close());
  expect(streams.open).toBe(10_000);
  const refused = await fetch(new URL('/baton/v1/events', url));
  expect([refused.status, Object(await refused.json()).detail]).toEqual([
    503,
    '10000 streams of events are open already',
  ]);
  const kilobytesEach = (((await residentMegabytes()) - before) * 1_000) / 10_000;
  expect(kilobytesEach).toBeLessThan(40);
  expect((await fetch(new URL('/api/lb-check', url))).status).toBe(200);
}, 120_000);
