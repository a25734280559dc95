import type { Instance } from '../../topology/snapshot.ts';
import type { FencingLevel } from '../cost/fencing.ts';
import type { Finding } from '../finding.ts';
import type { PromotionRules } from '../choice/promotion-rules.ts';
import { readinessChecks } from './readiness-checks.ts';
import { replicasIn, type Succession, successionOf } from '../choice/succession.ts';

/** A cluster at one moment, and what the configuration says of recovering it. */
export interface ReadinessSubject {
  /** orchestrator's name of the cluster: its primary. */
  readonly name: string;
  readonly members: readonly Instance[];
  /** Milliseconds since 1970. */
  readonly now: number;
  /** What analysis says of instances at a moment, as everywhere else. */
  readonly analyse: (instances: readonly Instance[], now: number) => readonly Finding[];
  /** Who may be promoted. */
  readonly promotion: PromotionRules;
  /** The cluster matches RecoverMasterClusterFilters. */
  readonly automatic: boolean;
  /** Who forbade all recoveries; null when nobody did. */
  readonly disabledBecause: string | null;
  /** FencingLevelRequired, and the highest level that can be reached for a primary that does not answer. */
  readonly fencingRequired: FencingLevel;
  readonly fencingReachable: FencingLevel;
}

/** What the checks look at, worked out once. */
export interface ReadinessFacts extends ReadinessSubject {
  readonly primary: Instance;
  /** Those of the primary that are not in downtime. */
  readonly replicas: readonly Instance[];
  readonly succession: Succession;
  /** The replica that would be promoted now; null for none. */
  readonly successor: Instance | null;
  /** Codes of the structure warnings about the primary. */
  readonly warnings: readonly string[];
}

/** One thing that would spoil a failover, or slow it down. */
export interface ReadinessReason {
  readonly code: string;
  /** How many points it would take from a cluster that had no other trouble; more than 0, at most 100. */
  readonly costs: number;
  readonly because: string;
  /** What to do about it: a statement or a key of the configuration. */
  readonly remedy: string;
}

export interface Readiness {
  /** 0 to 100, whole; 100 only where no check found anything. */
  readonly score: number;
  /** The dearest first. */
  readonly reasons: readonly ReadinessReason[];
}

/**
 * How well a failover would go if the primary died now. Each reason takes its share of what the others have left,
 * so that one that makes a failover impossible brings 0 whatever else is well, and no score is less than that.
 */
export function readinessOf(subject: ReadinessSubject): Readiness {
  const primary = subject.members.find(({ key }) => key === subject.name);
  if (primary === undefined) {
    const because = `the primary ${subject.name} is not known`;
    const remedy = `let Baton reach ${subject.name}, or name it in DiscoverySeeds`;
    return { score: 0, reasons: [{ code: 'unread', costs: 100, because, remedy }] };
  }
  const facts = factsOf(subject, primary);
  const found = readinessChecks.flatMap(({ code, weight, look }) => {
    const shortfall = look(facts);
    return shortfall === null ? [] : [{ code, share: weight * shortfall.severity, ...shortfall }];
  });
  const left = found.reduce((rest, { share }) => rest * (1 - share), 100);
  const reasons = found
    .toSorted((a, b) => b.share - a.share)
    .map(({ code, share, because, remedy }) => ({ code, costs: tenths(share * 100), because, remedy }));
  return { score: found.length === 0 ? 100 : Math.min(99, Math.round(left)), reasons };
}

function factsOf(subject: ReadinessSubject, primary: Instance): ReadinessFacts {
  const { members, now, analyse, promotion } = subject;
  const replicas = replicasIn(members, primary, now);
  const succession = successionOf(primary, members, { now, rules: promotion });
  const findings = analyse(members, now);
  return {
    ...subject,
    primary,
    replicas,
    succession,
    successor: replicas.find(({ key }) => key === succession.successor) ?? null,
    warnings: findings.find(({ instance }) => instance === primary.key)?.warnings ?? [],
  };
}

function tenths(points: number): number {
  return Math.max(0.1, Math.round(points * 10) / 10);
}
