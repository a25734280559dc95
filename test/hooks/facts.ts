import type { HookFacts } from '../../src/engine/ports.ts';
import { instanceKey } from '../../src/kernel/instance-key.ts';

/** A dead primary with two replicas, before anybody was promoted. */
export const facts: HookFacts = {
  failureType: 'DeadMaster',
  instanceType: 'master',
  isMaster: true,
  isCoMaster: false,
  failureDescription: 'Master cannot be reached by orchestrator and none of its replicas is replicating',
  command: '',
  failed: 'db1:3306',
  failureCluster: 'db1:3306',
  failureClusterAlias: 'shop',
  failureClusterDomain: 'shop.example',
  countReplicas: 2,
  isDowntimed: false,
  autoMasterRecovery: true,
  autoIntermediateMasterRecovery: false,
  orchestratorHost: 'baton1',
  recoveryUid: '1:ab',
  isSuccessful: false,
  successor: null,
  lostReplicas: [],
  replicas: ['db10:3306', 'db2:3307', 'db2:3306'],
};

export const promoted: HookFacts = {
  ...facts,
  isSuccessful: true,
  successor: { instance: instanceKey('::1', 3307), alias: 'second', binlogCoordinates: 'bin.000001:2523' },
  lostReplicas: ['db2:3306'],
};
