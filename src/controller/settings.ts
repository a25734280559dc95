import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { analyse } from '../analysis/analyse.ts';
import { matchesClusterFilters } from '../analysis/cluster-filter.ts';
import { analysisSettings } from '../analysis/settings.ts';
import type { Config } from '../config/keys.ts';
import { BatonError, messageOf } from '../kernel/errors.ts';
import type { Access } from '../mysql/access.ts';
import type { StepSettings } from '../steps/step-world.ts';

/** How Baton presents itself to the servers. Throws `config-invalid` where a TLS file cannot be read. */
export function accessOf(config: Config): Access {
  return {
    user: config.MySQLTopologyUser,
    password: config.MySQLTopologyPassword,
    connectTimeoutMs: config.MySQLConnectTimeoutSeconds * 1_000,
    tls: tlsOf(config),
  };
}

function tlsOf(config: Config): Access['tls'] {
  const {
    MySQLTopologySSLCAFile: ca,
    MySQLTopologySSLCertFile: cert,
    MySQLTopologySSLPrivateKeyFile: key,
  } = config;
  if (!config.MySQLTopologyUseMutualTLS && ca === '') return null;
  return {
    ca: pem(ca, 'MySQLTopologySSLCAFile'),
    cert: pem(cert, 'MySQLTopologySSLCertFile'),
    key: pem(key, 'MySQLTopologySSLPrivateKeyFile'),
    skipVerify: config.MySQLTopologySSLSkipVerify,
  };
}

function pem(path: string, key: string): string | null {
  if (path === '') return null;
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new BatonError('config-invalid', `${key} names ${path}, which cannot be read: ${messageOf(error)}`);
  }
}

export function stepSettingsOf(config: Config, disabledBecause: () => string | null): StepSettings {
  const settings = analysisSettings(config);
  return {
    hostname: hostname(),
    lookTimeoutMs: config.ProbeTimeoutMilliseconds,
    confirmMs: config.DetectionConfirmMilliseconds,
    quietMs: config.RecoveryPeriodBlockSeconds * 1_000,
    applyStallMs: config.InstanceBulkOperationsWaitTimeoutSeconds * 1_000,
    fencingRequired: config.FencingLevelRequired,
    promotionIgnoredHosts: config.PromotionIgnoreHostnameFilters.map((pattern) => new RegExp(pattern)),
    autoMasterRecovery: (cluster) => matchesClusterFilters(config.RecoverMasterClusterFilters, cluster),
    autoIntermediateMasterRecovery: (cluster) =>
      matchesClusterFilters(config.RecoverIntermediateMasterClusterFilters, cluster),
    analyse: (instances, now) => analyse({ takenAt: now, instances }, settings),
    disabledBecause,
  };
}

/** The alias that ClusterNameToAlias gives a cluster: its keys are expressions on the name. Null for none. */
export function aliasIn(config: Config, clusterName: string): string | null {
  const match = Object.entries(config.ClusterNameToAlias).find(([pattern]) =>
    new RegExp(pattern).test(clusterName),
  );
  return match?.[1] ?? null;
}
