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
 * how each ended that the journal may not have, so that the next life of the controller can learn it: that
 * one waits until this one has heard of its controller's end, and then for as long as the mark of a run is there.
 */
const [life = '', settingsText = ''] = process.argv.slice(2);
// Written by client.ts, which started us.
const settings = JSON.parse(settingsText) as SpawnerSettings;
const works = new Map<string, Work>();
/** Outcomes that the controller was told, and may not have in its journal yet. */
const ended = new Map<string, HookOutcome>();

process.on('message', (request: Request) => {
  if (request.kind === 'run') void serve(request);
  else if (request.kind === 'stop') works.get(request.key)?.stop(request.because);
  else ended.delete(request.key);
});
process.on('disconnect', () => {
  for (const [key, outcome] of ended) keep(key, outcome);
  recordOrphaned(life);
  endWithTheLast();
});
process.on('exit', () => rmSync(life, { recursive: true, force: true }));
// Who stops the controller by a signal to all its processes does not mean its hooks.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => {});

async function serve(request: RunRequest): Promise<void> {
  const { key } = request.run;
  const outcome = await work(request);
  if (process.connected) ended.set(key, outcome);
  else keep(key, outcome);
  tell({ kind: 'ended', key, outcome });
  works.get(key)?.clear();
  works.delete(key);
  endWithTheLast();
}

/** For the next life of the controller: nobody else has it. Where the disk is full it will not learn of it. */
function keep(key: string, outcome: HookOutcome): void {
  try {
    writeOutcome(settings.directory, key, outcome);
  } catch {}
}

async function work({ run, secrets, isHeard }: RunRequest): Promise<HookOutcome> {
  const heard = isHeard ? (text: string) => tell({ kind: 'said', key: run.key, text }) : null;
  try {
    const started = startWork({ run, secrets, heard, life, settings });
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
