import { undoOf, wasRead } from '../engine/acts.ts';
import { lastingIn } from '../engine/undo.ts';
import type { StepContext } from '../engine/step-context.ts';
import type { JournalRecord } from '../engine/record.ts';
import { spelled } from '../engine/telling.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';
import { wasToldToLead } from './promote.ts';
import { connectWithinMs, lookAgainMs, lookAt, type StepWorld } from './step-world.ts';

/** Puts back what the acts of this run have changed, on all servers or on some, and says what it could not (P9). */
export async function undo(
  world: StepWorld,
  { acts, history, clock, signal }: StepContext,
  concerns: (instance: InstanceKey) => boolean = () => true,
) {
  const undone: string[] = [];
  const left: string[] = [];
  for (const order of undoOf(history(), 'undo').filter(({ instance }) => concerns(instance))) {
    // Who takes writes though we never told it to was promoted by somebody else meanwhile.
    if (order.verb === 'setReadOnly' && order.readOnly && !wasLetWrite(history(), order.instance)) continue;
    if (order.verb === 'setReadOnly' && !order.readOnly && anyWasToldToLead(history())) {
      left.push(`${order.instance} stays read-only, for another server was told to be the primary`);
      continue;
    }
    const { outcome, because } = await acts.perform(order);
    const stuck =
      order.verb === 'follow' ? await whyItDoesNotFollow(world, order.instance, { clock, signal }) : null;
    if (outcome === 'failed') left.push(`${order.instance} was not asked to ${spelled(order)}: ${because}`);
    else if (stuck !== null)
      left.push(`${order.instance} was asked to ${spelled(order)}, and does not: ${stuck}`);
    else undone.push(`${order.instance} was asked to ${spelled(order)}`);
  }
  left.push(...lastingIn(history(), 'undo'));
  const because = left.length === 0 ? 'everything is as it was' : `not put back: ${left.join('; ')}`;
  return { undone, left, because };
}

/** Two primaries are worse than none (P3 before P9), and nobody can be sure of one that was told to lead. */
function anyWasToldToLead(history: readonly JournalRecord[]): boolean {
  return history.some((record) => record.kind === 'act' && record.verb === 'promote');
}

/** Whether this run has told a server to be the primary, or to take writes, be it done or not. */
function wasLetWrite(history: readonly JournalRecord[], instance: InstanceKey): boolean {
  const isLet = ({ verb, order }: { verb: string; order: unknown }) =>
    verb === 'setReadOnly' && (order as { readOnly: boolean }).readOnly === false;
  return (
    wasToldToLead(history, instance) ||
    history.some((record) => record.kind === 'act' && record.instance === instance && isLet(record))
  );
}

/** A server that forgot its source has forgotten the account too, and says so only when it tries. Null where it tries. */
export async function whyItDoesNotFollow(
  world: StepWorld,
  instance: InstanceKey,
  { clock, signal }: Pick<StepContext, 'clock' | 'signal'>,
): Promise<string | null> {
  const until = clock.monotonic() + connectWithinMs;
  while (true) {
    const [seen] = await lookAt(world, [instance], signal);
    const replication = wasRead(seen) ? seen.server.replication : null;
    if (replication !== null && replication.ioThread !== 'stopped' && replication.ioThread !== 'none')
      return null;
    if (clock.monotonic() >= until)
      return replication?.lastIoError || seen?.error || 'its receiving thread stands still';
    await clock.sleep(lookAgainMs, signal);
  }
}
