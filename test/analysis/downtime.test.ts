import { describe, expect, it } from 'vitest';
import { isSkippedForDowntime } from '../../src/analysis/downtime.ts';
import { type Facts, factsAbout } from '../../src/analysis/facts.ts';
import { groupTable, table } from '../../src/analysis/table.ts';
import { primary, readAt } from '../topology/instances.ts';
import { defaultSettings } from './settings.ts';

/** Those that orchestrator calls skippable when all replicas are in downtime (orchestrator 3.2.6, section 2.4). */
const aboutReplicas = [
  'AllMasterReplicasNotReplicating',
  'AllMasterReplicasNotReplicatingOrDead',
  'MasterSingleReplicaDead',
  'AllCoMasterReplicasNotReplicating',
  'DeadIntermediateMasterWithSingleReplica',
  'DeadIntermediateMasterWithSingleReplicaFailingToConnect',
  'DeadIntermediateMasterAndReplicas',
  'DeadIntermediateMasterAndSomeReplicas',
  'AllIntermediateMasterReplicasFailingToConnectOrDead',
  'AllIntermediateMasterReplicasNotReplicating',
];
const codes = [...new Set([...table, ...groupTable].map(({ code }) => code))];

function skipped(code: string, what: Partial<Facts>): boolean {
  const instance = primary('a:1');
  if (instance.server === null) throw new Error('a primary in good health was read');
  const subject = { instance, server: instance.server, replicas: [] };
  return isSkippedForDowntime(code, {
    ...factsAbout(subject, { now: readAt, settings: defaultSettings }),
    ...what,
  });
}

describe('a finding is skipped', () => {
  it('for the downtime of all replicas where it is about replicas, for that of some nowhere', () => {
    expect(codes.filter((code) => skipped(code, { replicas: 2, downtimedReplicas: 2 })).toSorted()).toEqual(
      aboutReplicas.toSorted(),
    );
    expect(codes.filter((code) => skipped(code, { replicas: 2, downtimedReplicas: 1 }))).toEqual([]);
  });

  it('for the downtime of its instance, whatever it is about', () => {
    expect(codes.filter((code) => !skipped(code, { isDowntimed: true, replicas: 2 }))).toEqual([]);
  });
});
