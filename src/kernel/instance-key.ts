import { z } from 'zod';

/**
 * Where a MySQL or MariaDB server listens: `host:port`, an IPv6 host in brackets (`[::1]:3306`).
 * Two keys are equal when their text is.
 */
export type InstanceKey = `${string}:${number}`;

export const InstanceKey = z.custom<InstanceKey>(
  (value) => typeof value === 'string' && parseInstanceKey(value) !== null,
  { error: 'an instance is written as host:port' },
);

export function instanceKey(host: string, port: number): InstanceKey {
  const name = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  return `${name}:${port}`;
}

/** The host without brackets, as a connection wants it. */
export function hostOf(key: InstanceKey): string {
  return key.slice(0, key.lastIndexOf(':')).replace(/^\[|\]$/g, '');
}

export function portOf(key: InstanceKey): number {
  return Number(key.slice(key.lastIndexOf(':') + 1));
}

/** Letters of a name that nobody knows. */
const mostShown = 80;

/** No longer than a server takes the host of its source to be: MySQL 255 letters, and no resolver more. */
const longestHost = 255;

/** Reads what a person wrote; `defaultPort` serves where no port was given. Null where it is no instance. */
export function parseInstanceKey(text: string, defaultPort?: number): InstanceKey | null {
  const match = /^(\[[0-9a-fA-F:.]+\]|[^:\s\p{Cc}[\]]+)(?::(\d+))?$/u.exec(text.trim());
  if (match === null) return null;
  const [, host = '', written] = match;
  if (host.length > longestHost) return null;
  const port = written === undefined ? defaultPort : Number(written);
  if (port === undefined || !Number.isInteger(port) || port < 1 || port > 65_535) return null;
  return instanceKey(host, port);
}

/** What a person wrote, as a sentence repeats it: quoted, without what a terminal would not show, and no more than can be read. */
export function asWritten(text: string): string {
  const shown = text.replace(/\p{Cc}/gu, '\u{fffd}');
  return shown.length <= mostShown ? `"${shown}"` : `"${shown.slice(0, mostShown)}…"`;
}

/** By host, then by port as a number: the order of every list that a person or a hook sees. */
export function compareKeys(a: InstanceKey, b: InstanceKey): number {
  const [hostA, hostB] = [hostOf(a), hostOf(b)];
  if (hostA !== hostB) return hostA < hostB ? -1 : 1;
  return portOf(a) - portOf(b);
}
