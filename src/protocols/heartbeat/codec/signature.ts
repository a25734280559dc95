import type { Signature } from './keys.ts';
import { Unreadable } from './unreadable.ts';

export function signatureText({ key, digest }: Signature): string {
  return `${key} ${digest}`;
}

export function parseSignature(held: string): Signature {
  const [, key, digest] = /^(\d{1,2}) ([0-9a-f]{1,40})$/.exec(held) ?? [];
  if (key === undefined || digest === undefined) throw new Unreadable('its signature is none');
  return { key: Number(key), digest };
}
