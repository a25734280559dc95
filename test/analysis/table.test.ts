import { describe, expect, it } from 'vitest';
import type { Facts } from '../../src/analysis/facts.ts';
import { groupTable, type Row, rowFor, table } from '../../src/analysis/table.ts';
import { everyFacts } from './every-facts.ts';
import { orchestratorsCode } from './orchestrators-table.ts';

/** How often each row is chosen, and what must not be, found in one walk through all that can be. */
const timesChosen = new Map<Row | null, number>();
const promotedUnderReplication: Facts[] = [];
const replacedThoughReachable: Facts[] = [];
const foundInHealth: Facts[] = [];
const groupMembersElsewhere: Facts[] = [];
const passedOver: Facts[] = [];
const judgedOtherwise: unknown[] = [];
for (const facts of everyFacts()) {
  const row = rowFor(facts);
  timesChosen.set(row, (timesChosen.get(row) ?? 0) + 1);
  const theirs = orchestratorsCode(facts);
  if (theirs !== (row?.code ?? 'NoProblem')) judgedOtherwise.push({ theirs, ours: row?.code, facts });
  if (row === null) {
    const silent = !facts.reachable && !facts.answersInPart && facts.replicas > 0;
    if (silent && !facts.isGroupMember) passedOver.push(facts);
    continue;
  }
  const dead = row.treatment.startsWith('dead-');
  if (dead && facts.replicatingReplicas > 0) promotedUnderReplication.push(facts);
  if (row.treatment === 'dead-primary' && facts.reachable) replacedThoughReachable.push(facts);
  if (isHealthy(facts)) foundInHealth.push(facts);
  if (facts.isGroupMember && row.treatment !== 'dead-group-member') groupMembersElsewhere.push(facts);
}

const rows: readonly Row[] = [...table, ...groupTable];
const recovers = /^(dead-|semi-sync|non-writeable)/;

function isHealthy(facts: Facts): boolean {
  const replicating = facts.replicatingReplicas === facts.replicas;
  return (
    facts.reachable && !facts.failsToConnect && replicating && !facts.readOnly && !facts.semiSync.enabled
  );
}

describe('the decision table', () => {
  it.each(rows.map((row, index) => [`${index + 1} ${row.code}`, row] as const))(
    'has a use for row %s',
    (_, row) => {
      expect(timesChosen.get(row) ?? 0).toBeGreaterThan(0);
    },
  );

  it('judges every combination of facts as orchestrator does', () => {
    expect(judgedOtherwise.slice(0, 3)).toEqual([]);
  });

  it('never lets another server be promoted while a replica still replicates', () => {
    expect(promotedUnderReplication).toEqual([]);
  });

  it('never has a primary replaced that answers', () => {
    expect(replacedThoughReachable).toEqual([]);
  });

  it('finds nothing about an instance in health', () => {
    expect(foundInHealth).toEqual([]);
  });

  it('speaks of members of a replication group in their own row only', () => {
    expect(groupMembersElsewhere).toEqual([]);
  });

  it('passes over no dead instance with replicas, unless it answers in part', () => {
    expect(passedOver).toEqual([]);
  });

  it('gives one code one description and one treatment', () => {
    for (const row of rows) {
      const same = rows.filter(({ code }) => code === row.code);
      expect(new Set(same.map(({ description }) => description)).size).toBe(1);
      expect(new Set(same.map(({ treatment }) => treatment)).size).toBe(1);
    }
  });

  it('treats what orchestrator treats, and announces what it announces', () => {
    const by = (which: (row: Row) => boolean) => [...new Set(rows.filter(which).map(({ code }) => code))];
    expect(by(({ treatment }) => recovers.test(treatment))).toEqual([
      'DeadMaster',
      'DeadMasterAndSomeReplicas',
      'LockedSemiSyncMaster',
      'MasterWithTooManySemiSyncReplicas',
      'NoWriteableMasterStructureWarning',
      'DeadCoMaster',
      'DeadCoMasterAndSomeReplicas',
      'DeadIntermediateMasterWithSingleReplicaFailingToConnect',
      'DeadIntermediateMaster',
      'DeadIntermediateMasterAndSomeReplicas',
      'AllIntermediateMasterReplicasFailingToConnectOrDead',
      'DeadReplicationGroupMemberWithReplicas',
    ]);
    expect(by(({ treatment }) => treatment === 'announce')).toEqual([
      'DeadMasterAndReplicas',
      'UnreachableMasterWithLaggingReplicas',
      'UnreachableMaster',
      'AllMasterReplicasNotReplicating',
      'AllMasterReplicasNotReplicatingOrDead',
      'DeadIntermediateMasterAndReplicas',
      'UnreachableIntermediateMasterWithLaggingReplicas',
    ]);
  });
});
