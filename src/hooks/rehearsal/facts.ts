import type { HookFacts } from '../../engine/ports.ts';
import type { HookStage } from '../../engine/record.ts';
import type { InstanceKey } from '../../kernel/instance-key.ts';
import { stages } from '../stages.ts';

/** What the facts of a rehearsal are made up around. */
export interface RehearsedCluster {
  readonly primary: InstanceKey;
  readonly replicas: readonly InstanceKey[];
  readonly alias: string;
  readonly domain: string;
  /** Of the replica that takes over, `file:position`; null where they are not known. */
  readonly binlogCoordinates: string | null;
}

/** Hosts that no network has (RFC 2606), with an alias as people give them. */
const nowhere: RehearsedCluster = {
  primary: 'db1.example:3306',
  replicas: ['db2.example:3306', 'db3.example:3306'],
  alias: 'rehearsal',
  domain: 'rehearsal.example',
  binlogCoordinates: 'mysql-bin.000001:4',
};

/**
 * What the hooks of a stage would be told if the cluster's primary had died, or its first replica where
 * the stage is about intermediate sources. The first replica that is left takes over, where the stage
 * knows who does. By default the cluster is made up too.
 */
export function rehearsalFacts(stage: HookStage, cluster: RehearsedCluster = nowhere): HookFacts {
  const { primary, replicas, alias, domain, binlogCoordinates } = cluster;
  const [first = primary, ...others] = replicas;
  const isPrimary = stage !== 'PostIntermediateMasterFailoverProcesses';
  const left = isPrimary ? replicas : others;
  const known = stages[stage].successor;
  return {
    ...failureOf(isPrimary),
    command: takeovers.has(stage) ? 'graceful-master-takeover' : '',
    failed: isPrimary ? primary : first,
    failureCluster: primary,
    failureClusterAlias: alias,
    failureClusterDomain: domain,
    countReplicas: left.length,
    isDowntimed: false,
    autoMasterRecovery: true,
    autoIntermediateMasterRecovery: true,
    orchestratorHost: 'baton.example',
    recoveryUid: `0:${'0'.repeat(64)}`,
    isSuccessful: known === 'known',
    successor:
      known === 'unknown' ? null : { instance: isPrimary ? first : primary, alias: '', binlogCoordinates },
    lostReplicas: [],
    replicas: left,
    initiator: takeovers.has(stage) ? 'rehearsal' : 'automatic',
    reason: 'a rehearsal; nothing has happened',
    dataVerdict: known === 'known' && !takeovers.has(stage) ? atMostOne : null,
  };
}

/** The verdict that has most to say. */
const atMostOne: HookFacts['dataVerdict'] = {
  says: 'at-most',
  because: 'at most 1 transaction is lost, 0-1-100..100: a rehearsal, in which nothing was written',
  missing: '0-1-100..100',
  count: 1,
};

const takeovers: ReadonlySet<HookStage> = new Set<HookStage>([
  'PreGracefulTakeoverProcesses',
  'PostGracefulTakeoverProcesses',
  'PostUnsuccessfulGracefulTakeoverProcesses',
]);

/** orchestrator's words for the two failures (orchestrator 3.2.6, section 2.2). */
function failureOf(
  isPrimary: boolean,
): Pick<HookFacts, 'failureType' | 'instanceType' | 'isMaster' | 'isCoMaster' | 'failureDescription'> {
  const what = isPrimary ? 'Master' : 'Intermediate master';
  return {
    failureType: isPrimary ? 'DeadMaster' : 'DeadIntermediateMaster',
    instanceType: isPrimary ? 'master' : 'intermediate-master',
    isMaster: isPrimary,
    isCoMaster: false,
    failureDescription: `${what} cannot be reached by orchestrator and none of its replicas is replicating`,
  };
}
