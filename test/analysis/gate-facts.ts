import type { GateFacts } from '../../src/analysis/gates/gates.ts';
import type { PastRun } from '../../src/analysis/gates/past-runs.ts';

/** Facts that leave every gate open which looks at more than the finding. */
export const openFacts: GateFacts = {
  cluster: { id: 'c', name: 'a:1', alias: 'shop' },
  now: 1_000_000,
  hasRemedy: true,
  leaseMs: 10_000,
  unseen: { count: 0, waitMs: 0 },
  reach: { of: 3, silent: 1, isIsolated: false },
  quorum: {
    isNeeded: false,
    controllers: [{ observer: 'here', says: 'dead', because: 'it refuses connections' }],
  },
  provenOff: null,
  disabledBecause: null,
  allowed: {
    RecoverMasterClusterFilters: true,
    RecoverIntermediateMasterClusterFilters: true,
    RecoverLockedSemiSyncMaster: true,
    EnforceExactSemiSyncReplicas: true,
    RecoverNonWriteableMaster: true,
  },
  isIgnored: false,
  downtime: null,
  maintenance: null,
  active: null,
  runs: [],
  quietMs: 60_000,
  retryMs: 10_000,
  isChanged: false,
  veto: null,
  openedAt: [],
  brake: { most: 3, windowMs: 10_000 },
};

/** A recovery of a:1 that made b:1 the primary, ten seconds before `openFacts.now`. */
export const pastRun: PastRun = {
  uid: '1:7f',
  treatment: 'dead-primary',
  failed: 'a:1',
  successor: 'b:1',
  openedAt: 988_000,
  endedAt: 990_000,
  acknowledged: false,
  aftereffect: 'quiets',
  because: null,
};

/** One that came to nothing. */
export const failedRun: PastRun = {
  ...pastRun,
  successor: null,
  aftereffect: 'retries',
  because: 'a hook said no',
};
