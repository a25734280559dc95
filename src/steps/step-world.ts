import type { ReplicationRules } from '../analysis/choice/can-replicate.ts';
import type { FencingLevel } from '../analysis/cost/fencing.ts';
import type { Finding } from '../analysis/finding.ts';
import type { PromotionRules } from '../analysis/choice/promotion-rules.ts';
import type { RestartedBy } from '../analysis/gates/clone-gates.ts';
import type { TakeoverRules } from '../analysis/gates/takeover-gates.ts';
import type { Allowed } from '../analysis/gates/gates.ts';
import { type Testimony, type Verdict, verdictOn } from '../analysis/verdict.ts';
import type { Evidence, Hooks, Inventory, Journal, Servers, Signals } from '../engine/ports.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';
import type { Cluster } from '../topology/cluster.ts';
import type { Observation } from '../topology/observation.ts';
import { type Instance, newInstance, replicasAmong } from '../topology/snapshot.ts';
import type { Holds } from './holds.ts';
import type { PseudoGtid } from './recovery/pseudo-gtid.ts';

/** Between two looks at a replica that is applying, connecting or stopping. */
export const lookAgainMs = 15;
/** How long a repointed replica may take to connect before the next step goes on without waiting for it. */
export const connectWithinMs = 1_000;

/** What the steps stand on: ports for all that happens, and the few settings they go by. */
export interface StepWorld {
  readonly servers: Servers;
  readonly inventory: Inventory;
  readonly hooks: Hooks;
  readonly journal: Journal;
  readonly evidence: Evidence;
  readonly settings: StepSettings;
  readonly holds: Holds;
  /** What the other controllers say of an instance, those that say nothing too; empty for a controller that is alone. */
  readonly testimonies: (instance: InstanceKey) => readonly Testimony[];
  /** What other systems say of the hosts of instances. */
  readonly signals: Signals;
  /** Since when Baton has run without standing still, in milliseconds since 1970: what it saw before may be over. */
  readonly awakeSince: () => number;
}

export interface StepSettings {
  /** The name of the machine Baton runs on, as hooks are told it. */
  readonly hostname: string;
  /** Bounds one look at one server. */
  readonly lookTimeoutMs: number;
  /** How long a primary must have been corroborated dead before Baton acts (DetectionConfirmMilliseconds). */
  readonly confirmMs: number;
  /** How long after a recovery a cluster is left alone (RecoveryPeriodBlockSeconds). */
  readonly quietMs: number;
  /** How long the first pause is before an attempt that came to nothing is made again (RecoveryRetrySeconds); each further one is twice as long. */
  readonly retryMs: number;
  /** How long a detection hook's no keeps a failure from being recovered; 0 for no longer than that detection. */
  readonly vetoHoldsMs: number;
  /** At most so many recoveries of all clusters in so long (BrakeMaxRecoveries, BrakeWindowSeconds). */
  readonly brake: { readonly most: number; readonly windowMs: number };
  /** How long a candidate may go without applying anything before it is called stuck. */
  readonly applyStallMs: number;
  /** How long applying may take in all, 0 for no such limit; and what then, or when it is stuck. */
  readonly applyDeadlineMs: number;
  readonly applyDeadlinePolicy: 'fail' | 'wait' | 'promote-and-report';
  /** Replicas that are left behind are detached (DetachLostReplicasAfterMasterFailover). */
  readonly detachesLost: boolean;
  /** When one server may replicate from another. */
  readonly replicationRules: ReplicationRules;
  readonly takeover: TakeoverSettings;
  readonly fencingRequired: FencingLevel;
  /** The highest level that the configuration can reach for a primary that does not answer. */
  readonly fencingReachable: FencingLevel;
  /** How long after the last contact a primary has certainly given up by itself (SelfFencingSeconds); 0 where nothing makes it. */
  readonly selfFencingMs: number;
  /** FenceCommand and RescueCommand; null where there is none. */
  readonly fenceCommand: {
    readonly command: string;
    readonly timeoutMs: number;
    /** Its exit code 0 is proof. */
    readonly proves: boolean;
  } | null;
  /** SignalCommand, for what other systems tell of hosts; null where there is none. */
  readonly signalCommand: { readonly command: string; readonly timeoutMs: number } | null;
  readonly rescueCommand: {
    readonly command: string;
    readonly timeoutMs: number;
    readonly limitBytes: number;
    /** Where what it writes is filed. */
    readonly folder: string;
    /** RescueApplyCommand, which gives that to the successor; null where it is only filed. */
    readonly applyCommand: string | null;
  } | null;
  /** What becomes of a recovery where one that acknowledged cannot be reached (PromoteWithoutAcknowledger). */
  readonly withoutAcknowledger: 'hold' | 'promote-and-report';
  /** How often each instance is read in full (InstancePollSeconds). */
  readonly pollMs: number;
  /** How a replica without GTID finds its place in another's log; null where no PseudoGTIDPattern is configured. */
  readonly pseudoGtid: PseudoGtid | null;
  /** Who may be promoted. */
  readonly promotion: PromotionRules;
  readonly autoMasterRecovery: (cluster: { name: string; alias: string }) => boolean;
  readonly autoIntermediateMasterRecovery: (cluster: { name: string; alias: string }) => boolean;
  /**
   * What is done where semi-sync is not as it should be: exactly as many replicas as are waited for
   * (EnforceExactSemiSyncReplicas), as many at least (RecoverLockedSemiSyncMaster), or nothing.
   */
  readonly semiSyncMending: 'exact' | 'enough' | null;
  /** The other co-primary takes over from a dead one, or nobody (CoMasterRecoveryMustPromoteOtherCoMaster). */
  readonly coPrimaryMustWin: boolean;
  /** Whether a replaced primary that has nothing of its own follows its successor without being asked (RejoinReplacedPrimary). */
  readonly rejoins: 'offer' | 'automatic';
  /** How a replaced primary is built anew (RebuildBy, RebuildTimeoutSeconds, CloneRestartedBy). */
  readonly rebuild: {
    readonly by: 'command' | 'clone';
    readonly timeoutMs: number;
    readonly restartedBy: RestartedBy;
  };
  /** What Baton may do by itself about a cluster. */
  readonly allowed: (cluster: { name: string; alias: string }) => Allowed;
  /** Whether most controllers must say that a server of this cluster is dead (DetectionQuorum). */
  readonly needsQuorum: (cluster: { name: string; alias: string }) => boolean;
  /** Nothing is found, and nothing recovered, of this instance (RecoveryIgnoreHostnameFilters). */
  readonly isIgnored: (instance: InstanceKey) => boolean;
  /** What analysis says of these instances now. */
  readonly analyse: (instances: readonly Instance[], now: number) => readonly Finding[];
  /** What is said of a primary that a person wants replaced, whatever is wrong with it; null where it was never read. */
  readonly forced: (primary: Instance, members: readonly Instance[], now: number) => Finding | null;
  /** The same, of instances too that are ignored or in maintenance: whoever asks why nothing is done wants to hear of them. */
  readonly analyseAll: (instances: readonly Instance[], now: number) => readonly Finding[];
  /** Tells one configuration of recoveries and hooks from another. */
  readonly digest: string;
}

/** What planned takeovers go by. */
export interface TakeoverSettings {
  /** Whether a takeover can be made, and by whom. */
  readonly rules: TakeoverRules;
  /** How long the primary may be read-only while the new one catches up (TakeoverReadOnlySeconds). */
  readonly readOnlyMs: number;
  /** How long the designated replica may take to come close before that. */
  readonly approachMs: number;
}

/** Looks at instances, takes what was seen into the inventory and gives it back by the names known there. */
export async function lookAt(
  world: StepWorld,
  keys: readonly Observation['key'][],
  signal: AbortSignal,
): Promise<readonly Observation[]> {
  return world.inventory.learn(await world.servers.look(keys, world.settings.lookTimeoutMs, signal));
}

/** The finding about the same instance with the same treatment, in what is known right now; null when it is gone. */
export function findingNow(
  world: StepWorld,
  clusterId: string,
  finding: Finding,
  now: number,
): Finding | null {
  const findings = world.settings.analyse(world.inventory.members(clusterId), now);
  return (
    findings.find((one) => one.instance === finding.instance && one.treatment === finding.treatment) ?? null
  );
}

/** Who says what of the instance of a finding at this moment, by what is known right now. */
export function verdictNow(
  {
    inventory,
    settings,
    testimonies,
    signals,
  }: Pick<StepWorld, 'inventory' | 'settings' | 'testimonies' | 'signals'>,
  { id }: Pick<Cluster, 'id'>,
  { instance }: Pick<Finding, 'instance'>,
  now: number,
): Verdict {
  const members = inventory.members(id);
  const suspect = members.find(({ key }) => key === instance) ?? newInstance(instance);
  const { hostname: controller } = settings;
  const colleagues = testimonies(instance);
  return verdictOn(suspect, replicasAmong(members, instance), {
    controller,
    now,
    colleagues,
    signals: signals.of(instance),
  });
}
