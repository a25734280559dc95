import { lookup } from 'node:dns/promises';
import type { Addresses } from './primary-keys.ts';

/** A name that takes longer is published without its addresses. */
const lookupTimeoutMs = 1_000;

/** The first address of each sort that this machine has for a host. */
export async function resolveHost(host: string): Promise<Addresses> {
  const found = await Promise.race([
    lookup(host, { all: true }).catch(() => []),
    new Promise<[]>((resolve) => setTimeout(() => resolve([]), lookupTimeoutMs).unref()),
  ]);
  const first = (family: number) => found.find((one) => one.family === family)?.address ?? '';
  return { ipv4: first(4), ipv6: first(6) };
}
