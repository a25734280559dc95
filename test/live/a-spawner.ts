import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, vi } from 'vitest';
import type { HookBody, HookOutcome } from '../../src/engine/record.ts';
import type { HookRun } from '../../src/hooks/runner.ts';
import { type SpawnerOptions, startSpawner } from '../../src/hooks/spawner/client.ts';

export const patient = { timeout: 20_000, interval: 20 };
export const never: AbortSignal = new AbortController().signal;

export async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'baton-spawner-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A real spawner, and how to run one hook on it: a script for the shell, or a body of another kind. */
export async function aSpawner(more: Partial<SpawnerOptions> = {}) {
  const folder = more.directory ?? (await aFolder());
  const spawner = await startSpawner({
    directory: folder,
    shell: 'bash',
    outputLimitBytes: 65_536,
    environment: { kind: 'inherit', withhold: [] },
    redact: (text) => text,
    ...more,
  });
  onTestFinished(() => spawner.close());
  const run = (
    what: string | HookBody,
    of: Partial<Omit<HookRun, 'body'>> & { signal?: AbortSignal; said?: (text: string) => void } = {},
  ): Promise<HookOutcome> => {
    const { key = 'run/1', variables = {}, document = null, timeoutMs = null } = of;
    const { signal = new AbortController().signal, said } = of;
    const body = typeof what === 'string' ? ({ kind: 'shell', script: what } as const) : what;
    return spawner.run({ key, body, variables, document, timeoutMs, detached: false }, signal, said);
  };
  return { spawner, run, folder };
}

export const livesIn = (folder: string) => readdirSync(folder).filter((name) => name.startsWith('life'));
export const pidIn = (file: string) => Number(readFileSync(file, 'utf8'));
export const untilThere = (file: string) =>
  vi.waitFor(() => expect(existsSync(file) && readFileSync(file, 'utf8')).toMatch(/\n$/), patient);

/** A zombie that nobody buries is as gone as it can be. */
export function isGone(pid: number): boolean {
  try {
    return /^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return true;
  }
}
