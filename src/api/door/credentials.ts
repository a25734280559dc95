import type { IncomingHttpHeaders } from 'node:http';

/** What somebody presents to be known by. */
export type Credentials =
  | { readonly kind: 'password'; readonly user: string; readonly password: string }
  | { readonly kind: 'token'; readonly token: string }
  /** Nobody can know what is meant by it. */
  | { readonly kind: 'unreadable' };

/** Null where nothing is presented. A cookie serves where a page can set no header, as for a stream of events. */
export function credentialsIn({ authorization, cookie }: IncomingHttpHeaders): Credentials | null {
  if (authorization === undefined) {
    const [, token] = /(?:^|;\s*)access-token=([^;\s]+)/.exec(cookie ?? '') ?? [];
    return token === undefined ? null : { kind: 'token', token };
  }
  const [, scheme = '', rest = ''] = /^(\S+) +(\S+) *$/.exec(authorization) ?? [];
  if (scheme.toLowerCase() === 'bearer') return { kind: 'token', token: rest };
  if (scheme.toLowerCase() !== 'basic') return { kind: 'unreadable' };
  const text = Buffer.from(rest, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 0) return { kind: 'unreadable' };
  return { kind: 'password', user: text.slice(0, colon), password: text.slice(colon + 1) };
}
