import { createHash } from 'node:crypto';
import { type Config, type KeyName, keyNames, keys } from './keys.ts';

/** The secrets that are set, by their keys. */
export function secretsIn(config: Config): readonly (readonly [KeyName, string])[] {
  return keyNames.flatMap((name) => {
    const value = config[name];
    return keys[name].kind === 'secret' && typeof value === 'string' && value !== ''
      ? [[name, value] as const]
      : [];
  });
}

/** What must not appear in a log: the values of all secrets that are set, longest first. */
export function secretsOf(config: Config): readonly string[] {
  return [...new Set(secretsIn(config).map(([, value]) => value))].sort((a, b) => b.length - a.length);
}

/** The configuration for printing: secrets that are set are only said to be set. */
export function redacted(config: Config): Config {
  return { ...config, ...Object.fromEntries(secretsIn(config).map(([name]) => [name, '(hidden)'])) };
}

/**
 * Names a configuration for the journal: SHA-256, 64 hexadecimal digits. Secrets are left out, so that
 * the digest tells nothing of them; a new password alone keeps the digest.
 */
export function configDigest(config: Config): string {
  return createHash('sha256')
    .update(JSON.stringify(redacted(config)))
    .digest('hex');
}
