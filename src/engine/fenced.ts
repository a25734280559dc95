import { z } from 'zod';
import { type FencingLevel, fencingLevels, reaches } from '../analysis/cost/fencing.ts';
import type { Server } from '../topology/observation.ts';
import { traitsOf } from './plan.ts';
import type { Order } from './ports.ts';
import type { JournalRecord } from './record.ts';

/** What a step answers that has kept the old primary from taking writes, whatever it is called. */
const Fenced = z.object({ level: z.enum(fencingLevels) });

/** How sure a run is that the old primary takes no writes, by what it was last answered. */
function fencingIn(records: readonly JournalRecord[]): FencingLevel {
  const levels = records.flatMap((record) => {
    if (record.kind !== 'answered' || record.answer.kind !== 'ok') return [];
    return Fenced.safeParse(record.answer.value).data?.level ?? [];
  });
  return levels.at(-1) ?? 'none';
}

/** Why a server may not be made the primary (P3); null where it may, and of every other order. */
export function whyNotFenced(
  order: Order,
  server: Server,
  { history, required }: { history: readonly JournalRecord[]; required: FencingLevel },
): string | null {
  if (!traitsOf(order, server).needsFence) return null;
  const level = fencingIn(history);
  return reaches(level, required)
    ? null
    : `${order.instance} is not made the primary, for this run is only "${level}" sure that the old one takes no writes, and FencingLevelRequired is "${required}"`;
}
