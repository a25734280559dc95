import type { Config } from './keys.ts';
import { batonKeys } from './keys/baton.ts';
import { hookKeys } from './keys/hooks.ts';
import { recoveryKeys } from './keys/recovery.ts';

const modulus = 2n ** 32n - 5n;

/**
 * A number made of all that the configuration says of recoveries and hooks, to see whether it is another by now. It
 * is small, so that nobody finds out from it what stands there.
 */
export function digestOfRecoveryKeys(config: Config): string {
  const names = [...Object.keys(recoveryKeys), ...Object.keys(hookKeys), ...Object.keys(batonKeys)];
  const text = JSON.stringify(names.map((name) => config[name as keyof Config]));
  let digest = 0n;
  for (const sign of text) digest = (digest * 65_599n + BigInt(sign.codePointAt(0) ?? 0)) % modulus;
  return digest.toString(16).padStart(8, '0');
}
