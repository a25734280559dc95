import type { TakeoverStory } from '../../../workflows/takeover.ts';
import { undoOf, wasRead } from '../../engine/acts.ts';
import type { Order } from '../../engine/ports.ts';
import type { StepContext } from '../../engine/step-context.ts';
import { spelled } from '../../engine/telling.ts';
import type { InstanceKey } from '../../kernel/instance-key.ts';
import { rivalWords } from '../recovery/rivals.ts';
import { lookAt, type StepWorld } from '../step-world.ts';
import { wasLetWrite, wasToldToLead } from '../recovery/told-to-lead.ts';
import { rivalOf, putBack, whyLeftToOthers } from '../undo.ts';

/** What was put back, and what was not. */
interface Undone {
  readonly undone: readonly string[];
  readonly left: readonly string[];
  readonly because: string;
}

/**
 * Puts everything back as it was, the old primary's writes first of all (P9). It stays read-only where the designated
 * replica may take writes: two of them would be worse (P3).
 */
export async function undoTakeover(
  world: StepWorld,
  story: TakeoverStory,
  context: StepContext,
): Promise<Undone> {
  const { history } = context;
  const { instance } = story.finding;
  const orders = undoOf(history(), 'undo').filter(
    // Who was read-only and takes writes now, though this run never let it, was promoted by somebody else.
    (order) => order.verb !== 'setReadOnly' || !order.readOnly || wasLetWrite(history(), order.instance),
  );
  const unsafe = orders.some((order) => isLettingWrite(order, instance))
    ? await whyItStaysReadOnly(world, story, context)
    : null;
  const undone: string[] = [];
  const left: string[] = [];
  for (const order of inOrder(orders, instance)) {
    if (unsafe !== null && isLettingWrite(order, instance)) {
      left.push(`${instance} stays read-only, for ${unsafe}`);
      continue;
    }
    const whyNot = () => whyLeftToOthers(world, story, order, context);
    const because = await putBack(order, context, whyNot, world);
    if (because === null) undone.push(`${order.instance} was asked to ${spelled(order)}`);
    else left.push(because);
  }
  return { undone, left, because: left.length === 0 ? asItWas(context) : `not put back: ${left.join('; ')}` };
}

function isLettingWrite(order: Order, instance: InstanceKey): boolean {
  return order.verb === 'setReadOnly' && !order.readOnly && order.instance === instance;
}

/** Whoever may have been promoted loses its writes first; then the old primary gets its own back; then the rest. */
function inOrder(orders: readonly Order[], instance: InstanceKey): readonly Order[] {
  const rank = (order: Order) => (order.verb === 'setReadOnly' ? (order.readOnly ? 0 : 1) : 2);
  const kept = orders.filter(
    (order) => order.verb !== 'setReadOnly' || order.readOnly || order.instance === instance,
  );
  return kept.toSorted((a, b) => rank(a) - rank(b));
}

/** Null where the old primary may take writes again. */
async function whyItStaysReadOnly(
  world: StepWorld,
  story: TakeoverStory,
  context: StepContext,
): Promise<string | null> {
  const heir = story.election?.successor ?? null;
  const unsafe = heir === null ? null : await whyWritesStayAway(world, heir, context);
  if (unsafe !== null) return unsafe;
  const rival = await rivalOf(world, story, story.finding.instance, context);
  return rival === null ? null : rivalWords(rival);
}

/**
 * A replica that was told to be the primary may take writes; it is made read-only before anything else. Null where
 * it certainly takes none.
 */
async function whyWritesStayAway(
  world: StepWorld,
  heir: InstanceKey,
  { acts, history, signal }: StepContext,
): Promise<string | null> {
  if (!wasToldToLead(history(), heir)) return null;
  const { outcome, because } = await acts.perform({ verb: 'setReadOnly', instance: heir, readOnly: true });
  if (outcome === 'failed') return `${heir} was told to be the primary and may take writes: ${because}`;
  const [seen] = await lookAt(world, [heir], signal);
  return wasRead(seen) && seen.server.readOnly
    ? null
    : `${heir} was told to be the primary and may take writes`;
}

function asItWas({ history }: StepContext): string {
  const ended = history().some((one) => one.kind === 'act' && one.verb === 'endConnections');
  return ended
    ? 'everything is as it was, but for the connections that were ended'
    : 'everything is as it was';
}
