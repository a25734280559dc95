import type { ConfiguredHook } from '../config/hook.ts';
import type { HookFacts, HookLedger, Hooks, StageOutcome, Teller } from '../engine/ports.ts';
import type { HookStage, StagedHook } from '../engine/record.ts';
import type { Clock } from '../kernel/clock.ts';
import { messageOf } from '../kernel/errors.ts';
import { type HookSettings, renderStage } from './render.ts';
import type { HookRunner } from './runner.ts';
import { hasRunEnded, takeTurn, type Turn } from './turn.ts';

export type HookLists = Readonly<Record<HookStage, readonly ConfiguredHook[]>>;

/**
 * Runs stages of hooks, one after the other as they are configured. A stage is frozen before its first
 * hook runs; each hook is on record before it starts and after it ended, so that a later life of the
 * controller goes on where this one stopped. The first failure of a hook that may veto ends its stage.
 */
export function hooksOf(world: {
  readonly lists: HookLists;
  readonly settings: HookSettings;
  readonly runner: HookRunner;
  readonly clock: Clock;
  readonly teller: Teller;
}): Hooks {
  const { lists, settings, ...rest } = world;

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

  async function runStage(
    stage: HookStage,
    facts: HookFacts,
    ledger: HookLedger,
    signal: AbortSignal,
  ): Promise<StageOutcome> {
    const hooks = await frozen(stage, facts, ledger);
    for (const [index, hook] of hooks.entries()) {
      signal.throwIfAborted();
      const turn = { stage, index, of: hooks.length, hook, ledger, ...rest };
      const failure = hook.detached
        ? await leaveBehind(turn)
        : await takeTurn({ ...turn, signal, onItsWay: () => {} });
      if (failure !== null && hook.mayVeto) return { ran: index + 1, veto: failure };
    }
    return { ran: hooks.length, veto: null };
  }

  return { runStage };
}

/**
 * Waits only until the hook is on its way. What comes of it is recorded when it comes, if the run still
 * takes records by then. Leaving the state that started it is no reason to end it.
 */
function leaveBehind(turn: Omit<Turn, 'signal' | 'onItsWay'>): Promise<null> {
  const { stage, index, teller } = turn;
  const { signal } = new AbortController();
  return new Promise((resolve, reject) => {
    let isAway = false;
    const onItsWay = () => {
      isAway = true;
      resolve(null);
    };
    takeTurn({ ...turn, signal, onItsWay }).then(onItsWay, (error: unknown) => {
      const lost = `${stage} hook ${index + 1}: what came of it cannot be recorded: ${messageOf(error)}`;
      if (!isAway) reject(error);
      else if (!hasRunEnded(error)) teller.warn(lost, { stage });
    });
  });
}
