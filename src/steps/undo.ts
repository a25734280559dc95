import type { Finding } from '../analysis/finding.ts';
import { undoOf, wasRead } from '../engine/acts.ts';
import { withdrawnIn } from '../engine/publications.ts';
import { endsRun } from '../engine/perform.ts';
import { lastingIn } from '../engine/undo.ts';
import type { Order } from '../engine/ports.ts';
import type { StepContext } from '../engine/step-context.ts';
import type { JournalRecord } from '../engine/record.ts';
import { spelled } from '../engine/telling.ts';
import { messageOf } from '../kernel/errors.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';
import type { Cluster } from '../topology/cluster.ts';
import type { Observation } from '../topology/observation.ts';
import { promotedByAnother, rivalWords, takesWritesAlone } from './recovery/rivals.ts';
import { connectWithinMs, lookAgainMs, lookAt, type StepWorld } from './step-world.ts';
import { wasLetWrite } from './recovery/told-to-lead.ts';

/** Puts back what the acts of this run have changed, on all servers or on some, and says what it could not (P9). */
export async function undo(
  world: StepWorld,
  story: Concerned,
  context: StepContext,
  concerns: (instance: InstanceKey) => boolean = () => true,
) {
  const { history } = context;
  const undone: string[] = [];
  const left: string[] = [];
  for (const order of undoOf(history(), 'undo').filter(({ instance }) => concerns(instance))) {
    // Who takes writes though we never told it to was promoted by somebody else meanwhile.
    if (order.verb === 'setReadOnly' && order.readOnly && !wasLetWrite(history(), order.instance)) continue;
    const because = await putBack(order, context, () => whyItStays(world, story, order, context), world);
    if (because === null) undone.push(`${order.instance} was asked to ${spelled(order)}`);
    else left.push(because);
  }
  left.push(...(await whyNotTakenBack(story, context)));
  const lasting = lastingIn(history(), 'undo');
  const stays = [...left, ...lasting];
  const because = stays.length === 0 ? 'everything is as it was' : `not put back: ${stays.join('; ')}`;
  return { undone, left, lasting, because };
}

/**
 * Puts one server back, unless `whyNot` has a reason. Null where it is as it was; otherwise a sentence, also of what should never have
 * happened: the other servers are still to be put back, and who hears the end hears which was not.
 */
export async function putBack(
  order: Order,
  context: Pick<StepContext, 'acts' | 'clock' | 'signal'>,
  whyNot: () => Promise<string | null>,
  world: StepWorld,
): Promise<string | null> {
  const { instance } = order;
  try {
    const stays = await whyNot();
    if (stays !== null) return stays;
    const { outcome, because } = await context.acts.perform(order);
    if (outcome === 'failed') return `${instance} was not asked to ${spelled(order)}: ${because}`;
    const stuck = order.verb === 'follow' ? await whyItDoesNotFollow(world, instance, context) : null;
    return stuck === null ? null : `${instance} was asked to ${spelled(order)}, and does not: ${stuck}`;
  } catch (error) {
    if (context.signal.aborted || endsRun(error)) throw error;
    return `nobody knows whether ${instance} was asked to ${spelled(order)}: ${messageOf(error)}`;
  }
}

/** Why a server that this run has changed is better left so; null where it may be put back. */
async function whyItStays(
  world: StepWorld,
  story: Concerned,
  order: Order,
  context: StepContext,
): Promise<string | null> {
  const { instance } = order;
  if (order.verb === 'setReadOnly' && !order.readOnly) {
    if (anyWasToldToLead(context.history()))
      return `${instance} stays read-only, for another server was told to be the primary`;
    const rival = await rivalOf(world, story, instance, context);
    if (rival !== null) return `${instance} stays read-only, for ${rivalWords(rival)}`;
  }
  return whyLeftToOthers(world, story, order, context);
}

/** The world is told again of whom it was told before. */
async function whyNotTakenBack(
  { cluster }: Pick<Concerned, 'cluster'>,
  { publications, history }: Pick<StepContext, 'publications' | 'history'>,
): Promise<readonly string[]> {
  if (publications === null || withdrawnIn(history()) === null) return [];
  if (anyWasToldToLead(history()))
    return [
      `nobody is sent to a primary of ${cluster.alias}, for a server was told to be one that may not be`,
    ];
  const taken = await publications.takeBack(cluster);
  return taken?.outcome === 'failed' ? [`${taken.primary} was not published again: ${taken.because}`] : [];
}

/** What says of a run which servers it is about. */
export interface Concerned {
  readonly cluster: Cluster;
  readonly finding?: Pick<Finding, 'instance' | 'replicas'>;
  /** Who was in the cluster when it was planned to be changed, as far as that was written down. */
  readonly members?: readonly InstanceKey[];
}

/** Whoever somebody else has promoted is in a cluster of its own by now, so those that were its siblings are asked too. */
export function rivalOf(
  world: StepWorld,
  { cluster, finding, members: before = [] }: Concerned,
  instance: InstanceKey,
  context: Pick<StepContext, 'signal' | 'history'>,
): Promise<InstanceKey | null> {
  const touched = context.history().flatMap((record) => (record.kind === 'act' ? [record.instance] : []));
  const members = world.inventory.members(cluster.id).map(({ key }) => key);
  const whom = [
    ...members,
    ...before,
    ...touched,
    ...(finding === undefined ? [] : [finding.instance, ...finding.replicas]),
  ];
  return promotedByAnother(
    world,
    whom.filter((key) => key !== instance),
    context,
  );
}

/**
 * Why a server is left as it is, though this run has changed it: somebody else has promoted it meanwhile, or whom it
 * follows, or has pointed it elsewhere. Null where it may be put back.
 */
export async function whyLeftToOthers(
  world: StepWorld,
  { cluster }: Concerned,
  order: Order,
  { history, signal }: Pick<StepContext, 'history' | 'signal'>,
): Promise<string | null> {
  const { instance } = order;
  if (order.verb === 'setReadOnly') return null;
  const isPromoted = (one: Observation | undefined) =>
    one !== undefined &&
    one.key !== cluster.name &&
    takesWritesAlone(one) &&
    !wasLetWrite(history(), one.key);
  const [seen] = await lookAt(world, [instance], signal);
  if (isPromoted(seen)) return `${instance} is left as it is, for ${rivalWords(instance)}`;
  const source = wasRead(seen) ? (seen.server.replication?.source ?? null) : null;
  if (order.verb !== 'follow' || source === null || source === order.source) return null;
  const [followed] = await lookAt(world, [source], signal);
  return isPromoted(followed) ? `${instance} is left below ${source}, for ${rivalWords(source)}` : null;
}

/** Two primaries are worse than none (P3 before P9), and nobody can be sure of one that was told to lead. */
function anyWasToldToLead(history: readonly JournalRecord[]): boolean {
  return history.some((record) => record.kind === 'act' && record.verb === 'promote');
}

/** A server that forgot its source has forgotten the account too, and says so only when it tries. Null where it tries. */
async function whyItDoesNotFollow(
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
