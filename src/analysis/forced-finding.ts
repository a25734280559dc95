import { compareKeys } from '../kernel/instance-key.ts';
import { type Instance, replicasAmong } from '../topology/snapshot.ts';
import { evidenceOf } from './evidence.ts';
import { factsAbout } from './facts.ts';
import type { Finding } from './finding.ts';
import type { AnalysisSettings } from './settings.ts';
import { table } from './table.ts';

const deadPrimary = table.find(({ code }) => code === 'DeadMaster');

/**
 * What is said of a primary that a person wants replaced, whatever is wrong with it: it is treated as a dead one and
 * described as it stands (orchestrator 3.2.6, section 3.10). Null where the primary was never read.
 */
export function forcedFinding(
  instance: Instance,
  members: readonly Instance[],
  { now, settings }: { now: number; settings: AnalysisSettings },
): Finding | null {
  const { key, server } = instance;
  if (server === null || deadPrimary === undefined) return null;
  const replicas = replicasAmong(members, key);
  const facts = factsAbout({ instance, server, replicas }, { now, settings });
  return {
    code: deadPrimary.code,
    description: deadPrimary.description,
    treatment: deadPrimary.treatment,
    emergency: 'none',
    instance: key,
    clusterName: instance.clusterName,
    instanceType: facts.isCoPrimary ? 'co-master' : 'master',
    isPrimary: true,
    isCoPrimary: facts.isCoPrimary,
    replicas: replicas.map((replica) => replica.key).sort(compareKeys),
    validReplicas: facts.validReplicas,
    replicatingReplicas: facts.replicatingReplicas,
    connectedReplicas: facts.connectedReplicas,
    tryingReplicas: facts.tryingReplicas,
    echo: facts.echo,
    words: facts.words,
    warnings: [],
    troubles: [],
    isDowntimed: facts.isDowntimed,
    skippedForDowntime: false,
    evidence: evidenceOf(facts),
  };
}
