import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Key } from './keys.ts';

/** HMAC of md5 or sha1, or a checksum, in hexadecimal. */
export function digestOf(signed: string | Uint8Array, { method, secret }: Key): string {
  if (method === 'crc') return checksum(typeof signed === 'string' ? Buffer.from(signed) : signed);
  return createHmac(method, secret).update(signed).digest('hex');
}

/** Whether two digests are the same; how long it takes says nothing of where they differ. */
export function sameDigest(one: string, other: string): boolean {
  const [mine, theirs] = [Buffer.from(one), Buffer.from(other)];
  return mine.length === theirs.length && timingSafeEqual(mine, theirs);
}

/** CRC-32 of polynomial 0x04C11DB7, the highest bit first, from 0, inverted at the end; without the length that POSIX cksum adds (heartbeat 3.0.6). */
function checksum(signed: Uint8Array): string {
  let sum = 0;
  for (const byte of signed) sum = (sum << 8) ^ (table[(sum >>> 24) ^ byte] ?? 0);
  return (~sum >>> 0).toString(16);
}

const table = Int32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte << 24;
  for (let bit = 0; bit < 8; bit += 1) sum = sum < 0 ? (sum << 1) ^ 0x04_c1_1d_b7 : sum << 1;
  return sum;
});
