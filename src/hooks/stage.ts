import type { ConfiguredHook } from '../config/hook.ts';
import type { HookContext, HookFacts, HookLedger, Hooks, StageOutcome } from '../engine/ports.ts';
import type { HookStage, StagedHook } from '../engine/record.ts';
import type { Clock } from '../kernel/clock.ts';
import { spoken } from '../kernel/duration.ts';
import { runCommand } from './command.ts';
import { HookGuard } from './guard.ts';
import { followLeftBehind, leaveBehind } from './left-behind.ts';
import { type HookSettings, renderStage } from './render.ts';
import type { HookRunner } from './runner.ts';
import { StageTime } from './stage-time.ts';
import { lengthy } from './stages.ts';
import { takeTurn } from './turn.ts';
import { whenStopping } from './unless-stopping.ts';

export type HookLists = Readonly<Record<HookStage, readonly ConfiguredHook[]>>;

export interface HookWorld {
  readonly lists: HookLists;
  readonly settings: HookSettings;
  readonly runner: HookRunner;
  readonly clock: Clock;
}

/**
 * Runs stages of hooks, one after the other as they are configured. A stage is frozen before its first
 * hook runs; each hook is on record before it starts and after it ended, so that a later life of the
 * controller goes on where this one stopped. The first failure of a hook that may veto ends its stage.
 * Two runs that hold the same cluster never run hooks at once; detached hooks are left out of this.
 */
export function hooksOf(world: HookWorld): Hooks {
  const { lists, settings, runner, clock } = world;
  const guard = new HookGuard();

  async function frozen(
    stage: HookStage,
    facts: HookFacts,
    ledger: HookLedger,
  ): Promise<readonly StagedHook[]> {
    const known = ledger.frozen(stage);
    if (known !== null) return known;
    const hooks = renderStage(stage, lists[stage], facts, settings);
    if (hooks.length > 0) await ledger.freeze(stage, hooks);
    return hooks;
  }

  async function runAll(
    stage: HookStage,
    hooks: readonly StagedHook[],
    { ledger, signal, teller }: HookContext,
  ): Promise<StageOutcome> {
    const seconds = lengthy.has(stage) ? settings.lengthySeconds : settings.stageTimeoutSeconds;
    const time = new StageTime(clock, seconds * 1_000);
    const background = whenStopping(signal);
    let earlier: Promise<unknown> = Promise.resolve();
    for (const [index, hook] of hooks.entries()) {
      signal.throwIfAborted();
      const turn = {
        stage,
        index,
        of: hooks.length,
        hook,
        ledger,
        runner,
        clock,
        teller,
        time,
        earlier,
        signal,
      };
      if (hook.detached) {
        await leaveBehind({ ...turn, signal: background });
        continue;
      }
      const { failure, onRecord } = await takeTurn({ ...turn, onItsWay: () => {} });
      if (failure !== null && hook.mayVeto)
        return { ran: index + 1, veto: failure + behind(hooks.length - index - 1) };
      earlier = onRecord;
    }
    await earlier;
    return { ran: hooks.length, veto: null };
  }

  return {
    has: (stage) => lists[stage].length > 0,
    async runStage(stage, facts, context) {
      const { ledger, signal } = context;
      const hooks = await frozen(stage, facts, ledger);
      if (ledger.holds === null || hooks.every(({ detached }) => detached))
        return runAll(stage, hooks, context);
      const ms = settings.stageTimeoutSeconds * 1_000;
      const entered = await guard.enter(ledger.holds, { clock, ms, signal });
      if (entered === null) {
        const because = `${stage} was not run: hooks of an earlier recovery of this cluster still run after ${spoken(ms)}`;
        context.teller.warn(because, { stage });
        return { ran: 0, veto: because };
      }
      return runAll(stage, hooks, context).finally(entered.release);
    },
    followLeftBehind: (stage, index, context) =>
      followLeftBehind({ stage, index, runner, clock, ...context }),
    runCommand: (run) => runCommand({ settings, runner }, run),
  };
}

function behind(left: number): string {
  if (left === 0) return '';
  return left === 1 ? '; the hook behind it was not run' : `; the ${left} hooks behind it were not run`;
}
