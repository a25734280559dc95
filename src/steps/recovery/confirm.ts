import type { RecoveryInput } from '../../../workflows/recovery.ts';
import { answers, lifeSignOf } from '../../analysis/gates/life-signs.ts';
import { undoOf } from '../../engine/acts.ts';
import type { StepContext } from '../../engine/step-context.ts';
import type { InstanceKey } from '../../kernel/instance-key.ts';
import { isCheckValid } from '../../topology/snapshot.ts';
import { Looks } from '../looks.ts';
import { findingNow, type StepWorld } from '../step-world.ts';

/** How long replicas may take to say whether their source is back, once they receive again. */
const settleMs = 2_000;
const lookAgainMs = 25;
/** A server that has not answered for so long hangs, as far as one look of several is concerned. */
const hangsMs = 100;

/**
 * Looks at every server again. Where an interrupted attempt had stopped the replicas' receiving
 * threads, they are started first: replicas that we keep from replicating are no witnesses of a
 * death.
 */
export async function confirmFailure(world: StepWorld, story: RecoveryInput, context: StepContext) {
  const { finding } = story;
  const { clock, signal, acts, history } = context;
  const watched = [finding.instance, ...finding.replicas];
  const orders = undoOf(history(), 'undo').filter(({ verb }) => verb === 'startReceiving');
  const restarted = await Promise.all(orders.map((order) => acts.perform(order)));
  const waits = restarted.some(({ outcome }) => outcome === 'done');
  const until = clock.monotonic() + settleMs;
  while (true) {
    const looks = new Looks({ ...world, clock, signal, timeoutMs: world.settings.lookTimeoutMs });
    do await looks.round(watched, lookAgainMs);
    while (!watched.every((key) => looks.hasAsked(key, hangsMs)));
    if (!waits || clock.monotonic() >= until || !isUnsettled(world, story)) break;
    await clock.sleep(lookAgainMs, signal);
  }
  return story.request?.isForced === true ? asOrdered(world, story) : asFound(world, story, clock.now());
}

/** A replica that receives again has not said yet whether it reached its source. */
function isUnsettled({ inventory }: StepWorld, { cluster, finding }: RecoveryInput): boolean {
  const watched: readonly InstanceKey[] = finding.replicas;
  return inventory.members(cluster.id).some(({ key, server }) => {
    const replication = server?.replication ?? null;
    return watched.includes(key) && replication?.ioThread === 'connecting' && replication.lastIoError === '';
  });
}

function asFound(world: StepWorld, { finding, cluster }: RecoveryInput, now: number) {
  const found = findingNow(world, cluster.id, finding, now);
  const lifeSign = found === null ? null : lifeSignOf(found);
  if (found !== null && lifeSign === null)
    return {
      holds: true,
      because: `${found.code} of ${found.instance} holds: ${found.evidence}`,
      finding: found,
    };
  const gone = `${finding.code} of ${finding.instance} was gone when every server was asked again`;
  return { holds: false, because: lifeSign ?? gone, finding: null };
}

/** Whoever forces a failover says that it is needed; what is left to do is to see what there is, and to say what that may cost. */
function asOrdered(world: StepWorld, story: RecoveryInput) {
  const { finding, request } = story;
  const { instance } = finding;
  const danger = whyItMayGoOn(world, story);
  const ordered = `${instance} is to be replaced, as ${request?.who} has ordered: ${request?.why}`;
  return { holds: true, because: danger === null ? ordered : `${ordered}; but ${danger}`, finding };
}

/** One that lives and cannot be read cannot be made read-only either. Null where it can be, or nothing says that it lives. */
function whyItMayGoOn(
  { inventory }: StepWorld,
  { cluster, finding: { instance } }: RecoveryInput,
): string | null {
  const primary = inventory.members(cluster.id).find(({ key }) => key === instance);
  if (primary === undefined || isCheckValid(primary)) return null;
  const { echo, error } = primary.checks;
  const sign = answers({ instance, echo, words: error });
  return sign.isAlive
    ? `${sign.because}: it cannot be made read-only, and may go on taking writes beside its successor`
    : null;
}
