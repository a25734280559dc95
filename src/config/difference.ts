import { type Config, type KeyName, keyNames, keys } from './keys.ts';

/** A key that another reading of the configuration gives another value. */
export interface ConfigChange {
  readonly key: KeyName;
  /** As JSON; null for a secret and for what may hold one, of which is only said that it has changed. */
  readonly from: string | null;
  readonly to: string | null;
  /** Whether it holds from the next recovery on, or only after a restart. */
  readonly takesEffect: 'at-once' | 'at-restart';
}

/** What a controller stands on for as long as it runs: its state, its colleagues, its log, its API, the process that runs hooks, whom it tells of primaries, and who tells it of hosts. */
const atRestart: ReadonlySet<KeyName> = new Set([
  'StateFile',
  'Coordination',
  'CoordinationPassword',
  'ListenAddress',
  'ListenSocket',
  'URLPrefix',
  'ReadOnly',
  'AuthenticationMethod',
  'HTTPAuthUser',
  'HTTPAuthPassword',
  'AuthUserHeader',
  'PowerAuthUsers',
  'PowerAuthGroups',
  'ApiTokens',
  'AllowWritesByGet',
  'UseSSL',
  'UseMutualTLS',
  'SSLPrivateKeyFile',
  'SSLCertFile',
  'SSLCAFile',
  'SSLValidOUs',
  'StatusOUVerify',
  'AuditLogFile',
  'AuditToSyslog',
  'TraceRecoveries',
  'Debug',
  'ProcessesShellCommand',
  'HookEnvironment',
  'HookOutputLimitBytes',
  'JournalRetentionDays',
  'Publish',
  'SignalNodes',
  'Pacemaker',
  'Keepalived',
  'HeartbeatState',
  'PacemakerPassword',
  'KVClusterMasterPrefix',
  'ConsulAddress',
  'ConsulScheme',
  'ConsulAclToken',
  'ConsulCrossDataCenterDistribution',
  'ConsulKVStoreProvider',
  'ConsulMaxKVsPerTransaction',
]);

/** No more of a value is shown. */
const mostShown = 200;

/** In the order of the reference. */
export function differenceOf(before: Config, after: Config): readonly ConfigChange[] {
  return keyNames.flatMap((key): ConfigChange[] => {
    const [from, to] = [JSON.stringify(before[key]), JSON.stringify(after[key])];
    if (from === to) return [];
    const takesEffect = atRestart.has(key) ? 'at-restart' : 'at-once';
    if (mayHoldSecrets(key)) return [{ key, from: null, to: null, takesEffect }];
    return [{ key, from: cutOff(from), to: cutOff(to), takesEffect }];
  });
}

/** The new configuration, but for what only a restart can change. */
export function inEffect(before: Config, after: Config): Config {
  const staying = Object.fromEntries([...atRestart].map((key) => [key, before[key]]));
  return { ...after, ...staying };
}

/** `RecoveryPeriodBlockSeconds: 3600 → 60`, `MySQLTopologyPassword has changed`. */
export function changeText({ key, from, to, takesEffect }: ConfigChange): string {
  const what = from === null || to === null ? `${key} has changed` : `${key}: ${from} → ${to}`;
  return takesEffect === 'at-restart' ? `${what}, which takes effect at the next start` : what;
}

/** Requests have headers, commands have arguments, and places have passwords. */
function mayHoldSecrets(key: KeyName): boolean {
  const { kind } = keys[key];
  return kind === 'secret' || kind === 'hooks' || key === 'Publish' || key.endsWith('Command');
}

function cutOff(text: string): string {
  return text.length <= mostShown ? text : `${text.slice(0, mostShown)}…`;
}
