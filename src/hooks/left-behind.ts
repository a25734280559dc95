import { z } from 'zod';
import { leftBehindRoom, ledgerOf } from '../engine/ledger.ts';
import type { Journal, Teller } from '../engine/ports.ts';
import { HookStage, type JournalRecord } from '../engine/record.ts';
import type { Clock } from '../kernel/clock.ts';
import { messageOf } from '../kernel/errors.ts';
import type { HookRunner } from './runner.ts';
import { StageTime } from './stage-time.ts';
import { takeTurn, type Turn } from './turn.ts';
import { whenStopping } from './unless-stopping.ts';

/**
 * Waits only until the hook is on its way. What comes of it is recorded when it comes, be it after the
 * end of the run. Leaving the state that started it is no reason to end it. One that an earlier life of
 * the controller left behind is `followLeftBehind`'s.
 */
export async function leaveBehind(turn: Omit<Turn, 'onItsWay'>): Promise<void> {
  const { stage, index, ledger, teller } = turn;
  if (ledger.runs(stage, index).length > 0) return;
  const earlier = Promise.all([turn.earlier, ledger.leftBehind(stage, index)]);
  const signal = whenStopping(turn.signal);
  return new Promise((resolve, reject) => {
    let isAway = false;
    const onItsWay = () => {
      isAway = true;
      resolve();
    };
    takeTurn({ ...turn, earlier, signal, onItsWay })
      .then(({ onRecord }) => Promise.all([onRecord, ledger.settled(stage, index)]))
      .then(onItsWay, (error: unknown) => {
        if (!isAway) return reject(error);
        if (signal.aborted) return;
        const because = `${stage} hook ${index + 1}: what came of it cannot be recorded: ${messageOf(error)}`;
        teller.warn(because, { stage });
      });
  });
}

const LeftBehind = z.object({ uid: z.string(), stage: HookStage, index: z.number() });

/** What the port Hooks promises under this name. */
export async function followLeftBehind(world: {
  readonly journal: Journal;
  readonly runner: HookRunner;
  readonly clock: Clock;
  readonly teller: Teller;
  /** Of this life of the controller. */
  readonly token: number;
  readonly signal: AbortSignal;
}): Promise<void> {
  const kept = await world.journal.kept(leftBehindRoom);
  const all = [...kept.values()].map(async (value) => follow(world, LeftBehind.parse(value)));
  for (const settled of await Promise.allSettled(all)) {
    if (settled.status === 'rejected' && !world.signal.aborted)
      world.teller.warn(`what came of a hook cannot be recorded: ${messageOf(settled.reason)}`, {});
  }
}

async function follow(
  { journal, runner, clock, teller, token, signal }: Parameters<typeof followLeftBehind>[0],
  { uid, stage, index }: z.infer<typeof LeftBehind>,
): Promise<void> {
  const run = await journal.read(uid);
  const records: JournalRecord[] = [...(run?.records ?? [])];
  const ledger = ledgerOf({
    uid,
    holds: null,
    journal,
    clock,
    history: () => records,
    async append(entry) {
      const record = await journal.append(uid, entry, clock.now(), token);
      records.push(record);
      return record;
    },
    // Nobody can answer for a run that is over: an ask waits out its time.
    next: (stop) => new Promise((_, reject) => stop.addEventListener('abort', () => reject(stop.reason))),
  });
  const hooks = ledger.frozen(stage);
  const hook = hooks?.[index];
  const isBegun = hooks !== null && hook !== undefined && ledger.runs(stage, index).length > 0;
  // Nothing was started yet, and whoever continues the run will start it.
  if (!isBegun && records.every(({ kind }) => kind !== 'ended')) return;
  if (isBegun) {
    const time = new StageTime(clock, Number.POSITIVE_INFINITY);
    const turn = { stage, index, of: hooks.length, hook, ledger, runner, clock, teller, time, signal };
    const { onRecord } = await takeTurn({ ...turn, earlier: Promise.resolve(), onItsWay: () => {} });
    await onRecord;
  }
  await ledger.settled(stage, index);
}
