import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { serveSocket } from '../../src/api/socket.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { silence } from '../../src/hooks/voices.ts';
import { memoryJournal } from '../../src/journal/memory.ts';
import { aController, aFleet } from '../controller/a-controller.ts';

function aPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'baton-serve-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'baton.sqlite.sock');
}

async function serving(path: string): Promise<{ close(): Promise<void> }> {
  const controller = await aController(aFleet('b'), {});
  const reload = async () => ({ changes: [], waitsFor: [] });
  const served = { controller, pages: memoryJournal(), metrics: createMetrics(), reload, voices: silence };
  const api = await serveSocket(served, path);
  onTestFinished(() => api.close());
  return api;
}

const statusOf = (socketPath: string) =>
  new Promise((resolve, reject) => {
    const asking = request({ socketPath, path: '/baton/v1/clusters' }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asking.on('error', reject).end();
  });

it('the socket is the owner’s alone, answers, and is gone after the end', async () => {
  const path = aPath();
  const api = await serving(path);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(await statusOf(path)).toBe(200);
  await api.close();
  expect(existsSync(path)).toBe(false);
});

it('a controller that ends leaves the socket of its successor alone', async () => {
  const path = aPath();
  const dying = await serving(path);
  await serving(path);
  await dying.close();
  expect(await statusOf(path)).toBe(200);
});

it('a socket that a killed controller has left is replaced', async () => {
  const path = aPath();
  await serving(path);
  rmSync(path);
  await serving(path);
  expect(await statusOf(path)).toBe(200);
});
