import { rmSync } from 'node:fs';
import type { HookOutcome } from '../../engine/record.ts';
import { messageOf } from '../../kernel/errors.ts';
import type { HookRun } from '../runner.ts';
import { recordOrphaned } from './life.ts';
import type { Reply, Request, SpawnerSettings } from './messages.ts';
import { writeOutcome } from './outcome-files.ts';
import { startWork, type Work } from './work.ts';

/**
 * The spawner: a small process beside the controller that starts its hooks, for a large process forks
 * slowly and stands still meanwhile. It outlives the controller until its hooks have ended, and writes
 * how each ended before it tells, so that the next life of the controller can learn it.
 */
const [life = '', settingsText = ''] = process.argv.slice(2);
// Written by client.ts, which started us.
const settings = JSON.parse(settingsText) as SpawnerSettings;
const works = new Map<string, Work>();

process.on('message', (request: Request) => {
  if (request.kind === 'run') void serve(request.run);
  else works.get(request.key)?.stop(request.because);
});
// Nothing more is awaited then but hooks that run: the process ends with the last of them.
process.on('disconnect', () => recordOrphaned(life));
process.on('exit', () => rmSync(life, { recursive: true, force: true }));
// Who stops the controller by a signal to all its processes does not mean its hooks.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => {});

async function serve(run: HookRun): Promise<void> {
  const outcome = await work(run);
  try {
    writeOutcome(settings.directory, run.key, outcome);
  } catch {
    // Where the disk is full the controller can still be told; only its next life will not learn of it.
  }
  works.get(run.key)?.clear();
  works.delete(run.key);
  if (process.connected) process.send?.({ key: run.key, outcome } satisfies Reply);
}

async function work(run: HookRun): Promise<HookOutcome> {
  try {
    const started = startWork(run, life, settings);
    works.set(run.key, started);
    return await started.outcome;
  } catch (error) {
    const because = `its script could not be written: ${messageOf(error)}`;
    return { ended: 'not-started', exitCode: null, signal: null, tookMs: 0, output: '', because };
  }
}
