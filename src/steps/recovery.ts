import type { RecoveryStory, recoverySteps } from '../../workflows/recovery.ts';
import {
  type Candidate,
  chooseSuccessor,
  executed,
  holdings,
  unreadableGtidOf,
} from '../analysis/candidates.ts';
import { answers } from '../analysis/gates.ts';
import { undoOf, wasRead } from '../engine/acts.ts';
import type { StepFunctions } from '../engine/drive.ts';
import type { JournalRecord } from '../engine/record.ts';
import { type Refused, refuse, type StepContext } from '../engine/step-context.ts';
import { spelled } from '../engine/telling.ts';
import { BatonError } from '../kernel/errors.ts';
import { compareKeys, type InstanceKey } from '../kernel/instance-key.ts';
import { coordinatesText } from '../topology/coordinates.ts';
import { countGtid, subtractGtid, unionGtid } from '../topology/gtid/arithmetic.ts';
import { isEmptyGtid } from '../topology/gtid/gtid-set.ts';
import { parseGtid } from '../topology/gtid/parse.ts';
import { gtidText } from '../topology/gtid/text.ts';
import { isReplicating, type Observation } from '../topology/observation.ts';
import { confirmFailure } from './confirm.ts';
import { hookFacts } from './hook-facts.ts';
import { runStage } from './run-stage.ts';
import { lookAt, type StepWorld } from './step-world.ts';

/** Between two looks at a replica that is applying, connecting or stopping. */
const lookAgainMs = 15;
/** How long the old primary may take to say that it is back, just before another is promoted. */
const lastLookMs = 100;
/** How long a repointed replica may take to connect before the hooks are told without waiting for it. */
const connectWithinMs = 1_000;

/** The steps of a recovery of a dead primary, in the order of workflows/recovery.ts. */
export function recoveryStepsOn(world: StepWorld): StepFunctions<typeof recoverySteps> {
  const { settings, inventory } = world;
  return {
    confirm: (story, context) => confirmFailure(world, story, context),

    preFailoverHooks: (story, context) =>
      runStage(world, 'PreFailoverProcesses', hookFacts(world, story, context.uid), context),

    async fence({ finding: { instance } }, { signal }) {
      const [seen] = await lookAt(world, [instance], signal);
      if (wasRead(seen) && !seen.server.readOnly) return primaryIsBack(instance);
      if (wasRead(seen)) return { level: 'proven', because: `${instance} answers and is read-only` };
      const alive = primaryAnswers(seen);
      if (alive !== null) return alive;
      if (settings.fencingRequired === 'proven') {
        return refuse(
          'fencing-level',
          `nobody can prove that ${instance} takes no writes (${seen?.error}), and FencingLevelRequired is "proven"`,
        );
      }
      return {
        level: 'attempted',
        because: `${seen?.error}, so nothing more can be done to keep writes from it`,
      };
    },

    async gather({ finding }, { acts }) {
      const results = await Promise.all(
        finding.replicas.map(async (instance) => ({
          instance,
          ...(await acts.perform({ verb: 'stopReceiving', instance })),
        })),
      );
      const reached = results.filter(({ outcome }) => outcome !== 'failed');
      const missing = results.filter(({ outcome }) => outcome === 'failed');
      if (reached.length === 0) {
        const reasons = missing.map(({ because }) => because).join('; ');
        return refuse('no-replicas', `no replica of ${finding.instance} did what it was asked: ${reasons}`);
      }
      return {
        gathered: reached.map(({ instance }) => instance),
        missing: missing.map(({ instance, because }) => ({
          instance,
          because: because ?? 'it could not be reached',
        })),
      };
    },

    async elect({ finding, cluster, lost }, { acts, signal }) {
      // One that could not be reached a moment ago may have the most of all.
      await Promise.all(lost.map(({ instance }) => acts.perform({ verb: 'stopReceiving', instance })));
      const seen = await lookAt(world, finding.replicas, signal);
      const members = new Map(inventory.members(cluster.id).map((instance) => [instance.key, instance]));
      const candidates = seen.filter(wasRead).flatMap(({ key, server }): Candidate[] => {
        const instance = members.get(key);
        return instance === undefined || server.replication?.source !== finding.instance
          ? []
          : [{ instance, server }];
      });
      const choice = chooseSuccessor(candidates, {
        failed: members.get(finding.instance) ?? null,
        ignoredHosts: settings.promotionIgnoredHosts,
      });
      return choice.successor === null ? refuse('no-candidate', choice.because) : choice;
    },

    async catchUp(story, { clock, signal, teller }) {
      const candidate = electedIn(story);
      let [left, movedAt] = [-1n, clock.monotonic()];
      while (true) {
        const [seen] = await lookAt(world, [candidate], signal);
        if (!wasRead(seen))
          return refuse('candidate-lost', `${candidate} no longer answers: ${seen?.error ?? ''}`);
        const unreadable = unreadableGtidOf(seen.server);
        if (unreadable !== null) return refuse('candidate-lost', `${candidate} ${unreadable}`);
        const waiting = countGtid(subtractGtid(holdings(seen.server), executed(seen.server)));
        if (waiting === 0n) return { applied: true, because: `${candidate} has applied all it received` };
        if (seen.server.replication?.sqlThread !== 'running') {
          return refuse(
            'apply-stopped',
            `${candidate} has ${waiting} transactions to apply, but its applying thread does not run`,
          );
        }
        if (waiting !== left) {
          if (left < 0n)
            teller.tell(`${candidate} has ${waiting} transactions left to apply`, { instance: candidate });
          [left, movedAt] = [waiting, clock.monotonic()];
        } else if (clock.monotonic() - movedAt > settings.applyStallMs) {
          return refuse(
            'apply-stalled',
            `${candidate} has stopped applying with ${waiting} transactions to go; promoting it now would drop them`,
          );
        }
        await clock.sleep(lookAgainMs, signal);
      }
    },

    async promote(story, { acts, signal }) {
      const successor = electedIn(story);
      const forbidden = await whyNotPromote(world, story, signal);
      if (forbidden !== null) return forbidden;
      const { outcome, because } = await acts.perform({ verb: 'promote', instance: successor });
      if (outcome === 'failed')
        throw new BatonError('act-failed', `${successor} could not be promoted: ${because}`);
      const [seen] = await lookAt(world, [successor], signal);
      const coordinates = wasRead(seen) ? seen.server.binlogCoordinates : null;
      return { coordinates: coordinates === null ? null : coordinatesText(coordinates) };
    },

    async verify(story, { signal, history }) {
      const successor = electedIn(story);
      const [seen] = await lookAt(world, [successor], signal);
      if (!wasRead(seen)) {
        return wasToldToLead(history(), successor)
          ? {
              stands: 'unknown',
              because: `${seen?.error}, so it may take writes by now: no other is promoted`,
            }
          : { stands: 'not', because: `${seen?.error}; it was not told to be the primary yet` };
      }
      const { readOnly, replication } = seen.server;
      if (replication !== null)
        return { stands: 'not', because: `${successor} still has the source ${replication.source}` };
      if (readOnly) return { stands: 'half', because: `${successor} has no source but is still read-only` };
      return { stands: 'promoted', because: `${successor} has no source and takes writes` };
    },

    repoint: (story, context) => repointReplicas(world, story, context),

    postPrimaryHooks: (story, context) =>
      runStage(world, 'PostMasterFailoverProcesses', hookFacts(world, story, context.uid), context),

    postFailoverHooks: (story, context) =>
      runStage(world, 'PostFailoverProcesses', hookFacts(world, story, context.uid), context),

    async undo(_, { acts, history, clock, signal }) {
      const undone: string[] = [];
      const left: string[] = [];
      for (const order of undoOf(history(), 'undo')) {
        // Who takes writes though we never told it to was promoted by somebody else meanwhile.
        if (order.verb === 'setReadOnly' && !wasToldToLead(history(), order.instance)) continue;
        const { outcome, because } = await acts.perform(order);
        const stuck =
          order.verb === 'follow' ? await whyItDoesNotFollow(world, order.instance, { clock, signal }) : null;
        if (outcome === 'failed')
          left.push(`${order.instance} was not asked to ${spelled(order)}: ${because}`);
        else if (stuck !== null)
          left.push(`${order.instance} was asked to ${spelled(order)}, and does not: ${stuck}`);
        else undone.push(`${order.instance} was asked to ${spelled(order)}`);
      }
      const because = left.length === 0 ? 'everything is as it was' : `not put back: ${left.join('; ')}`;
      return { undone, left, because };
    },

    postUnsuccessfulHooks: (story, context) =>
      runStage(world, 'PostUnsuccessfulFailoverProcesses', hookFacts(world, story, context.uid), context),
  };
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

/**
 * What is owed when a recovery cannot be continued by this build: the hooks of the end it reached. Where
 * no server was told to be the primary, the replicas receive again first, for those that we keep from
 * replicating are no witnesses when the failure is looked at afresh.
 */
export async function settleRecovery(
  world: StepWorld,
  input: unknown,
  context: StepContext,
): Promise<string> {
  const { finding, cluster } = input as RecoveryStory;
  const promoted = context.history().findLast((record) => record.kind === 'act' && record.verb === 'promote');
  const successor = promoted?.kind === 'act' ? promoted.instance : null;
  const story: RecoveryStory = {
    finding,
    cluster,
    successor,
    election: null,
    fencing: null,
    lost: [],
    prepared: true,
    hookFailure: null,
    reason: null,
  };
  if (successor === null) {
    const orders = undoOf(context.history(), 'undo').filter(({ verb }) => verb === 'startReceiving');
    await Promise.all(orders.map((order) => context.acts.perform(order)));
  }
  const stages =
    successor === null
      ? (['PostUnsuccessfulFailoverProcesses'] as const)
      : (['PostMasterFailoverProcesses', 'PostFailoverProcesses'] as const);
  for (const stage of stages) await runStage(world, stage, hookFacts(world, story, context.uid), context);
  return successor === null
    ? 'no server was told to be the primary, so the failure is looked at afresh'
    : `${successor} was told to be the primary: see whether it is, and point the other replicas at it`;
}

async function repointReplicas(world: StepWorld, story: RecoveryStory, context: StepContext) {
  const { acts, signal, teller } = context;
  const successor = electedIn(story);
  const others = story.finding.replicas.filter((key) => key !== successor);
  const seen = await lookAt(world, [successor, ...others], signal);
  const members = world.inventory.members(story.cluster.id);
  const lost: RecoveryStory['lost'][number][] = [];
  const following: InstanceKey[] = [];
  await Promise.all(
    others.map(async (instance) => {
      const gtidErrant = members.find(({ key }) => key === instance)?.gtidErrant ?? '';
      const barred = whyLeftBehind({ instance, gtidErrant }, successor, seen);
      if (barred !== null) return void lost.push({ instance, because: barred });
      const { outcome, because } = await acts.perform({ verb: 'follow', instance, source: successor });
      if (outcome !== 'failed') return void following.push(instance);
      lost.push({ instance, because: because ?? 'it would not follow' });
    }),
  );
  lost.sort((a, b) => compareKeys(a.instance, b.instance));
  for (const { instance, because } of lost)
    teller.warn(`${instance} is left behind: ${because}`, { instance });
  await connected(world, following, context);
  return { following: following.toSorted(compareKeys), lost };
}

/**
 * A replica with anything that the successor lacks, applied or not, would break or lose it by following;
 * it is left as it stands, and so are all where the successor cannot say what it has. What its last source lacked
 * as well, it has followed with, and goes on following with.
 */
function whyLeftBehind(
  { instance, gtidErrant }: { instance: InstanceKey; gtidErrant: string },
  successor: InstanceKey,
  seen: readonly Observation[],
): string | null {
  const replica = seen.find(({ key }) => key === instance);
  const primary = seen.find(({ key }) => key === successor);
  if (!wasRead(replica)) return replica?.error ?? 'it does not answer';
  if (!wasRead(primary)) return `the successor cannot be asked what it has: ${primary?.error}`;
  if (primary.server.replication !== null)
    return `${successor} replicates from ${primary.server.replication.source} by now`;
  if (takesWritesAlone(replica)) return 'it has no source and takes writes, so somebody else has promoted it';
  for (const { key, server } of [replica, primary]) {
    const unreadable = unreadableGtidOf(server);
    if (unreadable !== null) return `${key} ${unreadable}`;
  }
  const had = unionGtid(executed(primary.server), parseGtid(gtidErrant));
  const ahead = subtractGtid(holdings(replica.server), had);
  return isEmptyGtid(ahead) ? null : `it has ${gtidText(ahead)}, which ${successor} never received`;
}

/** Waits, a little, until the repointed replicas are connected: semi-sync and hooks like it so. */
async function connected(
  world: StepWorld,
  following: readonly InstanceKey[],
  { clock, signal }: StepContext,
): Promise<void> {
  const until = clock.monotonic() + connectWithinMs;
  while (following.length > 0 && clock.monotonic() < until) {
    const seen = await lookAt(world, following, signal);
    if (seen.every(({ server }) => isReplicating(server))) return;
    await clock.sleep(lookAgainMs, signal);
  }
}

function electedIn({ election }: RecoveryStory): InstanceKey {
  if (election === null)
    throw new BatonError(
      'step-broke-its-word',
      'a step after the election was asked without an elected successor',
    );
  return election.successor;
}

/** A dead primary that takes writes again is no dead primary; promoting another would make two. */
function primaryIsBack(instance: InstanceKey): Refused {
  return refuse('primary-back', `${instance} answers again and takes writes`);
}

/** One that cannot be read, but answers anything, may be taking writes all the while. */
function primaryAnswers(seen: Observation | undefined): Refused | null {
  if (seen === undefined) return null;
  const gate = answers({ instance: seen.key, echo: seen.echo, words: seen.error });
  return gate.open ? null : refuse('primary-back', gate.because);
}

/**
 * Applying may have taken long since the servers were last asked, and so may the hooks, and a stopped
 * controller: the failed primary may be back, or somebody else may have recovered the cluster.
 */
async function whyNotPromote(
  world: StepWorld,
  story: RecoveryStory,
  signal: AbortSignal,
): Promise<Refused | null> {
  const { instance, replicas } = story.finding;
  const successor = electedIn(story);
  const rivals = [instance, ...replicas.filter((key) => key !== successor)];
  const timeoutMs = Math.min(lastLookMs, world.settings.lookTimeoutMs);
  const [seen, [candidate]] = await Promise.all([
    world.servers.look(rivals, timeoutMs, signal),
    lookAt(world, [successor], signal),
  ]);
  world.inventory.learn(seen);
  const [primary, ...others] = seen;
  if (wasRead(primary) && !primary.server.readOnly) return primaryIsBack(instance);
  const alive = wasRead(primary) ? null : primaryAnswers(primary);
  if (alive !== null) return alive;
  const rival = others.find(takesWritesAlone);
  if (rival !== undefined)
    return refuse('rival', `${rival.key} has no source and takes writes: somebody else has promoted it`);
  const source = wasRead(candidate) ? (candidate.server.replication?.source ?? instance) : instance;
  return source === instance
    ? null
    : refuse('rival', `${successor} replicates from ${source} by now: somebody else recovers this cluster`);
}

function takesWritesAlone(seen: Observation): boolean {
  return wasRead(seen) && seen.server.replication === null && !seen.server.readOnly;
}

function wasToldToLead(history: readonly JournalRecord[], instance: InstanceKey): boolean {
  return history.some(
    (record) => record.kind === 'act' && record.verb === 'promote' && record.instance === instance,
  );
}
