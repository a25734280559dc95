import type { Config, KeyName } from './keys.ts';
import type { Sentence, Severity } from './sentence.ts';

/** What the doctor is told of the machine. */
export interface Surroundings {
  /** The files in which a secret stands as it is. */
  readonly secretFiles: readonly string[];
  readonly exists: (path: string) => boolean;
  /** A file that whoever asks may execute. */
  readonly isExecutable: (path: string) => boolean;
  /** The daemon's variables, as far as they are known. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Everybody on the machine may read the file. */
  readonly isReadableByAll: (path: string) => boolean;
}

export type Check = (config: Config, surroundings: Surroundings) => readonly Sentence[];

/** One condition, one sentence, about one key. */
interface Row {
  readonly severity: Severity;
  readonly key: KeyName;
  readonly when: (config: Config, surroundings: Surroundings) => boolean;
  readonly text: string;
}

/** What is true of one or two values and worth hearing. */
export const rows: readonly Row[] = [
  {
    severity: 'warning',
    key: 'Coordination',
    when: ({ Coordination, CoordinationPassword }) =>
      Coordination.Kind === 'etcd' &&
      CoordinationPassword !== '' &&
      Coordination.Endpoints.some((endpoint) => endpoint.startsWith('http://')),
    text: 'Coordination has an endpoint that is not https, to which CoordinationPassword goes in the clear.',
  },
  {
    severity: 'warning',
    key: 'DiscoverySeeds',
    when: ({ DiscoverySeeds, StateFile }, { exists }) => DiscoverySeeds.length === 0 && !exists(StateFile),
    text: 'DiscoverySeeds is empty and there is no state file with an inventory, so there is nothing to watch.',
  },
  {
    severity: 'warning',
    key: 'RecoverMasterClusterFilters',
    when: ({ RecoverMasterClusterFilters }) => RecoverMasterClusterFilters.length === 0,
    text: 'RecoverMasterClusterFilters is empty: failures are announced, and no cluster is recovered unless a person asks. ["*"] recovers all.',
  },
  {
    severity: 'warning',
    key: 'MySQLTopologyUser',
    when: ({ MySQLTopologyUser }) => MySQLTopologyUser === '',
    text: 'MySQLTopologyUser is empty, so no server will let Baton in.',
  },
  {
    severity: 'error',
    key: 'MySQLTopologyUseMutualTLS',
    when: (config) =>
      config.MySQLTopologyUseMutualTLS &&
      (config.MySQLTopologySSLCertFile === '' || config.MySQLTopologySSLPrivateKeyFile === ''),
    text: 'MySQLTopologyUseMutualTLS needs MySQLTopologySSLCertFile and MySQLTopologySSLPrivateKeyFile.',
  },
  {
    severity: 'warning',
    key: 'MySQLTopologyUseMixedTLS',
    when: (config) =>
      !config.MySQLTopologyUseMixedTLS &&
      !config.MySQLTopologyUseMutualTLS &&
      config.MySQLTopologySSLCAFile === '' &&
      (config.MySQLTopologySSLSkipVerify || config.MySQLTopologySSLCertFile !== ''),
    text: 'MySQLTopologyUseMixedTLS and MySQLTopologyUseMutualTLS are false and MySQLTopologySSLCAFile is empty, so no connection is encrypted and the other MySQLTopologySSL keys do nothing.',
  },
  {
    severity: 'warning',
    key: 'MySQLHostnameResolveMethod',
    when: ({ MySQLHostnameResolveMethod: method }) =>
      !/^(|none|default|(@@)?(hostname|report_host))$/i.test(method),
    text: 'MySQLHostnameResolveMethod is none of "@@hostname", "@@report_host" and "none"; names are left alone, as orchestrator does.',
  },
  {
    severity: 'warning',
    key: 'HostnameResolveMethod',
    when: ({ HostnameResolveMethod: method }) => !/^(|none|default|cname|ip)$/i.test(method),
    text: 'HostnameResolveMethod is none of "default", "cname", "ip" and "none"; names are left alone.',
  },
  {
    severity: 'warning',
    key: 'HookSubstitution',
    when: ({ HookSubstitution }) => HookSubstitution === 'literal',
    text: 'HookSubstitution is "literal": an alias or a host name that holds shell code runs it as Baton’s user.',
  },
  {
    severity: 'warning',
    key: 'FencingLevelRequired',
    when: ({ FencingLevelRequired }) => FencingLevelRequired === 'none',
    text: 'FencingLevelRequired is "none": an old primary that still takes writes does not stop a promotion.',
  },
  {
    severity: 'warning',
    key: 'DetectionConfirmMilliseconds',
    when: ({ DetectionConfirmMilliseconds }) => DetectionConfirmMilliseconds === 0,
    text: 'DetectionConfirmMilliseconds is 0: a primary is acted upon at first sight of its death.',
  },
  {
    severity: 'warning',
    key: 'ProbeIntervalMilliseconds',
    when: (config) => config.ProbeIntervalMilliseconds > config.InstancePollSeconds * 1000,
    text: 'ProbeIntervalMilliseconds is longer than InstancePollSeconds; full readings would come before signs of life.',
  },
  {
    severity: 'warning',
    key: 'BrakeMaxRecoveries',
    when: ({ BrakeMaxRecoveries }) => BrakeMaxRecoveries === 0,
    text: 'BrakeMaxRecoveries is 0: nothing holds Baton back when it finds many clusters dead at once.',
  },
];
