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
  return (
    a.server.serverId === b.server.serverId &&
    a.server.serverUuid === b.server.serverUuid &&
    a.server.hostname === b.server.hostname &&
    Math.abs(startOf(a) - startOf(b)) <= apartMs
  );
}

/** Milliseconds since 1970. */
function startOf({ checks, server }: Instance): number {
  return checks.seenAt - (server?.uptimeSeconds ?? 0) * 1_000;
}
