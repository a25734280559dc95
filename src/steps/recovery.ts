import type { RecoveryStory, recoverySteps } from '../../workflows/recovery.ts';
import { type Candidate, chooseSuccessor, executed, holdings } from '../analysis/candidates.ts';
import { undoOf, wasRead } from '../engine/acts.ts';
import type { StepFunctions } from '../engine/drive.ts';
import { refuse, type StepContext } from '../engine/step-context.ts';
import { BatonError } from '../kernel/errors.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';
import { coordinatesText } from '../topology/coordinates.ts';
import { countGtid, subtractGtid } from '../topology/gtid/arithmetic.ts';
import { isEmptyGtid } from '../topology/gtid/gtid-set.ts';
import { gtidText } from '../topology/gtid/text.ts';
import { isReplicating, type Observation } from '../topology/observation.ts';
import { confirmFailure } from './confirm.ts';
import { hookFacts } from './hook-facts.ts';
import { runStage } from './run-stage.ts';
import { lookAt, type StepWorld } from './step-world.ts';

/** Between two looks at a replica that is applying, connecting or stopping. */
const lookAgainMs = 15;
/** How long a repointed replica may take to connect before the hooks are told without waiting for it. */
const connectWithinMs = 1_000;

/** The steps of a recovery of a dead primary, in the order of workflows/recovery.ts. */
export function recoveryStepsOn(world: StepWorld): StepFunctions<typeof recoverySteps> {
  const { settings, inventory } = world;
  return {
    confirm: (story, context) => confirmFailure(world, story, context),

    preFailoverHooks: (story, context) =>
      runStage(world, 'PreFailoverProcesses', hookFacts(world, story, context.uid), context),

    async fence({ finding }, { acts }) {
      const { outcome, because } = await acts.perform({
        verb: 'setReadOnly',
        instance: finding.instance,
        readOnly: true,
      });
      const level = outcome === 'failed' ? 'attempted' : 'proven';
      if (settings.fencingRequired === 'proven' && level !== 'proven') {
        return refuse(
          'fencing-level',
          `${finding.instance} could not be made read-only (${because}), and FencingLevelRequired is "proven"`,
        );
      }
      return { level, because: because ?? `${finding.instance} is read-only` };
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
      if (reached.length === 0)
        return refuse('no-replicas', `no replica of ${finding.instance} could be reached`);
      return {
        gathered: reached.map(({ instance }) => instance),
        missing: missing.map(({ instance, because }) => ({
          instance,
          because: because ?? 'it could not be reached',
        })),
      };
    },

    async elect({ finding, cluster }, { signal }) {
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
      const { outcome, because } = await acts.perform({ verb: 'promote', instance: successor });
      if (outcome === 'failed')
        throw new BatonError('act-failed', `${successor} could not be promoted: ${because}`);
      const [seen] = await lookAt(world, [successor], signal);
      const coordinates = wasRead(seen) ? seen.server.binlogCoordinates : null;
      return { coordinates: coordinates === null ? null : coordinatesText(coordinates) };
    },

    async verify(story, { signal }) {
      const successor = electedIn(story);
      const [seen] = await lookAt(world, [successor], signal);
      if (!wasRead(seen))
        return { stands: 'not', because: `${successor} does not answer: ${seen?.error ?? ''}` };
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

    async undo(_, { acts, history, teller }) {
      const undone: string[] = [];
      const left: string[] = [];
      for (const order of undoOf(history(), 'undo')) {
        const { outcome, because } = await acts.perform(order);
        if (outcome === 'failed') left.push(`${order.instance} was not put back (${order.verb}): ${because}`);
        else undone.push(`${order.verb} ${order.instance}`);
      }
      for (const sentence of left) teller.warn(sentence, {});
      return { undone, left };
    },

    postUnsuccessfulHooks: (story, context) =>
      runStage(world, 'PostUnsuccessfulFailoverProcesses', hookFacts(world, story, context.uid), context),
  };
}

/** The hooks that are owed when a recovery cannot be continued by this build: those of the end it reached. */
export async function settleRecovery(world: StepWorld, input: unknown, context: StepContext): Promise<void> {
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
    reason: null,
  };
  const stages =
    successor === null
      ? (['PostUnsuccessfulFailoverProcesses'] as const)
      : (['PostMasterFailoverProcesses', 'PostFailoverProcesses'] as const);
  for (const stage of stages) await runStage(world, stage, hookFacts(world, story, context.uid), context);
}

async function repointReplicas(world: StepWorld, story: RecoveryStory, context: StepContext) {
  const { acts, signal, teller } = context;
  const successor = electedIn(story);
  const others = story.finding.replicas.filter((key) => key !== successor);
  const seen = await lookAt(world, [successor, ...others], signal);
  const lost = [...story.lost];
  const following: InstanceKey[] = [];
  await Promise.all(
    others.map(async (instance) => {
      const barred = whyLeftBehind(instance, successor, seen);
      if (barred === null) {
        const { outcome, because } = await acts.perform({ verb: 'follow', instance, source: successor });
        if (outcome !== 'failed') return void following.push(instance);
        lost.push({ instance, because: because ?? 'it would not follow' });
      } else if (!lost.some((one) => one.instance === instance)) lost.push({ instance, because: barred });
    }),
  );
  for (const { instance, because } of lost)
    teller.warn(`${instance} does not follow ${successor}: ${because}`, { instance });
  await connected(world, following, context);
  return { following, lost };
}

/** A replica with transactions that the successor lacks would break or lose them; it is left as it stands. */
function whyLeftBehind(
  instance: InstanceKey,
  successor: InstanceKey,
  seen: readonly Observation[],
): string | null {
  const replica = seen.find(({ key }) => key === instance);
  const primary = seen.find(({ key }) => key === successor);
  if (!wasRead(replica)) return replica?.error ?? 'it does not answer';
  if (!wasRead(primary)) return null;
  const ahead = subtractGtid(holdings(replica.server), executed(primary.server));
  if (isEmptyGtid(ahead)) return null;
  return `it has ${gtidText(ahead)}, which ${successor} never received`;
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
