import { z } from 'zod';
import type { Server } from '../topology/observation.ts';
import { traitsOf } from './plan.ts';
import type { Order } from './ports.ts';
import type { JournalRecord } from './record.ts';

/** What a step answers that has written down what only one server has, whatever it is called. */
const Saved = z.object({ file: z.string().min(1) });

/** Why a server may not be made to drop everything (P4); null where it may, and of every other order. */
export function whyNotSaved(order: Order, server: Server, history: readonly JournalRecord[]): string | null {
  if (traitsOf(order, server).drops !== 'everything') return null;
  const isSaved = history.some(
    (record) =>
      record.kind === 'answered' &&
      record.answer.kind === 'ok' &&
      Saved.safeParse(record.answer.value).success,
  );
  return isSaved
    ? null
    : `${order.instance} is not made to drop all that it has, for nothing in this run has written down what only it has`;
}
