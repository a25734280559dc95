import { compareKeys, type InstanceKey } from '../kernel/instance-key.ts';
import { compareCoordinates } from '../topology/coordinates.ts';
import { containsGtid, countGtid } from '../topology/gtid/arithmetic.ts';
import { isEmptyGtid } from '../topology/gtid/gtid-set.ts';
import { isDelayed, type Server } from '../topology/observation.ts';
import { type Instance, isCheckValid, isDowntimed } from '../topology/snapshot.ts';
import { holdings } from './choice/candidates.ts';

/**
 * Replicas that still say they are connected to a source of which nobody else hears anything, as those to ask
 * whether that is so: they believe in a silent source for all of slave_net_timeout, a minute by default.
 */
export interface Witnesses {
  /** May be made to connect anew; the one that would be missed least comes first, and those that lag on purpose last. */
  readonly asked: readonly InstanceKey[];
  /** Must be left as they are, each with why. */
  readonly spared: readonly { readonly instance: InstanceKey; readonly because: string }[];
}

/** Of the replicas of one source; `now` in milliseconds since 1970. */
export function witnessesAmong(replicas: readonly Instance[], now: number): Witnesses {
  const connected = replicas.filter(isConnected);
  const free = replicas.filter((replica) => isCheckValid(replica) && sparedBecause(replica, now) === null);
  const judged = connected.map((replica) => ({
    replica,
    because: sparedBecause(replica, now) ?? onlyCopyBecause(replica, free),
  }));
  return {
    asked: judged
      .flatMap(({ replica, because }) => (because === null ? [replica] : []))
      .toSorted((a, b) => Number(isDelayed(a.server)) - Number(isDelayed(b.server)) || byHoldings(a, b))
      .map(({ key }) => key),
    spared: judged.flatMap(({ replica, because }) =>
      because === null ? [] : [{ instance: replica.key, because }],
    ),
  };
}

/** It was read, and says that its connection to its source stands. */
export function isConnected(replica: Instance | undefined): boolean {
  return (
    replica !== undefined && isCheckValid(replica) && replica.server?.replication?.ioThread === 'running'
  );
}

/** Connecting and signing in takes about so many round trips. */
const roundTripsToConnect = 6;

/**
 * How long replicas may take to connect to their source, in milliseconds, `leastMs` at least. How far they are from
 * it nobody knows, but hardly farther than by way of us: what a reading of it took while it answered, and one of them.
 */
export function connectingMs(
  source: Instance | undefined,
  replicas: readonly Instance[],
  leastMs: number,
): number {
  const farthest = Math.max(0, ...replicas.map(({ checks }) => checks.answerMs ?? 0));
  return Math.max(leastMs, roundTripsToConnect * ((source?.checks.answerMs ?? 0) + farthest));
}

/**
 * Which of these has received anything between two readings: its source lives, whatever we hear of it. Both readings
 * must be of a time in which it was silent to us.
 */
export function receivedSince(
  before: ReadonlyMap<InstanceKey, Instance>,
  replicas: readonly Instance[],
): InstanceKey | null {
  const grown = replicas.find((replica) => {
    const earlier = before.get(replica.key);
    return earlier !== undefined && isCheckValid(replica) && received(earlier) !== received(replica);
  });
  return grown?.key ?? null;
}

/** What a replica that is connected says it has received; empty for one that is not. */
function received({ server }: Instance): string {
  const replication = server?.replication;
  if (replication?.ioThread !== 'running') return '';
  return JSON.stringify([replication.readCoordinates, replication.receivedGtid]);
}

/** Those that have tried to reach their source, could not, wait before they try again, and may be made to try now. */
export function waitingAmong(replicas: readonly Instance[], now: number): readonly InstanceKey[] {
  return replicas.flatMap((replica) => {
    const replication = replica.server?.replication ?? null;
    const waits = replication?.ioThread === 'connecting' && replication.lastIoError !== '';
    const mayTry = sparedBecause(replica, now) === null && !isDelayed(replica.server);
    return waits && isCheckValid(replica) && mayTry ? [replica.key] : [];
  });
}

function sparedBecause(replica: Instance, now: number): string | null {
  const replication = replica.server?.replication ?? null;
  if (replication === null) return null;
  if (replication.sqlThread !== 'running')
    return 'does not apply, and might lose what it has received by connecting anew';
  if (replication.channels > 1 || replication.channel !== '')
    return 'replicates over more than the default channel';
  if (isDowntimed(replica, now)) return 'is in downtime';
  return replica.inMaintenance ? 'is in maintenance' : null;
}

/** A replica that lags on purpose is asked only where one that does not has received all that it has. */
function onlyCopyBecause(replica: Instance, free: readonly Instance[]): string | null {
  const isKept = free.some((other) => !isDelayed(other.server) && holdsAllOf(other, replica));
  return !isDelayed(replica.server) || isKept
    ? null
    : 'lags on purpose, and its relay log may be the only copy of what it has received';
}

function holdsAllOf({ server: holder }: Instance, { server }: Instance): boolean {
  if (holder === null || server === null) return false;
  const [held, wanted] = [holdings(holder), holdings(server)];
  if (!isEmptyGtid(wanted)) return containsGtid(held, wanted);
  const [far, near] = [holder, server].map((one) => one.replication?.readCoordinates ?? null);
  return far != null && near != null && compareCoordinates(far, near) >= 0;
}

/** Least advanced first: by what it has, or by how far it has read where it does not replicate by GTID. */
function byHoldings(a: Instance, b: Instance): number {
  return (
    (a.server === null || b.server === null ? 0 : compareAdvance(a.server, b.server)) ||
    compareKeys(a.key, b.key)
  );
}

function compareAdvance(a: Server, b: Server): number {
  const [left, right] = [countGtid(holdings(a)), countGtid(holdings(b))];
  if (left !== right) return left < right ? -1 : 1;
  const [read, other] = [a.replication?.readCoordinates ?? null, b.replication?.readCoordinates ?? null];
  return read === null || other === null ? 0 : compareCoordinates(read, other);
}
