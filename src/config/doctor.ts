import { parseInstanceKey } from '../kernel/instance-key.ts';
import { type Check, rows, type Surroundings } from './doctor-rows.ts';
import {
  programsCanBeCalled,
  publishSecretsAreSet,
  secretsAreSet,
  shellCanBeCalled,
} from './doctor-hooks.ts';
import { type Config, type KeyName, keyNames, keys } from './keys.ts';
import { compilePattern } from './pattern.ts';
import { type Sentence, sentence } from './sentence.ts';

/** What an operator would want to hear of a configuration that can be read; in the order of the checks. */
export function diagnose(config: Config, surroundings: Surroundings): readonly Sentence[] {
  return checks.flatMap((check) => check(config, surroundings));
}

const patternsCompile: Check = (config) =>
  keyNames.flatMap((name) =>
    patternsOf(config, name)
      .filter((pattern) => compilePattern(pattern) === null)
      .map((pattern) => {
        const severity = keys[name].standing.use === 'used' ? 'error' : 'warning';
        return sentence(
          severity,
          name,
          `${name} holds ${JSON.stringify(pattern)}, which is not a regular expression.`,
        );
      }),
  );

/** Of these the first group is what is wanted. */
const patternsWithGroup = ['DataCenterPattern', 'RegionPattern', 'PhysicalEnvironmentPattern'] as const;

const patternsHaveGroups: Check = (config) =>
  patternsWithGroup
    .filter((name) => config[name] !== '' && compilePattern(`${config[name]}|`)?.exec('')?.length === 1)
    .map((name) =>
      sentence('warning', name, `${name} has no group in parentheses, so it says nothing of any host.`),
    );

function patternsOf(config: Config, name: KeyName): readonly string[] {
  const value: unknown = config[name];
  const { kind } = keys[name];
  if (kind === 'pattern') return [String(value)];
  if (kind === 'aliases') return Object.keys(value as Config['ClusterNameToAlias']);
  if (kind !== 'patterns' && kind !== 'clusterFilters') return [];
  const filters = value as readonly string[];
  return kind === 'patterns'
    ? filters
    : filters
        .filter((filter) => filter !== '*' && !filter.startsWith('alias='))
        .map((filter) => filter.replace(/^alias~=/, ''));
}

const seedsAreServers: Check = ({ DiscoverySeeds, DefaultInstancePort }) =>
  DiscoverySeeds.filter((seed) => parseInstanceKey(seed, DefaultInstancePort) === null).map((seed) =>
    sentence(
      'error',
      'DiscoverySeeds',
      `DiscoverySeeds holds ${JSON.stringify(seed)}, which is not host or host:port.`,
    ),
  );

const secretsArePrivate: Check = (_config, { secretFiles, isReadableByAll }) =>
  secretFiles
    .filter(isReadableByAll)
    .map((file) =>
      sentence(
        'warning',
        'MySQLTopologyPassword',
        `${file} has a password in it and may be read by everybody on this machine; chmod 640 it.`,
      ),
    );

const rowsSpeak: Check = (config, surroundings) =>
  rows
    .filter(({ when }) => when(config, surroundings))
    .map(({ severity, key, text }) => sentence(severity, key, text));

const checks: readonly Check[] = [
  patternsCompile,
  patternsHaveGroups,
  seedsAreServers,
  rowsSpeak,
  programsCanBeCalled,
  shellCanBeCalled,
  secretsAreSet,
  publishSecretsAreSet,
  secretsArePrivate,
];
