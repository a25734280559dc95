import { z } from 'zod';
import { Treatment } from '../../../analysis/finding.ts';
import { recoveryReport } from '../../../controller/reports.ts';
import type { View } from '../../../controller/view.ts';
import type { RunSummary } from '../../../engine/ports.ts';
import { InstanceKey } from '../../../kernel/instance-key.ts';
import { told } from '../../../engine/telling.ts';
import type { JournalRecord } from '../../../engine/record.ts';
import { recoveryUidOf } from '../../../steps/hook-facts.ts';
import { pastAnalysisShape } from './analysis.ts';
import { keyShape, numberOf, timestamp } from './values.ts';

/** The little of an opening that orchestrator has words for; older builds, and an import, wrote no more. */
const Opened = z.object({
  finding: z.object({
    instance: InstanceKey,
    code: z.string(),
    treatment: Treatment.catch('none'),
    replicas: z.array(InstanceKey).default([]),
    clusterName: z.string().nullish(),
  }),
  cluster: z.object({
    id: z.string().default(''),
    name: z.string().nullish(),
    alias: z.string(),
    domain: z.string().nullish(),
  }),
});

/** A run that changed a cluster as orchestrator writes a recovery (orchestrator 3.2.6, section 5.1); null for one that is about no finding. */
export function recoveryShape(run: RunSummary, view: View) {
  const opened = openedOf(run);
  if (opened === null) return null;
  const report = recoveryReport(run);
  const { opening, endedAt } = run;
  const { treatment } = opened.finding;
  return {
    Id: numberOf(opening.uid),
    UID: recoveryUidOf(opening.uid),
    AnalysisEntry: pastAnalysisShape(opened.finding, opened.cluster, view),
    // One that was promoted is told, whatever came after.
    SuccessorKey: keyShape(report.successor),
    SuccessorAlias: report.successor === null ? '' : (view.inventory.find(report.successor)?.alias ?? ''),
    SuccessorBinlogCoordinates: null,
    IsActive: endedAt === null || (run.acknowledged === null && isQuiet(endedAt, view)),
    IsSuccessful: report.successor !== null,
    LostReplicas: report.lost.map(({ instance }) => keyShape(instance)),
    ParticipatingInstanceKeys: [] as readonly unknown[],
    AllErrors: [report.reason ?? ''],
    RecoveryStartTimestamp: timestamp(opening.at),
    RecoveryEndTimestamp: timestamp(endedAt),
    ProcessingNodeHostname: view.settings.hostname,
    ProcessingNodeToken: view.settings.hostname,
    ...acknowledgedShape(run),
    LastDetectionId: numberOf(opening.uid),
    RelatedRecoveryId: 0,
    Type: types[treatment] ?? '',
    RecoveryType: treatment === 'dead-primary' ? 'MasterRecoveryGTID' : 'NotMasterRecovery',
  };
}

/** A detection, which orchestrator writes in the shape of a recovery. */
export function detectionShape(run: RunSummary, view: View) {
  const opened = openedOf(run);
  if (opened === null) return null;
  const { opening, endedAt, end } = run;
  const led = z.object({ recovery: z.string().nullish() }).safeParse(end?.output).data?.recovery ?? null;
  return {
    Id: numberOf(opening.uid),
    UID: '',
    AnalysisEntry: {
      ...pastAnalysisShape(opened.finding, opened.cluster, view),
      StartActivePeriod: timestamp(opening.at),
    },
    SuccessorKey: null,
    SuccessorAlias: '',
    SuccessorBinlogCoordinates: null,
    IsActive: endedAt === null,
    IsSuccessful: false,
    LostReplicas: [] as readonly unknown[],
    ParticipatingInstanceKeys: [] as readonly unknown[],
    AllErrors: null,
    RecoveryStartTimestamp: timestamp(opening.at),
    RecoveryEndTimestamp: '',
    ProcessingNodeHostname: view.settings.hostname,
    ProcessingNodeToken: view.settings.hostname,
    ...acknowledgedShape(run),
    LastDetectionId: 0,
    RelatedRecoveryId: led === null ? 0 : numberOf(led),
    Type: '',
    RecoveryType: '',
  };
}

/** What happened in a run, a sentence each; what orchestrator has no word for is told in Baton's. */
export function stepsShape(uid: string, records: readonly JournalRecord[]) {
  return records.flatMap((record) => {
    const sentence = told(record, records);
    return sentence === null
      ? []
      : [{ Id: record.seq, RecoveryUID: uid, AuditAt: timestamp(record.at), Message: sentence }];
  });
}

const types: Readonly<Record<string, string>> = {
  'dead-primary': 'MasterRecovery',
  'dead-co-primary': 'CoMasterRecovery',
  'dead-intermediate': 'IntermediateMasterRecovery',
  'dead-group-member': 'ReplicationGroupMemberRecovery',
};

function openedOf({ opening }: RunSummary) {
  const { data } = Opened.safeParse(opening.input);
  if (data === undefined) return null;
  const { finding, cluster } = data;
  const { id, alias } = cluster;
  const name = cluster.name ?? finding.clusterName ?? alias;
  return { finding, cluster: { id, name, alias, domain: cluster.domain ?? name } };
}

/** orchestrator keeps a recovery active for as long as it keeps another from beginning. */
function isQuiet(endedAt: number, { settings, now }: View): boolean {
  return now() - endedAt < settings.quietMs;
}

function acknowledgedShape({ acknowledged }: RunSummary) {
  return {
    Acknowledged: acknowledged !== null,
    AcknowledgedAt: timestamp(acknowledged?.at ?? null),
    AcknowledgedBy: acknowledged?.by ?? '',
    AcknowledgedComment: acknowledged?.why ?? '',
  };
}
