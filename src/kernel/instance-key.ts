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

/** Reads what a person wrote; `defaultPort` serves where no port was given. Null where it is no instance. */
export function parseInstanceKey(text: string, defaultPort?: number): InstanceKey | null {
  const match = /^(\[[0-9a-fA-F:.]+\]|[^:\s[\]]+)(?::(\d+))?$/.exec(text.trim());
  if (match === null) return null;
  const [, host = '', written] = match;
  const port = written === undefined ? defaultPort : Number(written);
  if (port === undefined || !Number.isInteger(port) || port < 1 || port > 65_535) return null;
  return instanceKey(host, port);
}

/** By host, then by port as a number: the order of every list that a person or a hook sees. */
export function compareKeys(a: InstanceKey, b: InstanceKey): number {
  const [hostA, hostB] = [hostOf(a), hostOf(b)];
  if (hostA !== hostB) return hostA < hostB ? -1 : 1;
  return portOf(a) - portOf(b);
}
