import type { Facts } from './facts.ts';
import type { Structure } from './structure.ts';

/** One structure warning. `because` is what we say of it. */
export interface Warning {
  readonly code: string;
  readonly because: string;
  readonly when: (structure: Structure, facts: Facts) => boolean;
}

/**
 * What is not a failure, but would spoil a recovery. All that apply are reported, in this order and
 * whatever else was found (orchestrator 3.2.6, section 2.3).
 */
export const warnings = [
  {
    code: 'NoLoggingReplicasStructureWarning',
    because: 'no replica of the primary logs what it replicates, so none can be the source of the others',
    when: (s, f) => f.isPrimary && f.replicas > 1 && s.loggingReplicas === 0,
  },
  {
    code: 'NoFailoverSupportStructureWarning',
    because:
      'the replicas of the primary do not use GTID throughout, so they cannot be told to follow another',
    when: (s, f) =>
      f.isPrimary &&
      f.replicas > 1 &&
      !s.allByMysqlGtid &&
      !s.allByMariadbGtid &&
      !s.allBinlogServers &&
      !s.usesPseudoGtid,
  },
  {
    code: 'StatementAndMixedLoggingReplicasStructureWarning',
    because: 'some replicas log in STATEMENT format and others in MIXED',
    when: ({ loggingFormats }, f) => f.isPrimary && loggingFormats.statement && loggingFormats.mixed,
  },
  {
    code: 'StatementAndRowLoggingReplicasStructureWarning',
    because: 'some replicas log in STATEMENT format and others in ROW',
    when: ({ loggingFormats }, f) => f.isPrimary && loggingFormats.statement && loggingFormats.row,
  },
  {
    code: 'MixedAndRowLoggingReplicasStructureWarning',
    because: 'some replicas log in MIXED format and others in ROW',
    when: ({ loggingFormats }, f) => f.isPrimary && loggingFormats.mixed && loggingFormats.row,
  },
  {
    code: 'MultipleMajorVersionsLoggingReplicasStructureWarning',
    because: 'the replicas are of several major versions; an older one cannot follow a newer one',
    when: (s, f) => f.isPrimary && s.loggingMajorVersions > 1,
  },
  {
    code: 'DifferentGTIDModesStructureWarning',
    because: 'gtid_mode is not the same here and on all replicas',
    when: (s) => s.gtidModesDiffer,
  },
  {
    code: 'ErrantGTIDStructureWarning',
    because: 'a replica has transactions that its source never had',
    when: (s) => s.errantReplicas.length > 0,
  },
  {
    code: 'NoWriteableMasterStructureWarning',
    because: 'the primary is read-only',
    when: (_, f) => f.isPrimary && f.readOnly,
  },
  {
    code: 'NotEnoughValidSemiSyncReplicasStructureWarning',
    because: 'semi-sync has fallen back to asynchronous replication for want of replicas',
    when: (_, { isPrimary, semiSync }) =>
      isPrimary && semiSync.enabled && !semiSync.inForce && semiSync.clients < semiSync.wanted,
  },
] as const satisfies readonly Warning[];

export function warningsFor(structure: Structure, facts: Facts): string[] {
  return warnings.filter(({ when }) => when(structure, facts)).map(({ code }) => code);
}
