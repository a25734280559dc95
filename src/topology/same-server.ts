import type { Server } from './observation.ts';
import type { Instance } from './snapshot.ts';

/** How far apart two looks may place the start of one server: it tells its age in whole seconds. */
const apartMs = 2_000;

/**
 * Whether two addresses lead to one server: both say the same of who they are and when they started.
 * Neither a server id nor a host name is enough, for those of another cluster may be the same, and a
 * MariaDB before 10.11 has no identity of its own.
 */
export function isSameServer(a: Instance, b: Instance): boolean {
  if (a.server === null || b.server === null) return false;
  return identityOf(a.server) === identityOf(b.server) && Math.abs(startOf(a) - startOf(b)) <= apartMs;
}

/** What a server says of who it is, the same at all its addresses; another server may say the same. */
export function identityOf({ serverId, serverUuid, hostname }: Server): string {
  return `${serverId} ${serverUuid} ${hostname}`;
}

/** Milliseconds since 1970. */
function startOf({ checks, server }: Instance): number {
  return checks.seenAt - (server?.uptimeSeconds ?? 0) * 1_000;
}
