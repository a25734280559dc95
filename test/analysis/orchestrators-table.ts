import type { Facts } from '../../src/analysis/facts.ts';

/**
 * orchestrator's decision table a second time, as its source has it (orchestrator 3.2.6, section
 * 2.2) and in a notation of its own, to hold ours against. V is a valid last check and P a partial
 * one; n replicas, v of them valid, vr replicating, f failing to connect.
 */
const rows: readonly (readonly [code: string, condition: string])[] = [
  ['DeadReplicationGroupMemberWithReplicas', 'group !V n>0 vr=0'],
  ['NoProblem', 'group'],
  ['DeadMasterWithoutReplicas', 'master !V n=0'],
  ['DeadMaster', 'master !V v=n vr=0'],
  ['DeadMasterAndReplicas', 'master !V n>0 v=0 vr=0'],
  ['DeadMasterAndSomeReplicas', 'master !V v<n v>0 vr=0'],
  ['UnreachableMasterWithLaggingReplicas', 'master !V lagging=n delayed<n vr>0'],
  ['UnreachableMaster', 'master !V !P v>0 vr>0'],
  ['UnreachableMaster', 'master !V P f>0 v>0 vr>0'],
  ['LockedSemiSyncMaster', 'master enabled status wait>0 clients<wait stale'],
  ['LockedSemiSyncMasterHypothesis', 'master enabled status wait>0 clients<wait'],
  ['MasterWithTooManySemiSyncReplicas', 'exact master enabled status wait>0 clients>wait'],
  ['NoWriteableMasterStructureWarning', 'master V readonly vr>0 nonwriteable'],
  ['MasterSingleReplicaNotReplicating', 'master V n=1 v=n vr=0'],
  ['MasterSingleReplicaDead', 'master V n=1 v=0'],
  ['AllMasterReplicasNotReplicating', 'master V n>1 v=n vr=0'],
  ['AllMasterReplicasNotReplicatingOrDead', 'master V n>1 v<n v>0 vr=0'],
  ['DeadCoMaster', 'comaster !V n>0 v=n vr=0'],
  ['DeadCoMasterAndSomeReplicas', 'comaster !V n>0 v<n v>0 vr=0'],
  ['UnreachableCoMaster', 'comaster !V !P v>0 vr>0'],
  ['AllCoMasterReplicasNotReplicating', 'comaster V n>0 vr=0'],
  ['DeadIntermediateMasterWithSingleReplicaFailingToConnect', '!master !V n=1 v=n f=n vr=0'],
  ['DeadIntermediateMasterWithSingleReplica', '!master !V n=1 v=n vr=0'],
  ['DeadIntermediateMaster', '!master !V n>1 v=n vr=0'],
  ['DeadIntermediateMasterAndSomeReplicas', '!master !V v<n v>0 vr=0'],
  ['DeadIntermediateMasterAndReplicas', '!master !V n>0 v=0'],
  ['UnreachableIntermediateMasterWithLaggingReplicas', '!master !V lagging=n delayed<n vr>0'],
  ['UnreachableIntermediateMaster', '!master !V !P v>0 vr>0'],
  ['AllIntermediateMasterReplicasFailingToConnectOrDead', '!master V n>1 vr=0 f>0 f=v'],
  ['AllIntermediateMasterReplicasNotReplicating', '!master V n>0 vr=0'],
  ['BinlogServerFailingToConnectToMaster', 'binlogserver selffail'],
  ['FirstTierReplicaFailingToConnectToMaster', 'depth=1 selffail'],
  ['NoProblem', ''],
];

type Values = Readonly<Record<string, number>>;

const conditions = rows.map(([code, condition]) => ({
  code,
  terms: condition.split(' ').flatMap((term) => (term === '' ? [] : [termOf(term)])),
}));

/** The code that orchestrator would give. */
export function orchestratorsCode(facts: Facts): string {
  const values = valuesOf(facts);
  return conditions.find(({ terms }) => terms.every((holds) => holds(values)))?.code ?? '';
}

function termOf(term: string): (values: Values) => boolean {
  const [, not, name = '', sign, other = ''] = /^(!?)(\w+)(?:([=<>])(\w+))?$/.exec(term) ?? [];
  const [left, right] = [operand(name), operand(other)];
  if (sign === undefined) return (values) => (left(values) !== 0) === (not === '');
  if (sign === '=') return (values) => left(values) === right(values);
  return sign === '<' ? (values) => left(values) < right(values) : (values) => left(values) > right(values);
}

/** A word's value, or a number as it stands. */
function operand(word: string): (values: Values) => number {
  if (/^\d/.test(word)) return () => Number(word);
  return (values) => {
    const value = values[word];
    if (value === undefined) throw new Error(`the table has no word "${word}"`);
    return value;
  };
}

function valuesOf(facts: Facts): Values {
  const { semiSync } = facts;
  return {
    group: Number(facts.isGroupMember),
    master: Number(facts.isPrimary),
    comaster: Number(facts.isCoPrimary),
    binlogserver: Number(facts.isBinlogServer),
    depth: facts.depth,
    V: Number(facts.reachable),
    P: Number(facts.answersInPart),
    n: facts.replicas,
    v: facts.validReplicas,
    vr: facts.replicatingReplicas,
    f: facts.replicasFailingToConnect,
    lagging: facts.laggingReplicas,
    delayed: facts.delayedReplicas,
    selffail: Number(facts.failsToConnect),
    readonly: Number(facts.readOnly),
    nonwriteable: Number(facts.recoversNonWriteable),
    enabled: Number(semiSync.enabled),
    status: Number(semiSync.inForce),
    wait: semiSync.wanted,
    clients: semiSync.clients,
    stale: Number(semiSync.standsStill),
    exact: Number(semiSync.mustBeExact),
  };
}
