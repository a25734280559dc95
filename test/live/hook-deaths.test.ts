import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { builtTwin } from '../../src/process/built.ts';
import { configuredHook, facts, hookSettings } from '../hooks/facts.ts';

/** Needs the compiled controller, bash and /proc; no server. */
const program = fileURLToPath(builtTwin(new URL('../processes/dying-stage.ts', import.meta.url).href));
const names = ['first', 'second', 'third'];
const never = Number.MAX_SAFE_INTEGER;
const patient = { timeout: 20_000, interval: 20 };

/** Three hooks that each write down when they begin and when they are done; one waits where it is told to. */
class Stage {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  start(dyingAfter: number, withSpawner: boolean): ChildProcess {
    const hooks = names.map((name) =>
      configuredHook(
        `cd ${this.folder}; echo "$BATON_HOOK_RESUMED" >> ${name}.begun; while [ -e ${name}.wait ]; do read -t 0.02 <> <(:); done; echo "$BATON_HOOK_ATTEMPT" >> ${name}.done`,
      ),
    );
    const words = [this.folder, hooks, facts, hookSettings].map((one) =>
      typeof one === 'string' ? one : JSON.stringify(one),
    );
    const more = [String(dyingAfter), withSpawner ? 'with' : 'without'];
    return spawn(process.execPath, [program, ...words, ...more], { stdio: ['ignore', 'pipe', 'inherit'] });
  }

  /** How often each hook was begun, and what BATON_HOOK_RESUMED told it. */
  begun(): string[] {
    return names.map((name) => read(join(this.folder, `${name}.begun`)));
  }

  done(): number[] {
    return names.map((name) => read(join(this.folder, `${name}.done`)).length);
  }
}

function read(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8').replaceAll('\n', '') : '';
}

async function aStage(): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'baton-deaths-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }));
  return new Stage(folder);
}

async function killed(child: ChildProcess): Promise<void> {
  const [, signal] = await once(child, 'exit');
  expect(signal).toBe('SIGKILL');
}

/** The next life of the controller brings the stage to its end. */
async function continued(stage: Stage): Promise<unknown> {
  const child = stage.start(never, false);
  let text = '';
  child.stdout?.on('data', (part: Buffer) => {
    text += part.toString();
  });
  const [code] = await once(child, 'exit');
  expect(code).toBe(0);
  return JSON.parse(text);
}

/** stage, then an intent and an outcome for each of three hooks. */
const records = [1, 2, 3, 4, 5, 6, 7];

describe('a controller that is killed', () => {
  it.each(records)(
    'after record %i of a stage of three hooks runs each exactly once (P1, P2)',
    async (after) => {
      const stage = await aStage();
      await killed(stage.start(after, false));
      expect(await continued(stage)).toEqual({ ran: 3, veto: null });
      expect(stage.done()).toEqual([1, 1, 1]);
      expect(stage.begun().map((told) => told.length)).toEqual([1, 1, 1]);
    },
  );

  it.each(records)(
    'with its spawner after record %i runs each at least once, and twice only one whose end nobody knows',
    async (after) => {
      const stage = await aStage();
      await killed(stage.start(after, true));
      const before = stage.begun();
      expect(await continued(stage)).toEqual({ ran: 3, veto: null });
      const again = stage.begun().map((told, index) => told.slice(before[index]?.length));
      const twice = stage.begun().filter((told) => told.length > 1);
      expect(stage.done().every((times) => times >= 1)).toBe(true);
      expect(twice.length).toBeLessThanOrEqual(1);
      // Whoever is run a second time is told so.
      for (const told of twice) expect(told).toMatch(/^01$/);
      expect(again.join('')).toMatch(/^[01]?0*$/);
    },
  );

  it.each(names)('while the %s hook runs takes the outcome that it really has (P2)', async (name) => {
    const stage = await aStage();
    writeFileSync(join(stage.folder, `${name}.wait`), '');
    const child = stage.start(never, false);
    await vi.waitFor(() => expect(read(join(stage.folder, `${name}.begun`))).toBe('0'), patient);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const next = continued(stage);
    await rm(join(stage.folder, `${name}.wait`));
    expect(await next).toEqual({ ran: 3, veto: null });
    expect(stage.done()).toEqual([1, 1, 1]);
    expect(stage.begun()).toEqual(['0', '0', '0']);
  });

  it.each(names)(
    'with its spawner while the %s hook runs has that hook run again, told so, and no other',
    async (name) => {
      const stage = await aStage();
      writeFileSync(join(stage.folder, `${name}.wait`), '');
      const child = stage.start(never, true);
      await vi.waitFor(() => expect(read(join(stage.folder, `${name}.begun`))).toBe('0'), patient);
      child.kill('SIGUSR2');
      await killed(child);
      const next = continued(stage);
      // The first attempt would go on for ever; the next life ends it before it runs the hook again.
      await vi.waitFor(() => expect(read(join(stage.folder, `${name}.begun`))).toBe('01'), patient);
      await rm(join(stage.folder, `${name}.wait`));
      expect(await next).toEqual({ ran: 3, veto: null });
      expect(stage.done()).toEqual([1, 1, 1]);
      expect(stage.begun()).toEqual(names.map((one) => (one === name ? '01' : '0')));
    },
  );
});

describe('a controller that is stopped', () => {
  it.each(names)(
    'while the %s hook runs leaves it alone, and the next takes its outcome (P2)',
    async (name) => {
      const stage = await aStage();
      writeFileSync(join(stage.folder, `${name}.wait`), '');
      const child = stage.start(never, false);
      await vi.waitFor(() => expect(read(join(stage.folder, `${name}.begun`))).toBe('0'), patient);
      child.kill('SIGTERM');
      expect(await once(child, 'exit')).toEqual([0, null]);
      const next = continued(stage);
      await rm(join(stage.folder, `${name}.wait`));
      expect(await next).toEqual({ ran: 3, veto: null });
      expect(stage.done()).toEqual([1, 1, 1]);
      expect(stage.begun()).toEqual(['0', '0', '0']);
    },
  );
});
