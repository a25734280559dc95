import type { ConfiguredHook } from '../../src/config/hook.ts';
import type { HookFacts } from '../../src/engine/ports.ts';
import type { HookSettings } from '../../src/hooks/render.ts';
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
  initiator: 'automatic',
  reason: 'last answered 2 s ago; 2 of 2 replicas agree',
  dataVerdict: null,
};

export const promoted: HookFacts = {
  ...facts,
  isSuccessful: true,
  successor: { instance: instanceKey('::1', 3307), alias: 'second', binlogCoordinates: 'bin.000001:2523' },
  lostReplicas: ['db2:3306'],
  dataVerdict: { says: 'at-most', because: 'at most 2 are lost', missing: '0-1-8..9', count: 2 },
};

/** A hook as a configuration would have it that says no more than its command. */
export function configuredHook(command: string, more: Partial<ConfiguredHook> = {}): ConfiguredHook {
  return {
    action: { kind: 'shell', command },
    readsFacts: false,
    detached: false,
    timeoutSeconds: null,
    onFailure: null,
    onResume: 'rerun',
    askTimeoutSeconds: null,
    retries: 0,
    exitClasses: false,
    ...more,
  };
}

export const hookSettings: HookSettings = {
  substitution: 'safe',
  compatibility: 'sane',
  timeoutSeconds: 60,
  stageTimeoutSeconds: 600,
  lengthySeconds: 14_400,
  askTimeoutSeconds: 900,
  postHooksCount: false,
};
