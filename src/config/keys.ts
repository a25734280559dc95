import type { Key } from './key.ts';
import { batonKeys } from './keys/baton.ts';
import { discoveryKeys } from './keys/discovery.ts';
import { forkKeys } from './keys/forks.ts';
import { hookKeys } from './keys/hooks.ts';
import { httpKeys } from './keys/http.ts';
import { nameKeys } from './keys/names.ts';
import { recordKeys } from './keys/records.ts';
import { recoveryKeys } from './keys/recovery.ts';
import { retiredKeys } from './keys/retired.ts';
import { sharedStateKeys } from './keys/shared-state.ts';
import { topologyAccessKeys } from './keys/topology-access.ts';

/** All keys that have a value, by subject: the chapters of docs/reference/configuration.md. */
export const chapters = {
  'Baton’s own': batonKeys,
  Recovery: recoveryKeys,
  Hooks: hookKeys,
  'Access to the servers': topologyAccessKeys,
  Discovery: discoveryKeys,
  'Names and places': nameKeys,
  'HTTP and who may use it': httpKeys,
  'Backend, raft and key-value stores': sharedStateKeys,
  'Logs, figures and agents': recordKeys,
  'Keys of orchestrator’s forks': forkKeys,
} as const;

const table = {
  ...batonKeys,
  ...recoveryKeys,
  ...hookKeys,
  ...topologyAccessKeys,
  ...discoveryKeys,
  ...nameKeys,
  ...httpKeys,
  ...sharedStateKeys,
  ...recordKeys,
  ...forkKeys,
} as const;

/** A whole configuration, by the names of the file. */
export type Config = {
  readonly [Name in keyof typeof table]: (typeof table)[Name] extends Key<infer Value> ? Value : never;
};
export type KeyName = keyof Config;

/** Each key's row, its value's type forgotten: for those who go through all of them. */
export const keys: Readonly<Record<KeyName, Key<unknown>>> = table;

export const keyNames = Object.keys(table) as readonly KeyName[];

// The rows' own fallbacks are of their own types, which Object.fromEntries cannot know.
export const defaultConfig = Object.fromEntries(
  Object.entries(table).map(([name, { fallback }]) => [name, fallback]),
) as unknown as Config;

const byLowerCase = new Map(keyNames.map((name) => [name.toLowerCase(), name]));
const retired = new Set(retiredKeys.map((name) => name.toLowerCase()));

/** The key that a file means; case does not matter, as in orchestrator. */
export function keyNamed(written: string): KeyName | null {
  return byLowerCase.get(written.toLowerCase()) ?? null;
}

export function isRetired(written: string): boolean {
  return retired.has(written.toLowerCase());
}
