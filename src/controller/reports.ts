import { z } from 'zod';
import { RecoveryOutcome } from '../../workflows/recovery.ts';
import type { DataVerdict } from '../analysis/cost/data-verdict.ts';
import type { Verdict } from '../analysis/verdict.ts';
import type { Finding } from '../analysis/finding.ts';
import type { Gate } from '../analysis/gates/gates.ts';
import type { RunSummary } from '../engine/ports.ts';
import { HookAnswer, type JournalRecord } from '../engine/record.ts';
import { InstanceKey } from '../kernel/instance-key.ts';
import type { Cluster } from '../topology/cluster.ts';
import type { Instance, PromotionRule } from '../topology/snapshot.ts';
import { usesGtid } from '../topology/observation.ts';
import { isCheckValid } from '../topology/snapshot.ts';
import type { ReturnReport } from './requests/rejoins.ts';

/** What the controller tells whoever asks: plain JSON, for the command line and the page alike. */
export interface ClusterReport {
  readonly id: string;
  readonly name: string;
  readonly alias: string;
  readonly domain: string;
  /** How well a failover would go now, 0 to 100. */
  readonly readiness: number;
  /** The tree as text, in orchestrator's form. */
  readonly tree: string;
  readonly instances: readonly InstanceReport[];
}

export interface InstanceReport {
  readonly instance: InstanceKey;
  readonly source: InstanceKey | null;
  readonly answering: boolean;
  readonly version: string;
  readonly readOnly: boolean | null;
  readonly ioThread: string | null;
  readonly sqlThread: string | null;
  readonly lagSeconds: number | null;
  readonly executedGtid: string;
  /** It replicates, or can be replicated from, by GTID. */
  readonly usesGtid: boolean;
  /** Transactions that its source does not have; empty for none. */
  readonly errantGtid: string;
  /** Whether its commits wait for a replica now. */
  readonly awaitsSemiSync: boolean;
  /** Whether it acknowledges to its source what it receives. */
  readonly acknowledgesSemiSync: boolean;
  /** Why the last look at it did not read everything, or what its replication stopped at; null where nothing is wrong. */
  readonly error: string | null;
  /** The source that it was detached from. */
  readonly detachedFrom: InstanceKey | null;
  /** Another is the primary in its place. */
  readonly isReplaced: boolean;
  readonly inMaintenance: boolean;
  readonly downtime: string | null;
  /** What the operator's queries and patterns say of it; empty where they say nothing. */
  readonly alias: string;
  readonly dataCenter: string;
  readonly region: string;
  readonly environment: string;
  readonly promotionRule: PromotionRule;
  /** ISO 8601; null for an instance that never answered. */
  readonly lastSeen: string | null;
}

/** Who leads; all null and false where nobody does. */
export interface LeaderReport {
  readonly name: string | null;
  /** ISO 8601. */
  readonly since: string | null;
  /** It is the controller that was asked. */
  readonly isOurs: boolean;
  /** Where its API is reached by other controllers; null where it does not say. */
  readonly address: string | null;
  /** Since when and why the controller that was asked does not know who leads; null where it does. */
  readonly cutOff: string | null;
}

export interface FindingReport extends Finding {
  /** Who says what of the instance; null where nobody was asked, as with recorded facts. */
  readonly verdict: Verdict | null;
  readonly gates: readonly Gate[];
}

export interface RecoveryReport {
  readonly uid: string;
  /** The workflow: `recovery`, `relocation`, …; or `detection` where none followed. */
  readonly kind: string;
  readonly cluster: string;
  /** Who failed, or whom an operation or a rejoin is about. */
  readonly failed: InstanceKey;
  /** What was found; of an operation its verb. */
  readonly code: string;
  /** The machine's end, `recovered`; `under way` until there is one. */
  readonly state: string;
  readonly sentence: string;
  readonly successor: InstanceKey | null;
  readonly lost: readonly { readonly instance: InstanceKey; readonly because: string }[];
  /** What it has cost the data (P8); null where nothing was promoted. */
  readonly dataVerdict: DataVerdictReport | null;
  readonly reason: string | null;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly acknowledged: string | null;
  /** By which command somebody asked for it, who, and why; null where Baton began it by itself. */
  readonly asked: AskedFor | null;
}

/** What a change of primary has cost the data, in numbers and in words. */
export interface DataVerdictReport {
  readonly kind: DataVerdict['says'];
  /** Transactions; 0 is proven, null where nobody can count them. */
  readonly lostAtMost: number | null;
  /** GTIDs, or file:position where there are none, of what may be lost; empty where that is nothing or not known. */
  readonly listed: string;
  readonly because: string;
}

export interface AskedFor {
  /** orchestrator's name of the command, as hooks get it. */
  readonly command: string;
  readonly who: string;
  readonly why: string;
}

export interface RecoveryStoryReport {
  readonly recovery: RecoveryReport;
  /** How replicas were asked whether they can reach the failed instance; empty where none was. */
  readonly suspicion: readonly JournalRecord[];
  readonly records: readonly JournalRecord[];
  /** What led to it, the detection or, of a rejoin, the return; empty where there was none. */
  readonly detection: readonly JournalRecord[];
  /** What happened each time that the primary came back which it has replaced. */
  readonly returns: readonly ReturnReport[];
}

export function clusterReport(
  cluster: Cluster,
  instances: readonly Instance[],
  { tree, readiness }: Pick<ClusterReport, 'tree' | 'readiness'>,
): ClusterReport {
  return {
    id: cluster.id,
    name: cluster.name,
    alias: cluster.alias,
    domain: cluster.domain,
    readiness,
    tree,
    instances: instances.map(instanceReport),
  };
}

export function recoveryReport({ opening, endedAt, end, acknowledged }: RunSummary): RecoveryReport {
  const { cluster, request, ...about } = Opened.parse(opening.input);
  const outcome = Outcome.safeParse(end?.output).data ?? nothingCame;
  return {
    uid: opening.uid,
    kind: opening.workflow,
    cluster: cluster.alias,
    ...subjectOf(about, opening.workflow),
    state: end?.state ?? 'under way',
    sentence: end?.sentence ?? 'It goes on.',
    successor: outcome.successor,
    lost: outcome.lost,
    dataVerdict: outcome.verdict === null ? null : dataVerdictReport(outcome.verdict),
    reason: outcome.reason,
    startedAt: moment(opening.at),
    endedAt: endedAt === null ? null : moment(endedAt),
    acknowledged: acknowledged === null ? null : `${acknowledged.by}: ${acknowledged.why}`,
    asked: request ?? null,
  };
}

function dataVerdictReport({ says, because, missing, count }: DataVerdict): DataVerdictReport {
  return { kind: says, lostAtMost: says === 'nothing-lost' ? 0 : count, listed: missing, because };
}

/** The little of an opening that every build has written, so that old recoveries can always be listed. */
const Opened = z.object({
  finding: z.object({ instance: InstanceKey, code: z.string() }).optional(),
  operation: z.object({ instance: InstanceKey, verb: z.string() }).optional(),
  instance: InstanceKey.optional(),
  cluster: z.object({ alias: z.string() }),
  request: z.object({ command: z.string(), who: z.string(), why: z.string() }).nullish(),
});

/** Which instance it is about, and what was found of it or is to be done to it. */
function subjectOf(
  { finding, operation, instance }: Pick<z.infer<typeof Opened>, 'finding' | 'operation' | 'instance'>,
  workflow: string,
): Pick<RecoveryReport, 'failed' | 'code'> {
  if (finding !== undefined) return { failed: finding.instance, code: finding.code };
  if (operation !== undefined) return { failed: operation.instance, code: operation.verb };
  return { failed: InstanceKey.parse(instance), code: workflow };
}

/** A run that this build could not continue ends with a reason only. */
const Outcome = RecoveryOutcome.partial().transform(({ successor, lost, verdict, reason }) => ({
  successor: successor ?? null,
  lost: lost ?? [],
  verdict: verdict ?? null,
  reason: reason ?? null,
}));

const nothingCame = { successor: null, lost: [], verdict: null, reason: null };

function instanceReport(instance: Instance): InstanceReport {
  const { key, server, checks, downtime } = instance;
  const replication = server?.replication ?? null;
  return {
    instance: key,
    source: replication?.source ?? null,
    answering: isCheckValid(instance),
    version: server?.version ?? '',
    readOnly: server?.readOnly ?? null,
    ioThread: replication?.ioThread ?? null,
    sqlThread: replication?.sqlThread ?? null,
    lagSeconds: replication?.lagSeconds ?? null,
    executedGtid: server?.executedGtid ?? '',
    usesGtid: server !== null && usesGtid(server),
    errantGtid: instance.gtidErrant,
    awaitsSemiSync: server?.semiSync.primaryStatus ?? false,
    acknowledgesSemiSync: server?.semiSync.replicaStatus ?? false,
    error: [checks.error, replication?.lastSqlError, replication?.lastIoError].find(Boolean) ?? null,
    detachedFrom: server?.detachedFrom ?? null,
    isReplaced: instance.replaced !== null,
    inMaintenance: instance.inMaintenance,
    downtime: downtime === null ? null : `${downtime.reason} (${downtime.owner})`,
    alias: instance.alias,
    dataCenter: instance.dataCenter,
    region: instance.region,
    environment: instance.environment,
    promotionRule: instance.promotionRule,
    lastSeen: checks.seenAt === 0 ? null : moment(checks.seenAt),
  };
}

function moment(at: number): string {
  return new Date(at).toISOString();
}

/** What acknowledging wants to know. */
export const Acknowledgement = z.object({ by: z.string().trim().min(1), why: z.string().trim().min(1) });

/** Ten years. Far beyond that there is no date that could be written down. */
const longestMs = 10 * 366 * 24 * 3_600_000;

/** What people forbid for a time: an instance, for so long. */
export const Restraint = Acknowledgement.extend({
  instance: z.string().min(1),
  forMs: z.number().int().min(1).max(longestMs),
});

/** What an instance is to be set free from, and by whom. */
export const Release = z.object({ instance: z.string().min(1), by: z.string().trim().min(1) });

/** What somebody says to have seen: one run by its name, all of an instance, of a cluster, of everything; or the brake. */
export const Seen = z.discriminatedUnion('kind', [
  Acknowledgement.extend({ kind: z.enum(['recovery', 'instance', 'cluster']), name: z.string().min(1) }),
  Acknowledgement.extend({ kind: z.enum(['all', 'brake']) }),
]);

/** A person's word about a hook whose outcome nobody saw. */
export const Approval = Acknowledgement.extend({ answer: HookAnswer });
