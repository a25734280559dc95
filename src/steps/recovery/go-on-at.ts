import { reachOf } from '../../analysis/choice/backlog.ts';
import { wasRead } from '../../engine/acts.ts';
import type { JournalRecord } from '../../engine/record.ts';
import type { StepContext } from '../../engine/step-context.ts';
import { stoodBefore } from '../../engine/undo.ts';
import type { InstanceKey } from '../../kernel/instance-key.ts';
import { compareCoordinates, type Coordinates, coordinatesText } from '../../topology/coordinates.ts';
import type { Server } from '../../topology/observation.ts';
import { placeByMarks } from './pseudo-gtid.ts';
import { Standstill } from '../standstill.ts';
import { lookAgainMs, lookAt, type StepWorld } from '../step-world.ts';

/** Where a successor without GTID stood just before it was promoted. */
export interface Handover {
  readonly failed: InstanceKey;
  readonly successor: InstanceKey;
  /** How far it had applied the log of the failed primary, and where its own log ended then. */
  readonly applied: Coordinates;
  readonly log: Coordinates;
}

/** Null where the successor went by GTID, or where the journal does not say. */
export function handoverIn(
  history: readonly JournalRecord[],
  { failed, successor }: Pick<Handover, 'failed' | 'successor'>,
): Handover | null {
  const before = stoodBefore(history, { verb: 'promote', instance: successor });
  if (before === null || before.at === null || before.log === null || before.source !== failed) return null;
  return { failed, successor, applied: before.at, log: before.log };
}

/** From where a replica follows the successor: a place in its log, or by GTID; or why it cannot. */
export type Start = { readonly at: Coordinates } | { readonly byGtid: true } | { readonly because: string };

/**
 * A replica without GTID that has applied as much of the failed primary's log as the successor goes on from where the
 * successor's own log ended then: nothing was written to it in between (orchestrator 3.2.6, section 3.3). One that
 * has less may go by GTID on MariaDB, which keeps count of it whether it is used or not.
 */
export async function startOf(
  world: StepWorld,
  { key, server }: { readonly key: InstanceKey; readonly server: Server },
  handover: Handover | null,
  context: Pick<StepContext, 'clock' | 'signal'>,
): Promise<Start> {
  const reach = reachOf(server);
  if (server.replication?.position !== 'coordinates') return { byGtid: true };
  if (handover === null || reach === null || server.replication.source !== handover.failed)
    return otherwise(server, 'nobody knows where in the log of the successor it would go on');
  const ahead = compareCoordinates(reach.received, handover.applied);
  const spans = `it has received ${coordinatesText(reach.received)} of the log of ${handover.failed}, ${handover.successor} ${coordinatesText(handover.applied)}`;
  if (ahead > 0) return { because: spans };
  if (ahead < 0) return byMarks(world, { key, server }, { handover, spans }, context);
  return (await hasApplied(world, key, handover.applied, context))
    ? { at: handover.log }
    : { because: `it has stopped applying before ${coordinatesText(handover.applied)}` };
}

function otherwise({ flavour }: Server, because: string): Start {
  return flavour === 'mariadb' ? { byGtid: true } : { because };
}

/** One that has less than the successor: its last pseudo-GTID stands in the successor's log, and so does what it has after it. */
async function byMarks(
  world: StepWorld,
  { key, server }: { readonly key: InstanceKey; readonly server: Server },
  { handover, spans }: { readonly handover: Handover; readonly spans: string },
  context: Pick<StepContext, 'clock' | 'signal'>,
): Promise<Start> {
  const { pseudoGtid } = world.settings;
  const reach = reachOf(server);
  if (server.flavour === 'mariadb' || pseudoGtid === null || reach === null)
    return otherwise(server, `${spans}, and without GTID or PseudoGTIDPattern nobody can find its place`);
  if (!server.logBin || !server.logReplicaUpdates)
    return { because: `${spans}, and it does not log what it replicates` };
  if (!(await hasApplied(world, key, reach.received, context)))
    return { because: `it has stopped applying before ${coordinatesText(reach.received)}` };
  const place = await placeByMarks(
    { servers: world.servers, pseudoGtid, signal: context.signal },
    { replica: key, source: handover.successor },
  );
  return 'at' in place ? place : { because: `${spans}; ${place.because}` };
}

/** Waits until the replica has applied that far, for as long as it makes progress. */
async function hasApplied(
  world: StepWorld,
  key: InstanceKey,
  until: Coordinates,
  { clock, signal }: Pick<StepContext, 'clock' | 'signal'>,
): Promise<boolean> {
  const standstill = new Standstill(clock, world.settings.applyStallMs);
  while (true) {
    const [seen] = await lookAt(world, [key], signal);
    const reach = wasRead(seen) ? reachOf(seen.server) : null;
    if (reach !== null && compareCoordinates(reach.applied, until) >= 0) return true;
    if (standstill.isReached(reach === null ? '' : coordinatesText(reach.applied))) return false;
    await clock.sleep(lookAgainMs, signal);
  }
}
