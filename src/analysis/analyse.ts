import { compareKeys, hostOf } from '../kernel/instance-key.ts';
import type { Server } from '../topology/observation.ts';
import { type Instance, replicasBySource, type Snapshot } from '../topology/snapshot.ts';
import { isSkippedForDowntime } from './downtime.ts';
import { evidenceOf } from './evidence.ts';
import { type Facts, factsAbout } from './facts.ts';
import type { Finding } from './finding.ts';
import type { AnalysisSettings } from './settings.ts';
import { type Structure, structureOf } from './structure.ts';
import { rowFor } from './table.ts';
import { troublesIn } from './troubles.ts';
import { warningsFor } from './warnings.ts';

/**
 * A snapshot in, findings out: at most one for each instance, those that a downtime mutes included
 * and marked. Primaries come first, then whoever has more replicas. An instance that was never read
 * gives none, for nothing is known of its part in the cluster.
 */
export function analyse(snapshot: Snapshot, settings: AnalysisSettings): Finding[] {
  const replicasOf = replicasBySource(snapshot);
  return snapshot.instances
    .filter((instance) => !instance.inMaintenance && !isIgnored(instance, settings))
    .flatMap((instance) => {
      const { server } = instance;
      if (server === null) return [];
      const replicas = replicasOf.get(instance.key) ?? [];
      return findingOf({ instance, server, replicas }, { now: snapshot.takenAt, settings }) ?? [];
    })
    .sort(byWeight);
}

function isIgnored({ key }: Instance, { ignoredHosts }: AnalysisSettings): boolean {
  return ignoredHosts.some((pattern) => pattern.test(hostOf(key)));
}

/** Null where there is nothing to say. */
function findingOf(
  subject: { instance: Instance; server: Server; replicas: readonly Instance[] },
  { now, settings }: { now: number; settings: AnalysisSettings },
): Finding | null {
  const { instance, replicas } = subject;
  const facts = factsAbout(subject, { now, settings });
  // Whoever took its place leads the cluster: nothing that happens to it is a failure of its own.
  const row = instance.replaced === null ? rowFor(facts) : null;
  const structure = structureOf(subject, now);
  const warnings = instance.replaced === null ? warningsFor(structure, facts) : [];
  const troubles = troublesIn(facts, instance.key);
  const isQuiet = settings.reduceReplicationAnalysisCount && isQuietLeaf(facts);
  if (isQuiet && troubles.length === 0) return null;
  if (row === null && warnings.length === 0 && troubles.length === 0) return null;
  const code = row?.code ?? 'NoProblem';
  return {
    code,
    description: row?.description ?? '',
    treatment: row?.treatment ?? 'none',
    emergency: row?.emergency ?? 'none',
    instance: instance.key,
    clusterName: instance.clusterName,
    instanceType: instanceType(facts),
    isPrimary: facts.isPrimary,
    isCoPrimary: facts.isCoPrimary,
    replicas: replicas.map(({ key }) => key).sort(compareKeys),
    validReplicas: facts.validReplicas,
    replicatingReplicas: facts.replicatingReplicas,
    connectedReplicas: facts.connectedReplicas,
    tryingReplicas: facts.tryingReplicas,
    echo: facts.echo,
    words: facts.words,
    warnings,
    troubles,
    isDowntimed: facts.isDowntimed,
    skippedForDowntime: isSkippedForDowntime(code, facts),
    evidence: [evidenceOf(facts), ...structure.errantReplicas.map(errantWords)].join('; '),
  };
}

/** As much of a set as a line can bear. */
const shownLength = 120;

function errantWords({ instance, gtids }: Structure['errantReplicas'][number]): string {
  const which = gtids.length > shownLength ? `${gtids.slice(0, shownLength)}…` : gtids;
  return `${instance} has transactions that its source never had: ${which}`;
}

function isQuietLeaf({ reachable, failsToConnect, replicas }: Facts): boolean {
  return reachable && !failsToConnect && replicas === 0;
}

/** In orchestrator's order of precedence (orchestrator 3.2.6, section 1.4). */
function instanceType({ isCoPrimary, isGroupMember, isPrimary }: Facts): Finding['instanceType'] {
  if (isCoPrimary) return 'co-master';
  if (isGroupMember) return 'group-member';
  return isPrimary ? 'master' : 'intermediate-master';
}

function byWeight(a: Finding, b: Finding): number {
  return (
    Number(b.isPrimary) - Number(a.isPrimary) ||
    Number(leadsCluster(b)) - Number(leadsCluster(a)) ||
    b.replicas.length - a.replicas.length ||
    compareKeys(a.instance, b.instance)
  );
}

function leadsCluster({ instance, clusterName }: Finding): boolean {
  return instance === clusterName;
}
