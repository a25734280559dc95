/** Keys that orchestrator itself had stopped reading: known, and without effect (orchestrator 3.2.6, section 4). */
export const retiredKeys: readonly string[] = [
  'ActiveNodeExpireSeconds',
  'AgentAutoDiscover',
  'AuditPageSize',
  'BinlogFileHistoryDays',
  'BufferBinlogEvents',
  'DatabaselessMode__experimental',
  'DiscoveryPollSeconds',
  'HttpTimeoutSeconds',
  'MaintenanceExpireMinutes',
  'MaintenanceOwner',
  'MaintenancePurgeDays',
  'MaxOutdatedKeysToShow',
  'MySQLTopologyMaxPoolConnections',
  'PseudoGTIDCoordinatesHistoryHeuristicMinutes',
  'PseudoGTIDPreferIndependentMultiMatch',
  'ReadLongRunningQueries',
  'SlaveStartPostWaitMilliseconds',
  // Never read, but written in orchestrator's own sample files.
  'RecoveryPollSeconds',
  'StatusSimpleHealth',
];
