import { z } from 'zod';
import { leftBehindRoom } from '../engine/ledger.ts';
import type { Hooks } from '../engine/ports.ts';
import { HookStage } from '../engine/record.ts';
import { type DriveWorld, RunBook } from '../engine/run-book.ts';
import { messageOf } from '../kernel/errors.ts';

/** How long is waited before the journal is asked again. */
const restMs = 1_000;

const LeftBehind = z.object({ uid: z.string(), stage: HookStage, index: z.number() });

/**
 * Learns what came of the hooks that earlier lives of the controller left behind, of runs that have ended
 * and of those that go on. Resolves when nothing is outstanding any more; never rejects.
 */
export async function followLeftBehind(world: DriveWorld, hooks: Hooks, signal: AbortSignal): Promise<void> {
  const kept = await keptIn(world, signal);
  await Promise.all(
    [...kept.values()].map((value) =>
      follow(world, hooks, value, signal).catch((error: unknown) => {
        if (!signal.aborted)
          world.teller.warn(`what came of a hook cannot be recorded: ${messageOf(error)}`, {});
      }),
    ),
  );
}

/** Asked again until the journal answers, for a moment in which it does not must not lose them; nothing where the signal came first. */
async function keptIn(
  { journal, clock, teller }: DriveWorld,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, unknown>> {
  for (let hasSaid = false; !signal.aborted; hasSaid = true) {
    try {
      return await journal.kept(leftBehindRoom);
    } catch (error) {
      if (!hasSaid) teller.warn(`which hooks were left behind cannot be read yet: ${messageOf(error)}`, {});
      await clock.sleep(restMs, signal).catch(() => {});
    }
  }
  return new Map();
}

async function follow(world: DriveWorld, hooks: Hooks, value: unknown, signal: AbortSignal): Promise<void> {
  const { uid, stage, index } = LeftBehind.parse(value);
  const run = await world.journal.read(uid);
  if (run === null) return world.journal.drop(leftBehindRoom, `${uid} ${stage} ${index}`);
  const { opening, records } = run;
  const book = new RunBook(opening.workflow, uid, world);
  book.recall(opening, records);
  const context = book.contextFor('followLeftBehind', signal);
  const isBegun = context.ledger.runs(stage, index).length > 0;
  // Nothing was started yet, and whoever continues the run will start it.
  if (!isBegun && records.every(({ kind }) => kind !== 'ended')) return;
  await hooks.followLeftBehind(stage, index, context);
}
