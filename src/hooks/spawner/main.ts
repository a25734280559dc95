import { rmSync } from 'node:fs';
import type { HookOutcome } from '../../engine/record.ts';
import { messageOf } from '../../kernel/errors.ts';
import { recordOrphaned } from './life.ts';
import type { Reply, Request, RunRequest, SpawnerSettings } from './messages.ts';
import { writeOutcome } from './outcome-files.ts';
import { startWork, type Work } from './work.ts';

/**
 * The spawner: a small process beside the controller that starts its hooks, for a large process forks
 * slowly and stands still meanwhile. It outlives the controller until its hooks have ended, and writes
 * how each ended, so that the next life of the controller can learn it: that one waits for as long as
 * the mark of a run is there, and the mark goes after the outcome has been written.
 */
const [life = '', settingsText = ''] = process.argv.slice(2);
// Written by client.ts, which started us.
const settings = JSON.parse(settingsText) as SpawnerSettings;
const works = new Map<string, Work>();

process.on('message', (request: Request) => {
  if (request.kind === 'run') void serve(request);
  else works.get(request.key)?.stop(request.because);
});
process.on('disconnect', () => {
  recordOrphaned(life);
  endWithTheLast();
});
process.on('exit', () => rmSync(life, { recursive: true, force: true }));
// Who stops the controller by a signal to all its processes does not mean its hooks.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => {});

async function serve(request: RunRequest): Promise<void> {
  const { key } = request.run;
  const outcome = await work(request);
  tell({ kind: 'ended', key, outcome });
  try {
    writeOutcome(settings.directory, { key, outcome, forGood: !process.connected });
  } catch {
    // Where the disk is full the controller has been told; only its next life will not learn of it.
  }
  works.get(key)?.clear();
  works.delete(key);
  endWithTheLast();
}

async function work({ run, secret, isHeard }: RunRequest): Promise<HookOutcome> {
  const heard = isHeard ? (text: string) => tell({ kind: 'said', key: run.key, text }) : null;
  try {
    const started = startWork({ run, secret, heard, life, settings });
    works.set(run.key, started);
    return await started.outcome;
  } catch (error) {
    const because = `there is no room for its files: ${messageOf(error)}`;
    return { ended: 'not-started', exitCode: null, signal: null, tookMs: 0, output: '', because };
  }
}

function tell(reply: Reply): void {
  if (process.connected) process.send?.(reply);
}

/** Without a controller nothing more will come, and what a hook left behind is not ours to wait for. */
function endWithTheLast(): void {
  if (!process.connected && works.size === 0) process.exit();
}
