import type { DetectionInput, detectionSteps } from '../../workflows/detection.ts';
import { recovery } from '../../workflows/recovery.ts';
import type { Finding } from '../analysis/finding.ts';
import { toldVerdict } from '../analysis/verdict.ts';
import { digestOf } from '../engine/digest.ts';
import type { StepFunctions } from '../engine/drive.ts';
import { refuse, type StepContext } from '../engine/step-context.ts';
import { spoken } from '../kernel/duration.ts';
import { shortUid } from '../kernel/uid.ts';
import type { Cluster } from '../topology/cluster.ts';
import { gatesNow } from './gates-now.ts';
import { hookFacts, recoveryUidOf } from './hook-facts.ts';
import { runStage } from './run-stage.ts';
import { Looks } from './looks.ts';
import { findingNow, type StepWorld, verdictNow } from './step-world.ts';

/** Between two looks while a failure is being corroborated. */
const lookAgainMs = 100;
/** A server that has not answered for so long hangs, as far as one look of several is concerned. */
const hangsMs = 100;

export function detectionStepsOn(
  world: StepWorld,
  token: () => number,
): StepFunctions<typeof detectionSteps> {
  const { journal, settings } = world;
  return {
    announce: (story, context) =>
      runStage(world, 'OnFailureDetectionProcesses', hookFacts(world, story, context.uid), context),

    async corroborate({ finding, cluster, since: firstSeen }, { clock, signal, resumedAt }) {
      // A restart forgets suspicions: what was seen before it does not count towards the time.
      const since = Math.max(firstSeen, resumedAt ?? 0);
      const watched = [finding.instance, ...finding.replicas];
      const looks = new Looks({ ...world, clock, signal, timeoutMs: settings.lookTimeoutMs });
      for (let paceMs = lookAgainMs; ; ) {
        const began = clock.monotonic();
        await looks.round(watched, paceMs);
        if (!watched.every((key) => looks.hasAsked(key, hangsMs))) continue;
        const now = clock.now();
        const found = findingNow(world, cluster.id, finding, now);
        const verdict = verdictNow(world, cluster, finding, now);
        if (found === null) {
          const because = `${finding.instance}: ${finding.code} was gone after ${spoken(now - since)}`;
          return { holds: false, because, finding: null, verdict };
        }
        const remaining = countedFrom(world, cluster, found, since) + settings.confirmMs - now;
        if (remaining <= 0) {
          const because = `${finding.code} has held for ${spoken(now - since)}; ${found.evidence}; ${toldVerdict(verdict)}`;
          return { holds: true, because, finding: found, verdict };
        }
        paceMs = Math.min(lookAgainMs, remaining);
        await clock.sleep(Math.max(0, began + paceMs - clock.monotonic()), signal);
      }
    },

    async decide({ finding, cluster }, { clock }) {
      const gates = await gatesNow(world, finding, cluster, clock.now());
      const shut = gates.filter(({ open }) => !open);
      const because = shut.length === 0 ? 'every gate is open' : shut.map((gate) => gate.because).join('; ');
      return { act: shut.length === 0, because, gates };
    },

    async claim({ finding, cluster }, { uid, clock }) {
      const claimed = await journal.open({
        uid: recoveryUidOf(uid),
        workflow: recovery.name,
        digest: digestOf(recovery.machine),
        subject: cluster.id,
        exclusive: { quietMs: settings.quietMs },
        input: { finding, cluster },
        at: clock.now(),
        token: token(),
      });
      if (claimed.opened) return { recovery: recoveryUidOf(uid) };
      return refuse(
        'claimed',
        `${cluster.alias} was not claimed: recovery ${shortUid(claimed.by)} is ${claimed.because}`,
      );
    },
  };
}

/**
 * From when on a failure counts towards the confirmation time: one that answered meanwhile was not dead then.
 * One that answers now need not be waited for, for its gate is shut.
 */
function countedFrom({ inventory }: StepWorld, cluster: Cluster, found: Finding, since: number): number {
  const known = inventory.members(cluster.id).find(({ key }) => key === found.instance);
  return Math.max(since, known?.checks.unheardSince ?? since);
}

/** What is owed when a detection cannot be continued by this build: its hooks, for nobody will announce this failure again. */
export async function settleDetection(
  world: StepWorld,
  input: unknown,
  context: StepContext,
): Promise<string> {
  const story = input as DetectionInput;
  if (story.announce)
    await runStage(world, 'OnFailureDetectionProcesses', hookFacts(world, story, context.uid), context);
  return 'its hooks are done, and the failure is looked at afresh';
}
