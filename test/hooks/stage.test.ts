import { describe, expect, it } from 'vitest';
import type { ConfiguredHook } from '../../src/config/hook.ts';
import { ledgerOf } from '../../src/engine/ledger.ts';
import type { StageOutcome } from '../../src/engine/ports.ts';
import { type Entry, type HookOutcome, HookStage, type JournalRecord } from '../../src/engine/record.ts';
import type { HookRun } from '../../src/hooks/runner.ts';
import { type HookLists, hooksOf } from '../../src/hooks/stage.ts';
import { BatonError } from '../../src/kernel/errors.ts';
import { facts } from './facts.ts';

const stage = 'PreFailoverProcesses';
const post = 'PostFailoverProcesses';

/** A world in which a script is its own outcome: `exit 3` exits 3, `lost` is never heard of again, `hang` never ends. */
class World {
  readonly records: JournalRecord[] = [];
  readonly runs: HookRun[] = [];
  readonly told: string[] = [];
  readonly sleeps: number[] = [];
  readonly kept = new Map<string, HookOutcome>();
  readonly hanging: (() => void)[] = [];
  isRunOver = false;

  readonly ledger = ledgerOf({
    uid: 'r',
    history: () => this.records,
    now: () => 0,
    append: async (entry: Entry) => {
      if (this.isRunOver) throw new BatonError('run-ended', 'the run has ended');
      const record = { ...entry, seq: this.records.length + 1, at: 0, token: 1 };
      this.records.push(record);
      return record;
    },
  });

  async play(
    hooks: readonly (string | ({ command: string } & Partial<ConfiguredHook>))[],
    of: HookStage = stage,
    signal = new AbortController().signal,
  ): Promise<StageOutcome> {
    const list = hooks.map((hook) => ({
      timeoutSeconds: null,
      onFailure: null,
      onResume: 'rerun' as const,
      retries: 0,
      ...(typeof hook === 'string' ? { command: hook } : hook),
    }));
    const none = Object.fromEntries(HookStage.options.map((name) => [name, []]));
    const engine = hooksOf({
      // Every stage is named above.
      lists: { ...none, [of]: list } as unknown as HookLists,
      settings: { substitution: 'safe', compatibility: 'sane', timeoutSeconds: 60 },
      runner: { run: (run) => this.#run(run), outcomeOf: async (key) => this.kept.get(key) ?? null },
      clock: {
        now: () => 0,
        monotonic: () => 0,
        sleep: async (milliseconds) => void this.sleeps.push(milliseconds),
      },
      teller: {
        tell: (sentence) => void this.told.push(sentence),
        warn: (sentence) => void this.told.push(`! ${sentence}`),
      },
    });
    return engine.runStage(of, facts, this.ledger, signal);
  }

  async #run(run: HookRun): Promise<HookOutcome> {
    this.runs.push(run);
    const script = run.script.trim();
    if (script === 'hang') await new Promise<void>((resolve) => this.hanging.push(resolve));
    if (script === 'lost') return outcome({ ended: 'unknown', because: 'the spawner died' });
    const [, code = '0'] = /^exit (\d+)$/.exec(script) ?? [];
    return outcome({ exitCode: Number(code) });
  }

  kinds(): readonly string[] {
    return this.records.map(({ kind }) => kind);
  }
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
      veto: `${stage} hook 2 of 3 exited 3 after 12 ms`,
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

  it('starts nothing more once it is aborted', async () => {
    const world = new World();
    await expect(world.play(['true'], stage, AbortSignal.abort(new Error('left')))).rejects.toThrow('left');
    expect(world.runs).toEqual([]);
  });
});

describe('a hook that fails', () => {
  it('is tried again as often as it asks for, after a pause, each attempt on record', async () => {
    const world = new World();
    const { veto } = await world.play([{ command: 'exit 3', retries: 2 }]);
    expect(veto).toBe(`${stage} hook 1 of 1, attempt 3 exited 3 after 12 ms`);
    expect(world.runs.map(({ variables }) => variables['BATON_HOOK_ATTEMPT'])).toEqual(['1', '2', '3']);
    expect(world.sleeps).toEqual([1_000, 1_000]);
    expect(world.kinds()).toEqual(['stage', 'hook', 'hooked', 'hook', 'hooked', 'hook', 'hooked']);
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

  it('is told of in the log alone when the run is over before it ends', async () => {
    const world = new World();
    await world.play(['hang &']);
    world.isRunOver = true;
    world.hanging[0]?.();
    await settled();
    expect(world.told.at(-1)).toBe(
      `${stage} hook 1 of 1 exited 0 after 12 ms, after the end of the run that started it`,
    );
  });

  it('is not started when its intent cannot be recorded', async () => {
    const world = new World();
    await world.play(['true']);
    world.isRunOver = true;
    await expect(world.play(['true &'], post)).rejects.toThrow('the run has ended');
    expect(world.runs).toHaveLength(1);
  });

  it('never vetoes', async () => {
    const world = new World();
    expect(await world.play(['exit 3 &'])).toEqual({ ran: 1, veto: null });
  });
});

describe('a stage that is resumed', () => {
  /** The controller dies while the first hook runs. */
  async function interrupted(hook: string | ({ command: string } & Partial<ConfiguredHook>)): Promise<World> {
    const world = new World();
    void world.play([hook, 'true']);
    await settled();
    return world;
  }

  it('keeps the list it was frozen with', async () => {
    const world = new World();
    await world.play(['true', 'exit 3', 'true']);
    expect(await world.play(['reloaded'])).toMatchObject({
      veto: `${stage} hook 2 of 3 exited 3 after 12 ms`,
    });
    expect(world.runs).toHaveLength(2);
  });

  it('takes the outcome that the runner kept, and does not run the hook again', async () => {
    const world = await interrupted('hang');
    world.kept.set('r/2', outcome({ exitCode: 0 }));
    expect(await world.play([])).toEqual({ ran: 2, veto: null });
    expect(world.runs.map(({ script }) => script)).toEqual(['hang', 'true']);
  });

  it('keeps a veto that nobody lived to record', async () => {
    const world = await interrupted('hang');
    world.kept.set('r/2', outcome({ exitCode: 4 }));
    expect(await world.play([])).toEqual({ ran: 1, veto: `${stage} hook 1 of 2 exited 4 after 12 ms` });
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

  it('goes past a lost hook that is to be skipped, and stays past it', async () => {
    const world = await interrupted({ command: 'hang', onResume: 'skip' });
    expect(await world.play([])).toEqual({ ran: 2, veto: null });
    expect(await world.play([])).toEqual({ ran: 2, veto: null });
    expect(world.runs.map(({ script }) => script)).toEqual(['hang', 'true']);
  });

  it('takes a lost hook that asks for a person for a failure', async () => {
    const world = await interrupted({ command: 'hang', onResume: 'ask' });
    const { veto } = await world.play([]);
    expect(veto).toMatch(/its OnResume is ask, so it is not run again: look what it did$/);
  });

  it('runs a hook only once more when its runner dies of it', async () => {
    const world = new World();
    const { veto } = await world.play(['lost']);
    expect(veto).toMatch(/^PreFailoverProcesses hook 1 of 1, attempt 2 ended in a way that is not known/);
    expect(world.runs).toHaveLength(2);
  });
});

/** Everything that was promised has been kept by the next turn of the event loop: nothing here waits for the world. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
