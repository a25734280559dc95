import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { HookOutcome } from '../../../src/engine/record.ts';
import { beginLife, isOrphaned, markRun, recordOrphaned } from '../../../src/hooks/spawner/life.ts';
import { openOutcomes, writeOutcome } from '../../../src/hooks/spawner/outcome-files.ts';
import { readOutcome } from '../../../src/hooks/spawner/read-outcome.ts';

const outcome: HookOutcome = {
  ended: 'exited',
  exitCode: 0,
  signal: null,
  tookMs: 1,
  output: 'a\0b',
  because: null,
};

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'baton-files-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

it('a life has a folder of its own, for its owner alone', () => {
  const folder = aFolder();
  const lives = [beginLife(folder), beginLife(folder)];
  expect(new Set(lives).size).toBe(2);
  expect(readdirSync(folder).toSorted()).toEqual(
    lives.map((life) => life.slice(folder.length + 1)).toSorted(),
  );
  for (const life of lives) expect(statSync(life).mode & 0o777).toBe(0o700);
});

it('a run is marked even where a script removed the folder', () => {
  const life = beginLife(aFolder());
  rmSync(life, { recursive: true });
  const mark = markRun(life, 'run/1', 'true');
  expect(mark).toMatch(/\/orchestrator-process-cmd-\d+$/);
  expect(statSync(mark).mode & 0o777).toBe(0o600);
});

it('a spawner whose controller is gone leaves a mark, and makes no folder for it', () => {
  const life = beginLife(aFolder());
  recordOrphaned(life);
  expect(isOrphaned(life)).toBe(true);
  rmSync(life, { recursive: true });
  recordOrphaned(life);
  expect(existsSync(life)).toBe(false);
});

it('a file that goes while outcomes are looked through is no reason not to start', () => {
  const folder = aFolder();
  openOutcomes(folder);
  symlinkSync('gone', join(folder, 'outcomes', 'x.json.new'));
  expect(() => openOutcomes(folder)).not.toThrow();
});

it('an outcome that was written can be read', () => {
  const folder = aFolder();
  openOutcomes(folder);
  writeOutcome(folder, 'run/1', outcome);
  writeOutcome(folder, 'run/2', { ...outcome, exitCode: 2 });
  expect(readOutcome(folder, 'run/1')).toEqual(outcome);
  expect(readOutcome(folder, 'run/2')).toEqual({ ...outcome, exitCode: 2 });
  expect(readOutcome(folder, 'run/3')).toBeNull();
});

it('an outcome makes no folder for a controller that is gone with its state', () => {
  const folder = join(aFolder(), 'hooks');
  expect(() => writeOutcome(folder, 'run/1', outcome)).toThrow(/ENOENT/);
  expect(existsSync(folder)).toBe(false);
});

it('an outcome that cannot be read is none: nobody knows then how the run ended', () => {
  const folder = aFolder();
  openOutcomes(folder);
  writeOutcome(folder, 'run/1', outcome);
  const [file = ''] = readdirSync(join(folder, 'outcomes'));
  writeFileSync(join(folder, 'outcomes', file), '');
  expect(readOutcome(folder, 'run/1')).toBeNull();
});
