import type { Question, Stand } from '../analysis/advice/explain.ts';
import type { Finding } from '../analysis/finding.ts';
import type { Readiness } from '../analysis/advice/readiness.ts';
import type { Succession } from '../analysis/choice/succession.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';
import type { Cluster } from '../topology/cluster.ts';
import { type GateHistory, sinceOf } from './gate-history.ts';
import type { SignalReport } from './history/host-news.ts';
import type { RecoveryReport } from './reports.ts';

/** How well a failover of a cluster would go. */
export interface ReadinessReport extends Readiness {
  readonly id: string;
  readonly name: string;
  readonly alias: string;
}

/** Who would be promoted if the primary died now, by what its replicas said last. */
export interface SuccessionReport {
  readonly id: string;
  readonly name: string;
  readonly alias: string;
  /** Null for nobody. */
  readonly successor: InstanceKey | null;
  readonly because: string;
  /** Each other replica: why not it. */
  readonly comparisons: readonly string[];
  /** From whom the successor would fetch what it has not received; null where nobody has more. */
  readonly donor: InstanceKey | null;
}

export function successionReport({ id, name, alias }: Cluster, succession: Succession): SuccessionReport {
  return { id, name, alias, comparisons: [], donor: null, ...succession };
}

/** Why Baton would act on a cluster, or would not. */
export interface ExplanationReport {
  readonly id: string;
  readonly name: string;
  readonly alias: string;
  /** What the gates were asked of; null where the primary is not known. */
  readonly asked: {
    readonly instance: InstanceKey;
    readonly code: string;
    readonly evidence: string;
    /** Nothing is wrong with the primary: this is what would be found if it died now. */
    readonly isSupposed: boolean;
  } | null;
  readonly gates: readonly GateReport[];
  /** Everything that is wrong with the cluster now, structure warnings included. */
  readonly findings: readonly Finding[];
  readonly succession: {
    readonly successor: InstanceKey | null;
    readonly because: string;
    /** Each other replica: why not it. */
    readonly comparisons: readonly string[];
  };
  /** What other systems told of its hosts, the latest first. */
  readonly signals: readonly SignalReport[];
  readonly lastDetection: RecoveryReport | null;
  readonly lastRecovery: RecoveryReport | null;
}

export interface GateReport extends Stand {
  /** ISO 8601. */
  readonly since: string;
  /** The controller has not been asking for longer, so it may have stood so before. */
  readonly sinceAtLeast: boolean;
}

export function explanationReport(about: {
  cluster: Cluster;
  question: Question | null;
  succession: Succession;
  stands: readonly Stand[];
  history: GateHistory;
  findings: readonly Finding[];
  signals: readonly SignalReport[];
  lastDetection: RecoveryReport | null;
  lastRecovery: RecoveryReport | null;
}): ExplanationReport {
  const { cluster, question, succession, stands, history, findings, signals, lastDetection, lastRecovery } =
    about;
  const { id, name, alias } = cluster;
  return {
    id,
    name,
    alias,
    asked: question === null ? null : askedOf(question),
    gates: stands.map((stand) => ({ ...stand, ...sinceWords(history, id, stand.gate) })),
    findings,
    succession: { comparisons: [], ...succession },
    signals,
    lastDetection,
    lastRecovery,
  };
}

function askedOf({ finding, isSupposed }: Question): ExplanationReport['asked'] {
  const { instance, code, evidence } = finding;
  return { instance, code, evidence, isSupposed };
}

function sinceWords(history: GateHistory, id: string, gate: string) {
  const since = sinceOf(history, id, gate);
  return { since: new Date(since?.at ?? 0).toISOString(), sinceAtLeast: since?.atLeast ?? true };
}
