import { actingNames, lookedBackAt, remedies } from '../../workflows/acting.ts';
import { type DetectionInput, detection } from '../../workflows/detection.ts';
import type { Finding } from '../analysis/finding.ts';
import { type Gate, type GateFacts, gatesOf } from '../analysis/gates/gates.ts';
import { attemptsAt, type PastRun } from '../analysis/gates/past-runs.ts';
import { proofOf, toldSignal } from '../analysis/host-signal.ts';
import { ownVote } from '../analysis/verdict.ts';
import { reachOf } from '../analysis/gates/reach.ts';
import type { Cluster } from '../topology/cluster.ts';
import { type Instance, newInstance } from '../topology/snapshot.ts';
import { haveChangedSince } from './circumstances.ts';
import { unseenAmong } from './holds.ts';
import { aboutOf, pastRun } from './past-run.ts';
import type { StepWorld } from './step-world.ts';

/** A veto stands among the latest detections of its cluster: whatever else is found meanwhile is far fewer. */
const detectionsLookedAt = 50;
/** By then the pause between two attempts has long reached its longest. */
const runsLookedAt = 20;

/** How every gate stands for this finding at this moment: what deciding, explaining and waiting all ask. */
export async function gatesNow(
  world: StepWorld,
  finding: Finding,
  cluster: Cluster,
  now: number,
): Promise<readonly Gate[]> {
  const { inventory, settings, holds } = world;
  const { quietMs, retryMs, brake } = settings;
  const suspect = inventory.members(cluster.id).find(({ key }) => key === finding.instance) ?? null;
  const runs = await runsOf(world, cluster.id);
  return gatesOf(finding, {
    cluster,
    now,
    hasRemedy: remedies[finding.treatment] !== undefined,
    leaseMs: holds.leaseMs(),
    unseen: unseenAmong(inventory.instances, holds, now),
    reach: reachOf(inventory.instances, suspect, now),
    quorum: {
      isNeeded: settings.needsQuorum(cluster),
      controllers: [
        ownVote(suspect ?? newInstance(finding.instance), settings.hostname, now),
        ...world.testimonies(finding.instance),
      ],
    },
    provenOff: provenOff(world, suspect ?? newInstance(finding.instance), now),
    disabledBecause: holds.disabledBecause(),
    allowed: settings.allowed(cluster),
    isIgnored: settings.isIgnored(finding.instance),
    downtime: suspect?.downtime ?? null,
    maintenance: holds.maintenanceOf(finding.instance),
    active: await holderOf(world, cluster.id),
    runs,
    quietMs,
    retryMs,
    isChanged: await isChanged(world, runs, finding, cluster),
    veto: await vetoOf(world, finding, cluster),
    openedAt: await openedAt(world),
    brake,
  });
}

function provenOff({ signals }: StepWorld, suspect: Instance, now: number): string | null {
  const proof = proofOf(signals.of(suspect.key), suspect);
  return proof === null ? null : toldSignal(proof, now);
}

/** The run that holds a cluster, be it a recovery, a takeover or a person's operation. */
async function holderOf({ journal }: StepWorld, subject: string): Promise<GateFacts['active']> {
  const held = (await journal.unfinished()).find((one) => one.exclusive && one.subject === subject);
  return held === undefined ? null : { uid: held.uid, workflow: held.workflow };
}

/** The runs that changed a cluster, newest first. */
async function runsOf({ journal }: StepWorld, subject: string): Promise<readonly PastRun[]> {
  const runs = await journal.list({ workflow: lookedBackAt, subject, limit: runsLookedAt });
  return runs.map(pastRun);
}

/** Asked of the journal only where an attempt has come to nothing. */
async function isChanged(
  world: StepWorld,
  runs: readonly PastRun[],
  finding: Finding,
  { id }: Cluster,
): Promise<boolean> {
  const attempts = attemptsAt(runs, finding, world.settings);
  if (attempts === null) return false;
  return haveChangedSince(world, { uid: attempts.last.uid, clusterId: id, failed: finding.instance });
}

/** When recoveries were begun that nobody asked for; whoever asks for one sees to it, and to those before. */
async function openedAt({ journal, settings: { brake }, holds }: StepWorld): Promise<readonly number[]> {
  if (brake.most === 0) return [];
  const anywhere = await journal.list({ workflow: actingNames, limit: 2 * brake.most });
  return anywhere
    .filter(({ opening: { at, input } }) => at > holds.brakeReleasedAt() && !aboutOf(input).isRequested)
    .map(({ opening }) => opening.at);
}

/** Acknowledged, or after its time, a veto is history. */
async function vetoOf(
  { journal, settings: { vetoHoldsMs } }: StepWorld,
  { instance }: Finding,
  { id }: Cluster,
): Promise<GateFacts['veto']> {
  const detections = await journal.list({ workflow: detection.name, subject: id, limit: detectionsLookedAt });
  const last = detections.find(
    ({ opening, end }) =>
      end?.state === 'vetoed' && (opening.input as DetectionInput).finding.instance === instance,
  );
  if (last === undefined || last.end === null || last.acknowledged !== null) return null;
  const { reason } = last.end.output as { reason: string };
  return { uid: last.opening.uid, because: reason, until: last.opening.at + vetoHoldsMs };
}
