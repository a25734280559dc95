import type { SimulatedServer, Write } from './server.ts';

/** Whether a write that is in the log is told to its application at once; else it waits for replicas. */
export function commitOn({ semiSync }: SimulatedServer, write: Write, at: number): boolean {
  if (!semiSync.primary || !semiSync.inForce) return true;
  semiSync.waiting.push({ write, at });
  return false;
}

/**
 * What the connected replicas make of the writes that wait: those that enough of them have are given back, to be
 * acknowledged. When the oldest has waited too long, nobody waits any more until enough replicas are there again.
 */
export function settleSemiSync(
  primary: SimulatedServer,
  connected: readonly SimulatedServer[],
  now: number,
): readonly Write[] {
  const { semiSync } = primary;
  const replicas = connected.filter(({ replication }) => replication?.acknowledges && !replication.held);
  const done = semiSync.waiting.filter(
    ({ write }) => replicas.filter((replica) => has(replica, write)).length >= semiSync.waitFor,
  );
  semiSync.waiting = semiSync.waiting.filter((one) => !done.includes(one));
  const [oldest] = semiSync.waiting;
  if (oldest === undefined) {
    // One that fell back waits again once enough replicas are there; one that waits goes on though they leave.
    if (replicas.length >= semiSync.waitFor) semiSync.inForce = true;
  } else if (now - oldest.at >= semiSync.timeoutMs) {
    done.push(...semiSync.waiting);
    semiSync.waiting = [];
    semiSync.inForce = false;
  }
  return done.map(({ write }) => write);
}

function has({ executed, replication }: SimulatedServer, { id }: Write): boolean {
  return executed.has(id) || replication?.relay.some(({ write }) => write.id === id) === true;
}
