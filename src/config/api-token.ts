import { createHash, randomBytes } from 'node:crypto';

/** A new token: 256 bits of chance, in letters that need no quotes anywhere. */
export function newToken(): string {
  return `baton_${randomBytes(32).toString('base64url')}`;
}

/** What the configuration keeps of a token. Chance of that size cannot be guessed, so that a fast digest is enough. */
export function tokenHash(token: string): string {
  return `sha256:${createHash('sha256').update(token).digest('hex')}`;
}
