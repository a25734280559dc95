import { factsAbout } from '../../../analysis/facts.ts';
import { type Finding, isActionable } from '../../../analysis/finding.ts';
import { analysisSettings } from '../../../analysis/settings.ts';
import { structureOf } from '../../../analysis/structure.ts';
import type { View } from '../../../controller/view.ts';
import type { Cluster } from '../../../topology/cluster.ts';
import { type Instance, isCheckValid, isDowntimed } from '../../../topology/snapshot.ts';
import { analysedClusterShape } from './cluster.ts';
import { coordinatesShape, keyShape, oneOf, timestamp } from './values.ts';

/** Everything that orchestrator says of an analysis, as it stands where nothing is known of it (orchestrator 3.2.6, section 5.1). */
const nothingAnalysed = {
  AnalyzedInstanceDataCenter: '',
  AnalyzedInstanceRegion: '',
  AnalyzedInstancePhysicalEnvironment: '',
  AnalyzedInstanceBinlogCoordinates: coordinatesShape(null),
  IsMaster: false,
  IsReplicationGroupMember: false,
  IsCoMaster: false,
  LastCheckValid: false,
  LastCheckPartialSuccess: false,
  CountReplicas: 0,
  CountValidReplicas: 0,
  CountValidReplicatingReplicas: 0,
  CountReplicasFailingToConnectToMaster: 0,
  CountDowntimedReplicas: 0,
  ReplicationDepth: 0,
  Replicas: [] as readonly ReturnType<typeof keyShape>[],
  SlaveHosts: [] as readonly ReturnType<typeof keyShape>[],
  IsFailingToConnectToMaster: false,
  Analysis: '',
  Description: '',
  StructureAnalysis: null as readonly string[] | null,
  IsDowntimed: false,
  IsReplicasDowntimed: false,
  DowntimeEndTimestamp: '',
  DowntimeRemainingSeconds: 0,
  IsBinlogServer: false,
  PseudoGTIDImmediateTopology: false,
  OracleGTIDImmediateTopology: false,
  MariaDBGTIDImmediateTopology: false,
  BinlogServerImmediateTopology: false,
  SemiSyncMasterEnabled: false,
  SemiSyncMasterStatus: false,
  SemiSyncMasterWaitForReplicaCount: 0,
  SemiSyncMasterClients: 0,
  CountSemiSyncReplicasEnabled: 0,
  CountLoggingReplicas: 0,
  CountStatementBasedLoggingReplicas: 0,
  CountMixedBasedLoggingReplicas: 0,
  CountRowBasedLoggingReplicas: 0,
  CountDistinctMajorVersionsLoggingReplicas: 0,
  CountDelayedReplicas: 0,
  CountLaggingReplicas: 0,
  IsActionableRecovery: false,
  ProcessingNodeHostname: '',
  ProcessingNodeToken: '',
  CountAdditionalAgreeingNodes: 0,
  StartActivePeriod: '',
  SkippableDueToDowntime: false,
  GTIDMode: '',
  MinReplicaGTIDMode: '',
  MaxReplicaGTIDMode: '',
  MaxReplicaGTIDErrant: '',
  CommandHint: '',
  IsReadOnly: false,
};

/** What is found of an instance now. */
export function analysisShape(finding: Finding, view: View): object {
  const { inventory, settings } = view;
  const instance = inventory.find(finding.instance);
  const cluster = inventory.clusterOf(finding.instance);
  const now = view.now();
  return oneOf(
    {
      AnalyzedInstanceKey: keyShape(finding.instance),
      AnalyzedInstanceMasterKey: keyShape(instance?.server?.replication?.source ?? null),
      ClusterDetails: cluster === null ? null : analysedClusterShape(cluster, view),
    },
    nothingAnalysed,
    foundShape(finding),
    instance === null ? {} : instanceFacts(instance, view, now),
    {
      IsActionableRecovery: isActionable(finding),
      SkippableDueToDowntime: finding.skippedForDowntime,
      IsReplicasDowntimed: finding.skippedForDowntime && !finding.isDowntimed,
      ProcessingNodeHostname: settings.hostname,
      ProcessingNodeToken: settings.hostname,
    },
  );
}

/** What was found when a run was begun: orchestrator keeps as little of it. */
export function pastAnalysisShape(
  finding: Pick<Finding, 'instance' | 'code' | 'replicas'>,
  cluster: Cluster,
  view: View,
): object {
  return oneOf(
    {
      AnalyzedInstanceKey: keyShape(finding.instance),
      AnalyzedInstanceMasterKey: keyShape(null),
      ClusterDetails: analysedClusterShape(cluster, view),
    },
    nothingAnalysed,
    {
      CountReplicas: finding.replicas.length,
      Replicas: finding.replicas.map(keyShape),
      SlaveHosts: finding.replicas.map(keyShape),
      Analysis: finding.code,
    },
  );
}

function foundShape(finding: Finding) {
  const { replicas } = finding;
  return {
    IsMaster: finding.isPrimary,
    IsCoMaster: finding.isCoPrimary,
    IsReplicationGroupMember: finding.instanceType === 'group-member',
    CountReplicas: replicas.length,
    CountValidReplicas: finding.validReplicas,
    CountValidReplicatingReplicas: finding.replicatingReplicas,
    Replicas: replicas.map(keyShape),
    SlaveHosts: replicas.map(keyShape),
    Analysis: finding.code,
    Description: finding.description,
    StructureAnalysis: finding.warnings.length === 0 ? null : finding.warnings,
    IsDowntimed: finding.isDowntimed,
  };
}

function instanceFacts(instance: Instance, view: View, now: number) {
  const { server } = instance;
  if (server === null) return {};
  const replicas = view.inventory.replicasOf(instance.key);
  const facts = factsAbout({ instance, server, replicas }, { now, settings: analysisSettings(view.config) });
  return oneOf(
    {
      AnalyzedInstanceDataCenter: instance.dataCenter,
      AnalyzedInstanceRegion: instance.region,
      AnalyzedInstancePhysicalEnvironment: instance.environment,
      AnalyzedInstanceBinlogCoordinates: coordinatesShape(server.binlogCoordinates),
      LastCheckValid: isCheckValid(instance),
      LastCheckPartialSuccess: isCheckValid(instance) || instance.checks.partial,
      CountReplicasFailingToConnectToMaster: facts.replicasFailingToConnect,
      CountDowntimedReplicas: facts.downtimedReplicas,
      ReplicationDepth: instance.depth,
      IsFailingToConnectToMaster: facts.failsToConnect,
      IsBinlogServer: instance.isBinlogServer,
      CountDelayedReplicas: facts.delayedReplicas,
      CountLaggingReplicas: facts.laggingReplicas,
      GTIDMode: server.gtidMode,
      IsReadOnly: server.readOnly,
    },
    downtimeShape(instance, now),
    semiSyncShape(instance, replicas),
    structureShape(instance, replicas, now),
  );
}

function downtimeShape(instance: Instance, now: number) {
  const downtime = isDowntimed(instance, now) ? instance.downtime : null;
  return {
    DowntimeEndTimestamp: timestamp(downtime?.until ?? null),
    DowntimeRemainingSeconds: downtime === null ? 0 : Math.ceil((downtime.until - now) / 1_000),
  };
}

function semiSyncShape({ server }: Instance, replicas: readonly Instance[]) {
  const semiSync = server?.semiSync;
  return {
    SemiSyncMasterEnabled: semiSync?.primaryEnabled ?? false,
    SemiSyncMasterStatus: semiSync?.primaryStatus ?? false,
    SemiSyncMasterWaitForReplicaCount: server?.flavour === 'mariadb' ? 0 : (semiSync?.waitForReplicas ?? 0),
    SemiSyncMasterClients: semiSync?.clients ?? 0,
    CountSemiSyncReplicasEnabled: replicas.filter((one) => one.server?.semiSync.replicaEnabled === true)
      .length,
  };
}

function structureShape(instance: Instance, replicas: readonly Instance[], now: number) {
  const { server } = instance;
  if (server === null) return {};
  const structure = structureOf({ instance, server, replicas }, now);
  const logging = replicas.filter((one) => one.server?.logBin === true && one.server.logReplicaUpdates);
  const countBy = (format: string) =>
    logging.filter((one) => one.server?.binlogFormat.toUpperCase() === format).length;
  const modes = replicas.map((one) => one.server?.gtidMode ?? '').sort();
  return {
    PseudoGTIDImmediateTopology: structure.usesPseudoGtid,
    OracleGTIDImmediateTopology: structure.allByMysqlGtid,
    MariaDBGTIDImmediateTopology: structure.allByMariadbGtid,
    BinlogServerImmediateTopology: structure.allBinlogServers,
    CountLoggingReplicas: structure.loggingReplicas,
    CountStatementBasedLoggingReplicas: countBy('STATEMENT'),
    CountMixedBasedLoggingReplicas: countBy('MIXED'),
    CountRowBasedLoggingReplicas: countBy('ROW'),
    CountDistinctMajorVersionsLoggingReplicas: structure.loggingMajorVersions,
    MinReplicaGTIDMode: modes[0] ?? '',
    MaxReplicaGTIDMode: modes.at(-1) ?? '',
    MaxReplicaGTIDErrant:
      structure.errantReplicas
        .map(({ gtids }) => gtids)
        .toSorted()
        .at(-1) ?? '',
  };
}
