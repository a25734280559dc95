import { hostOf, portOf } from '../kernel/instance-key.ts';
import { execute, type SimulatedReplication, type SimulatedServer } from './server.ts';

/**
 * What comes back from an address: answers, an answer that it has too many connections, a refusal (nothing
 * listens there), or nothing at all.
 */
export type Echo = 'answers' | 'crowded' | 'refuses' | 'silent';

/** Between two attempts to connect (MASTER_CONNECT_RETRY). */
const retryMs = 1_000;

/** Brings one replica up to `now`: it notices, connects, receives and applies. True where anything moved. */
export function replicate(
  replica: SimulatedServer,
  source: SimulatedServer,
  { echo, now }: { echo: Echo; now: number },
): boolean {
  const { replication } = replica;
  if (replication === null) return false;
  const before = [replication.io, replication.relay.length, replica.log.length];
  hearOf(replica, replication, source, { echo, now });
  if (replication.io === 'running' && echo === 'answers' && !replication.held)
    receive(replica, replication, source, now);
  apply(replica, replication, now);
  const after = [replication.io, replication.relay.length, replica.log.length];
  return before.some((value, at) => value !== after[at]);
}

function hearOf(
  replica: SimulatedServer,
  replication: SimulatedReplication,
  source: SimulatedServer,
  { echo, now }: { echo: Echo; now: number },
): void {
  if (replication.io === 'stopped') return;
  if (replication.io === 'connecting') {
    if (now >= replication.retryAt) connect(replica, replication, source, { echo, now });
    return;
  }
  if (echo === 'answers') {
    replication.silentSince = null;
    return;
  }
  replication.silentSince ??= now;
  if (echo === 'refuses' || echo === 'crowded' || now - replication.silentSince >= replication.patienceMs)
    lose(replication, now);
}

function connect(
  replica: SimulatedServer,
  replication: SimulatedReplication,
  source: SimulatedServer,
  { echo, now }: { echo: Echo; now: number },
): void {
  if (echo !== 'answers') {
    lose(replication, now);
    return;
  }
  if (isAhead(replica, source)) {
    replication.io = 'stopped';
    replication.ioError =
      "Got fatal error 1236 from master when reading data from binary log: 'Error: connecting slave requested to start from a GTID which is not in the master's binlog'";
    return;
  }
  replication.io = 'running';
  replication.ioError = '';
  replication.silentSince = null;
  replication.acknowledges = replica.semiSync.replica;
}

function lose(replication: SimulatedReplication, now: number): void {
  const { source } = replication;
  replication.io = 'connecting';
  replication.retryAt = now + retryMs;
  replication.silentSince = null;
  replication.ioError = `error connecting to master 'repl@${hostOf(source)}:${portOf(source)}' - retry-time: ${retryMs / 1_000}`;
}

/** MariaDB refuses a replica that stands at a position its source never was at; MySQL does not. */
function isAhead(replica: SimulatedServer, source: SimulatedServer): boolean {
  return replica.flavour === 'mariadb' && replica.log.some(({ write }) => !source.executed.has(write.id));
}

function receive(
  replica: SimulatedServer,
  replication: SimulatedReplication,
  source: SimulatedServer,
  now: number,
): void {
  for (const { write } of source.log.slice(replication.cursor)) {
    const known =
      replica.executed.has(write.id) || replication.relay.some((one) => one.write.id === write.id);
    if (!known) replication.relay.push({ write, at: now });
  }
  replication.cursor = source.log.length;
}

function apply(
  replica: SimulatedServer,
  { applying, relay, lagMs }: SimulatedReplication,
  now: number,
): void {
  if (!applying) return;
  while (relay[0] !== undefined && relay[0].at + lagMs <= now) {
    const { write, at } = relay[0];
    relay.shift();
    execute(replica, write, at + lagMs);
  }
}
