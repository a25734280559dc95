import type { Instance } from '../../topology/snapshot.ts';
import { backlogOf, reachOf } from './backlog.ts';
import { type Candidate, unreadableGtidOf } from './candidates.ts';
import type { ReplicationRules } from './can-replicate.ts';

/** What the operator's configuration says of who may be promoted. */
export interface PromotionRules {
  /** PromotionIgnoreHostnameFilters. */
  readonly ignoredHosts: readonly RegExp[];
  /** PreventCrossDataCenterMasterFailover. */
  readonly staysInDataCenter: boolean;
  /** PreventCrossRegionMasterFailover. */
  readonly staysInRegion: boolean;
  /** One that lags by so many seconds or more is not promoted (FailMasterPromotionOnLagMinutes); null for no limit. */
  readonly lagLimitSeconds: number | null;
  /** A delay on purpose of more than so many seconds is not waited for by the way. */
  readonly patienceSeconds: number;
  /** What becomes of a failover for which only such a one would do (ApplyDeadlinePolicy). */
  readonly latePolicy: 'fail' | 'wait' | 'promote-and-report';
  readonly replication: ReplicationRules;
}

/** Rules that forbid nothing. */
export const freely: PromotionRules = {
  ignoredHosts: [],
  staysInDataCenter: false,
  staysInRegion: false,
  lagLimitSeconds: null,
  patienceSeconds: 10,
  latePolicy: 'fail',
  replication: { verifyFilters: false, toleratedDelaySeconds: 20 },
};

interface Election {
  /** The dead primary; null where nothing is known of it. */
  readonly failed: Instance | null;
  readonly rules: PromotionRules;
  /** What the replicas have is compared by GTID; otherwise by places in the log of the one source that all have. */
  readonly byGtid: boolean;
}

/** One replica that goes by GTID is enough: the others cannot be held against it. */
export function goesByGtid(reached: readonly Candidate[]): boolean {
  return reached.length === 0 || reached.some(({ server }) => server.replication?.position !== 'coordinates');
}

/** Why a replica may not be promoted whatever it has; null where it may. */
export function barOf(candidate: Candidate, election: Election): string | null {
  return (
    whyNoSource(candidate) ??
    whyIncomparable(candidate, election) ??
    whyCannotApply(candidate) ??
    whyForbidden(candidate, election)
  );
}

/** Why others cannot get from it what it has. */
export function whyNoSource({ instance, server }: Candidate): string | null {
  const unreadable = unreadableGtidOf(server);
  if (unreadable !== null) return unreadable;
  if (!server.logBin) return 'writes no binary log';
  if (!server.logReplicaUpdates) return 'does not log what it replicates';
  if (instance.isBinlogServer) return 'is a binlog server';
  const { replication } = server;
  if (replication === null) return 'replicates from nothing';
  return replication.channels > 1 || replication.channel !== ''
    ? 'replicates over more than the default channel'
    : null;
}

/** Why what it has received cannot be held against what the others have. */
function whyIncomparable({ server }: Candidate, { byGtid }: Election): string | null {
  if (byGtid) return server.replication?.position === 'coordinates' ? 'does not replicate by GTID' : null;
  return reachOf(server) === null ? 'does not say how far it has received' : null;
}

/** Why what it has received never gets into its own data. */
export function whyCannotApply({ server }: Candidate): string | null {
  const error = server.replication?.lastSqlError ?? '';
  return error === '' ? null : `cannot apply what it has received: ${error}`;
}

/** Why the operator does not want it to be a primary. */
function whyForbidden(candidate: Candidate, { failed, rules }: Election): string | null {
  const { instance, server } = candidate;
  if (candidate.isOrphan === true) return `replicates from ${server.replication?.source}, which is gone too`;
  if (instance.promotionRule === 'must_not') return 'has the promotion rule must_not';
  if (rules.ignoredHosts.some((pattern) => pattern.test(instance.key)))
    return 'matches PromotionIgnoreHostnameFilters';
  if (failed !== null && rules.staysInDataCenter && instance.dataCenter !== failed.dataCenter)
    return `is in data centre ${named(instance.dataCenter)}, not ${named(failed.dataCenter)}, and PreventCrossDataCenterMasterFailover forbids that`;
  if (failed !== null && rules.staysInRegion && instance.region !== failed.region)
    return `is in region ${named(instance.region)}, not ${named(failed.region)}, and PreventCrossRegionMasterFailover forbids that`;
  const lag = server.replication?.lagSeconds ?? null;
  if (rules.lagLimitSeconds !== null && lag !== null && lag >= rules.lagLimitSeconds)
    return `lags by ${lag} s, and FailMasterPromotionOnLagMinutes allows less than ${rules.lagLimitSeconds} s`;
  return null;
}

function named(place: string): string {
  return place === '' ? 'unknown' : place;
}

/** It lags on purpose and has yet to apply something, so it can neither lead nor give before that time is over. */
export function isLate({ server }: Candidate, { patienceSeconds }: PromotionRules): boolean {
  const delay = server.replication?.sqlDelaySeconds ?? 0;
  return delay > patienceSeconds && backlogOf(server).left > 0n;
}
