import type { ReshapingInput, ReshapingStory, reshapingSteps } from '../../../workflows/reshaping.ts';
import { executed, holdings } from '../../analysis/choice/candidates.ts';
import { wasRead } from '../../engine/acts.ts';
import type { StepFunctions } from '../../engine/drive.ts';
import type { HookFacts } from '../../engine/ports.ts';
import { planText } from '../../engine/plan.ts';
import { type Refused, refuse, type StepContext } from '../../engine/step-context.ts';
import type { InstanceKey } from '../../kernel/instance-key.ts';
import { countGtid, subtractGtid } from '../../topology/gtid/arithmetic.ts';
import { compareCoordinates, coordinatesText } from '../../topology/coordinates.ts';
import { isReplicating, type Server } from '../../topology/observation.ts';
import { rivalWords } from '../recovery/rivals.ts';
import { runStage } from '../run-stage.ts';
import { Standstill } from '../standstill.ts';
import { connectWithinMs, lookAgainMs, lookAt, type StepWorld } from '../step-world.ts';
import { rivalOf, undo } from '../undo.ts';
import { planOf } from './plan.ts';
import type { Action, ReshapingPlan } from './shape.ts';

/** The steps of an operation on a topology, in the order of workflows/reshaping.ts. */
export function reshapingStepsOn(world: StepWorld): StepFunctions<typeof reshapingSteps> {
  return {
    async plan(story, { signal }) {
      const plan = await planNow(world, story, signal);
      if (plan.refusals.length > 0) return refuse('reshaping-refused', plan.refusals.join('; '));
      const members = world.inventory.members(story.cluster.id);
      const sentences = planText(plan.actions, members);
      const known = members.find(({ key }) => key === story.operation.instance);
      return {
        plan: sentences,
        members: members.map(({ key }) => key),
        source: known?.server?.replication?.source ?? null,
        because: sentences.join('; then '),
      };
    },
    carryOut: (story, context) => carryOut(world, story, context),
    takeMasterHooks: (story, context) =>
      runStage(world, 'PostTakeMasterProcesses', takeMasterFacts(world, story, context.uid), context),
    undo: (story, context) => undo(world, story, context),
  };
}

/** How it would be done, and every reason against it, by what the servers say at this moment. */
export async function planNow(
  world: StepWorld,
  { operation, cluster }: Pick<ReshapingInput, 'operation' | 'cluster'>,
  signal: AbortSignal,
): Promise<ReshapingPlan> {
  const keys = world.inventory.members(cluster.id).map(({ key }) => key);
  await lookAt(world, keys, signal);
  return planOf(operation, {
    members: world.inventory.members(cluster.id),
    rules: world.settings.replicationRules,
  });
}

/** Half of it is never left: the first thing that cannot be done ends it. */
async function carryOut(
  world: StepWorld,
  story: ReshapingStory,
  context: StepContext,
): Promise<{ because: string } | Refused> {
  const { actions, refusals } = await planNow(world, story, context.signal);
  // It was planned a moment ago, and somebody may have changed the cluster since.
  if (refusals.length > 0) return refuse('reshaping-refused', refusals.join('; '));
  for (const action of actions) {
    const because = await whyNotDone(world, story, action, context);
    if (because !== null) return refuse('reshaping-failed', because);
  }
  return { because: 'everything was done as planned' };
}

async function whyNotDone(
  world: StepWorld,
  story: ReshapingStory,
  action: Action,
  context: StepContext,
): Promise<string | null> {
  if (action.kind === 'await') return whyItLacks(world, action, context);
  const { order } = action;
  if (order.verb === 'setReadOnly' && !order.readOnly) {
    const rival = await rivalOf(world, story, order.instance, context);
    if (rival !== null) return `${order.instance} may not take writes, for ${rivalWords(rival)}`;
  }
  const { outcome, because } = await context.acts.perform(order);
  if (outcome === 'failed') return because ?? `${order.instance} did not do it`;
  return order.verb === 'follow' ? whyItDoesNotReplicate(world, order.instance, context) : null;
}

/** Waits until a server has executed all that another holds, for as long as it makes progress. */
async function whyItLacks(
  world: StepWorld,
  { instance, has }: Extract<Action, { kind: 'await' }>,
  { clock, signal }: StepContext,
): Promise<string | null> {
  const standstill = new Standstill(clock, world.settings.applyStallMs);
  while (true) {
    const [waited, holder] = await lookAt(world, [instance, has], signal);
    if (!wasRead(waited)) return waited?.error ?? `${instance} does not answer`;
    if (!wasRead(holder)) return holder?.error ?? `${has} does not answer`;
    const missing = lackOf(waited.server, instance === has ? null : holder.server);
    if (missing === null) return null;
    if (standstill.isReached(missing))
      return `${instance} lacks ${missing} that ${has} has, and does not come to have it`;
    await clock.sleep(lookAgainMs, signal);
  }
}

/** What a server has yet to execute of what another holds, or of what it has received itself; null for nothing. */
function lackOf(waited: Server, holder: Server | null): string | null {
  const { replication } = waited;
  if (holder === null && replication?.position === 'coordinates') {
    const { readCoordinates: read, execCoordinates: applied, source } = replication;
    if (read === null || applied === null || compareCoordinates(read, applied) <= 0) return null;
    return `the log of ${source} from ${coordinatesText(applied)} to ${coordinatesText(read)}`;
  }
  const missing = countGtid(subtractGtid(holdings(holder ?? waited), executed(waited)));
  return missing === 0n ? null : `${missing} ${missing === 1n ? 'transaction' : 'transactions'}`;
}

/** A replica is moved when it replicates from its new source, not when it was told to. */
async function whyItDoesNotReplicate(
  world: StepWorld,
  instance: InstanceKey,
  { clock, signal }: StepContext,
): Promise<string | null> {
  const until = clock.monotonic() + 5 * connectWithinMs;
  while (true) {
    const [seen] = await lookAt(world, [instance], signal);
    if (wasRead(seen) && isReplicating(seen.server)) return null;
    if (clock.monotonic() >= until) {
      const replication = wasRead(seen) ? seen.server.replication : null;
      const error = replication?.lastIoError || replication?.lastSqlError || seen?.error;
      return `${instance} does not replicate from its new source: ${error || 'it says nothing of why'}`;
    }
    await clock.sleep(lookAgainMs, signal);
  }
}

/** Of a replica that took the place of its source: hooks are told who took it and who lost it (orchestrator 3.2.6, section 1.5). */
function takeMasterFacts(
  { settings }: StepWorld,
  { operation, cluster, request, source }: ReshapingStory,
  uid: string,
): HookFacts {
  return {
    failureType: '',
    instanceType: 'intermediate-master',
    isMaster: false,
    isCoMaster: false,
    failureDescription: '',
    command: operation.verb,
    failed: source ?? operation.instance,
    failureCluster: cluster.name,
    failureClusterAlias: cluster.alias,
    failureClusterDomain: cluster.domain,
    countReplicas: 0,
    isDowntimed: false,
    autoMasterRecovery: settings.autoMasterRecovery(cluster),
    autoIntermediateMasterRecovery: settings.autoIntermediateMasterRecovery(cluster),
    orchestratorHost: settings.hostname,
    recoveryUid: uid,
    isSuccessful: true,
    successor: { instance: operation.instance, alias: '', binlogCoordinates: null },
    lostReplicas: [],
    replicas: [],
    initiator: request.who,
    reason: request.why,
    dataVerdict: null,
  };
}

/** What is owed when this build cannot continue it: what was changed is put back. */
export async function settleReshaping(
  world: StepWorld,
  input: unknown,
  context: StepContext,
): Promise<string> {
  const { because } = await undo(world, input as ReshapingInput, context);
  return because;
}
