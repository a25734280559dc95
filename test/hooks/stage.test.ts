import { describe, expect, it } from 'vitest';
import type { ConfiguredHook } from '../../src/config/hook.ts';
import { defaultConfig } from '../../src/config/keys.ts';
import { ledgerOf } from '../../src/engine/ledger.ts';
import type { Hooks, StageOutcome, Teller } from '../../src/engine/ports.ts';
import type { HookOutcome, HookStage, JournalRecord } from '../../src/engine/record.ts';
import type { HookSettings } from '../../src/hooks/render.ts';
import type { HookRun, HookRunner } from '../../src/hooks/runner.ts';
import { hooksOf } from '../../src/hooks/stage.ts';
import type { Clock } from '../../src/kernel/clock.ts';
import { aBook, stillClock } from '../engine/a-book.ts';
import { configuredHook, facts, hookSettings } from './facts.ts';

const stage = 'PreFailoverProcesses';
const post = 'PostFailoverProcesses';

/** A world in which a script is its own outcome: `exit 3` exits 3, `lost` is never heard of again, `hang` never ends. */
class World {
  readonly runs: HookRun[] = [];
  readonly told: string[] = [];
  readonly sleeps: number[] = [];
  /** Runs whose outcome the runner was told to be on record. */
  readonly known: string[] = [];
  readonly outcomes = new Map<string, HookOutcome>();
  readonly hanging: (() => void)[] = [];
  now = 1_000;
  readonly clock: Clock = {
    now: () => this.now,
    monotonic: () => this.now,
    sleep: async (milliseconds, signal) => {
      // Who sleeps until a deadline is woken by an abort alone: no story here waits one out.
      if (milliseconds > 60_000) return stillClock().sleep(milliseconds, signal);
      this.sleeps.push(milliseconds);
      this.now += milliseconds;
    },
  };
  readonly book = aBook({ clock: this.clock, holds: 'c1' });
  readonly ledger = ledgerOf(this.book);
  /** Cannot be written to any more. */
  isBroken = false;
  /** What hangs exits 1 when it ends. */
  failing = false;

  get records(): readonly JournalRecord[] {
    return this.book.records;
  }

  readonly runner: HookRunner = {
    run: (run) => this.#run(run),
    outcomeOf: async (key) => this.outcomes.get(key) ?? null,
    known: (key) => void this.known.push(key),
  };
  readonly teller: Teller = {
    tell: (sentence) => void this.told.push(sentence),
    warn: (sentence) => void this.told.push(`! ${sentence}`),
  };

  engine(
    hooks: readonly (string | ConfiguredHook)[],
    of: HookStage,
    more: Partial<HookSettings> = {},
  ): Hooks {
    const list = hooks.map((hook) => (typeof hook === 'string' ? configuredHook(hook) : hook));
    const { runner, clock } = this;
    return hooksOf({
      lists: { ...defaultConfig, [of]: list },
      settings: { ...hookSettings, ...more },
      runner,
      clock,
    });
  }

  async play(
    hooks: readonly (string | ConfiguredHook)[],
    of: HookStage = stage,
    signal = new AbortController().signal,
    more: Partial<HookSettings> = {},
  ): Promise<StageOutcome> {
    const frail = {
      ...this.ledger,
      intend: (...run: Parameters<typeof this.ledger.intend>) =>
        this.isBroken ? Promise.reject(new Error('the disk is full')) : this.ledger.intend(...run),
    };
    const { teller } = this;
    return this.engine(hooks, of, more).runStage(of, facts, { ledger: frail, signal, teller });
  }

  async #run(run: HookRun): Promise<HookOutcome> {
    this.runs.push(run);
    const script = scriptOf(run);
    const [, seconds = '0'] = /^takes (\d+)$/.exec(script) ?? [];
    this.now += Number(seconds) * 1_000;
    if (script === 'hang') await new Promise<void>((resolve) => this.hanging.push(resolve));
    if (script === 'hang' && this.failing) return outcome({ exitCode: 1 });
    if (script === 'lost') return outcome({ ended: 'unknown', because: 'the spawner died' });
    const [, code = '0'] = /^exit (\d+)$/.exec(script) ?? [];
    return outcome({ exitCode: Number(code) });
  }

  kinds(): readonly string[] {
    return this.records.map(({ kind }) => kind);
  }
}

function scriptOf({ body }: HookRun): string {
  return body.kind === 'shell' ? body.script.trim() : body.kind;
}

function outcome(known: Partial<HookOutcome>): HookOutcome {
  return { ended: 'exited', exitCode: null, signal: null, tookMs: 12, output: '', because: null, ...known };
}

describe('a stage', () => {
  it('is frozen, then each hook is on record before it starts and after it ended (P1)', async () => {
    const world = new World();
    expect(await world.play(['true', 'true'])).toEqual({ ran: 2, veto: null });
    expect(world.kinds()).toEqual(['stage', 'hook', 'hooked', 'hook', 'hooked']);
    expect(world.told).toEqual([
      `${stage} hook 1 of 2 started: true`,
      `${stage} hook 1 of 2 exited 0 after 12 ms`,
      `${stage} hook 2 of 2 started: true`,
      `${stage} hook 2 of 2 exited 0 after 12 ms`,
    ]);
  });

  it('that may veto ends at the first failure, and the veto is its sentence', async () => {
    const world = new World();
    expect(await world.play(['true', 'exit 3', 'true'])).toEqual({
      ran: 2,
      veto: `${stage} hook 2 of 3 exited 3 after 12 ms; the hook behind it was not run`,
    });
    expect(world.runs).toHaveLength(2);
  });

  it('that may not veto goes on after a failure', async () => {
    const world = new World();
    expect(await world.play(['exit 3', 'true'], post)).toEqual({ ran: 2, veto: null });
    expect(world.told).toContain(`! ${post} hook 1 of 2 exited 3 after 12 ms`);
  });

  it('with no hooks leaves no record', async () => {
    const world = new World();
    expect(await world.play([])).toEqual({ ran: 0, veto: null });
    expect(world.records).toEqual([]);
  });

  it('tells a hook who it is', async () => {
    const world = new World();
    await world.play(['true']);
    expect(world.runs[0]).toMatchObject({ key: 'r/2', timeoutMs: 60_000 });
    expect(world.runs[0]?.variables).toMatchObject({
      ORC_FAILED_HOST: 'db1',
      BATON_STAGE: stage,
      BATON_HOOK_RUN_ID: 'r/2',
      BATON_HOOK_ATTEMPT: '1',
      BATON_HOOK_RESUMED: '0',
    });
  });

  it('never starts a hook that is refused, and takes it for a failure', async () => {
    const world = new World();
    const { veto } = await world.play(['true &&', 'true']);
    expect(veto).toMatch(/^PreFailoverProcesses hook 1 of 2 was not started: it ends in &&/);
    expect(world.runs).toEqual([]);
    expect(world.kinds()).toEqual(['stage', 'hook', 'hooked']);
  });

  it('has an end of its own: what is left of its time bounds each hook, and what is owed after it is said', async () => {
    const world = new World();
    const outcome = await world.play(['takes 70', 'takes 40', 'true'], post, undefined, {
      timeoutSeconds: 60,
      stageTimeoutSeconds: 100,
    });
    expect(outcome).toEqual({ ran: 3, veto: null });
    expect(world.runs.map(({ timeoutMs }) => timeoutMs)).toEqual([60_000, 30_000]);
    expect(world.told.at(-1)).toBe(
      `! ${post} hook 3 of 3 was not started: the time of its stage, 1 min 40 s, is over`,
    );
  });

  it('waits until no other recovery of its cluster runs hooks, and detached ones do not count', async () => {
    const world = new World();
    const engine = world.engine(['hang', 'true'], stage);
    const { signal } = new AbortController();
    const { teller } = world;
    const other = ledgerOf(aBook({ clock: world.clock, holds: 'c1' }));
    const elsewhere = ledgerOf(aBook({ clock: world.clock, holds: 'c2' }));
    const first = engine.runStage(stage, facts, { ledger: world.ledger, signal, teller });
    await settled();
    const second = engine.runStage(stage, facts, { ledger: other, signal, teller });
    void engine.runStage(stage, facts, { ledger: elsewhere, signal, teller });
    await settled();
    expect(world.runs).toHaveLength(2);
    world.hanging[0]?.();
    await first;
    await settled();
    expect(world.runs.map(scriptOf)).toEqual(['hang', 'hang', 'true', 'hang']);
    world.hanging[2]?.();
    expect(await second).toEqual({ ran: 2, veto: null });
  });

  it('after a promotion may not veto, unless FailRecoveryOnFailedPostFailoverProcesses says so', async () => {
    const world = new World();
    const counting = { postHooksCount: true };
    expect(await world.play(['exit 3', 'true'], post, undefined, counting)).toMatchObject({ ran: 1 });
    const lenient = [configuredHook('exit 3', { onFailure: 'continue' as const }), 'true'];
    expect(await new World().play(lenient, post, undefined, counting)).toEqual({ ran: 2, veto: null });
  });

  it('of detection vetoes only where a hook says abort, or orchestrator is followed to the letter', async () => {
    const detection = 'OnFailureDetectionProcesses';
    expect(await new World().play(['exit 3'], detection)).toEqual({ ran: 1, veto: null });
    const abort = [configuredHook('exit 3', { onFailure: 'abort' })];
    expect((await new World().play(abort, detection)).veto).not.toBeNull();
    const strict = { compatibility: 'strict' } as const;
    expect((await new World().play(['exit 3'], detection, undefined, strict)).veto).not.toBeNull();
  });

  it('starts nothing more once it is aborted', async () => {
    const world = new World();
    await expect(world.play(['true'], stage, AbortSignal.abort(new Error('left')))).rejects.toThrow('left');
    expect(world.runs).toEqual([]);
  });
});

describe('a hook that fails', () => {
  it('is tried again as often as it asks for, after a pause, each attempt on record', async () => {
    const world = new World();
    const { veto } = await world.play([configuredHook('exit 3', { retries: 2 })]);
    expect(veto).toBe(`${stage} hook 1 of 1, attempt 3 exited 3 after 12 ms`);
    expect(world.runs.map(({ variables }) => variables['BATON_HOOK_ATTEMPT'])).toEqual(['1', '2', '3']);
    expect(world.sleeps).toEqual([1_000, 1_000]);
    expect(world.kinds()).toEqual(['stage', 'hook', 'hooked', 'hook', 'hooked', 'hook', 'hooked']);
  });

  it('with exit classes is tried again after ever longer pauses while it says 75, and for no other code', async () => {
    const world = new World();
    await world.play([configuredHook('exit 75', { retries: 3, exitClasses: true })]);
    expect(world.runs).toHaveLength(4);
    expect(world.sleeps).toEqual([1_000, 2_000, 4_000]);
    const other = new World();
    await other.play([configuredHook('exit 3', { retries: 3, exitClasses: true })]);
    expect(other.runs).toHaveLength(1);
  });

  it('with exit classes only warns when it says 10', async () => {
    const world = new World();
    const warns = configuredHook('exit 10', { exitClasses: true });
    expect(await world.play([warns, 'true'])).toEqual({ ran: 2, veto: null });
    expect(world.told).toContain(`! ${stage} hook 1 of 2 exited 10 after 12 ms`);
    expect((await new World().play(['exit 10', 'true'])).ran).toBe(1);
  });
});

describe('a hook left behind', () => {
  it('is on its way before the next one starts, and recorded when it ends', async () => {
    const world = new World();
    expect(await world.play(['hang &', 'true'])).toEqual({ ran: 2, veto: null });
    expect(world.kinds()).toEqual(['stage', 'hook', 'hook', 'hooked']);
    world.hanging[0]?.();
    await settled();
    expect(world.records.at(-1)).toMatchObject({ kind: 'hooked', run: 2 });
  });

  it('is known to be outstanding until it has ended', async () => {
    const world = new World();
    await world.play(['hang &']);
    expect(world.book.kept.size).toBe(1);
    world.hanging[0]?.();
    await settled();
    expect(world.book.kept.size).toBe(0);
  });

  it('is not started when its intent cannot be recorded', async () => {
    const world = new World();
    world.isBroken = true;
    await expect(world.play(['true &'])).rejects.toThrow('the disk is full');
    expect(world.runs).toHaveLength(0);
  });

  it('is left to whoever follows what was left behind when its stage is resumed', async () => {
    const world = new World();
    await world.play(['hang &', 'exit 3']);
    expect(await world.play([])).toMatchObject({ ran: 2 });
    expect(world.runs.map(scriptOf)).toEqual(['hang', 'exit 3']);
  });

  it('never vetoes', async () => {
    const world = new World();
    expect(await world.play(['exit 3 &'])).toEqual({ ran: 1, veto: null });
  });
});

describe('a stage that is resumed', () => {
  /** The controller dies while the first hook runs. */
  async function interrupted(hook: string | ConfiguredHook): Promise<World> {
    const world = new World();
    void world.play([hook, 'true']);
    await settled();
    return world;
  }

  it('keeps the list it was frozen with', async () => {
    const world = new World();
    await world.play(['true', 'exit 3', 'true']);
    expect(await world.play(['reloaded'])).toMatchObject({
      veto: `${stage} hook 2 of 3 exited 3 after 12 ms; the hook behind it was not run`,
    });
    expect(world.runs).toHaveLength(2);
  });

  it('takes the outcome that the runner kept, and does not run the hook again', async () => {
    const world = await interrupted('hang');
    world.outcomes.set('r/2', outcome({ exitCode: 0 }));
    expect(await world.play([])).toEqual({ ran: 2, veto: null });
    expect(world.runs.map(scriptOf)).toEqual(['hang', 'true']);
  });

  it('keeps a veto that nobody lived to record', async () => {
    const world = await interrupted('hang');
    world.outcomes.set('r/2', outcome({ exitCode: 4 }));
    expect(await world.play([])).toEqual({
      ran: 1,
      veto: `${stage} hook 1 of 2 exited 4 after 12 ms; the hook behind it was not run`,
    });
  });

  it('runs a hook again whose outcome is lost, and tells it so', async () => {
    const world = await interrupted('hang');
    const again = world.play([]);
    await settled();
    world.hanging[1]?.();
    expect(await again).toEqual({ ran: 2, veto: null });
    expect(world.runs[1]?.variables).toMatchObject({ BATON_HOOK_ATTEMPT: '2', BATON_HOOK_RESUMED: '1' });
    expect(world.records.filter(({ kind }) => kind === 'hooked')).toMatchObject([
      { run: 2, outcome: { ended: 'unknown' } },
      { outcome: { ended: 'exited' } },
      { outcome: { ended: 'exited' } },
    ]);
  });

  it('tells a hook at each further attempt that the end of one is lost', async () => {
    const world = await interrupted(configuredHook('hang', { retries: 1 }));
    world.outcomes.set('r/2', outcome({ ended: 'unknown' }));
    const again = world.play([]);
    await settled();
    world.failing = true;
    world.hanging[1]?.();
    await settled();
    world.hanging[2]?.();
    await again;
    expect(world.runs.slice(0, 3).map(({ variables }) => variables['BATON_HOOK_RESUMED'])).toEqual([
      '0',
      '1',
      '1',
    ]);
  });

  it('goes past a lost hook that is to be skipped, and stays past it', async () => {
    const world = await interrupted(configuredHook('hang', { onResume: 'skip' }));
    expect(await world.play([])).toEqual({ ran: 2, veto: null });
    expect(await world.play([])).toEqual({ ran: 2, veto: null });
    expect(world.runs.map(scriptOf)).toEqual(['hang', 'true']);
  });

  it.each([
    ['rerun', { ran: 2, veto: null }, ['hang', 'hang', 'true']],
    ['skip', { ran: 2, veto: null }, ['hang', 'true']],
    [
      'fail',
      { ran: 1, veto: expect.stringContaining('hook 1 of 2 ended in a way that nobody saw') },
      ['hang'],
    ],
  ] as const)(
    'asks a person about a lost hook that says so, who may answer %s',
    async (answer, ends, ran) => {
      const world = await interrupted(configuredHook('hang', { onResume: 'ask' }));
      const resumed = world.play([]);
      await settled();
      expect(world.kinds().at(-1)).toBe('awaiting');
      expect(world.runs).toHaveLength(1);
      await world.book.append({ kind: 'approved', run: 2, answer, who: 'ann', why: 'looked' });
      await settled();
      world.hanging[1]?.();
      expect(await resumed).toEqual(ends);
      expect(world.runs.map(scriptOf)).toEqual(ran);
    },
  );

  it('runs a hook only once more when its runner dies of it', async () => {
    const world = new World();
    const { veto } = await world.play(['lost']);
    expect(veto).toMatch(/^PreFailoverProcesses hook 1 of 1, attempt 2 ended in a way that nobody saw/);
    expect(world.runs).toHaveLength(2);
  });
});

/** Everything that was promised has been kept by the next turn of the event loop: nothing here waits for the world. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
