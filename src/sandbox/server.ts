import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BatonError } from '../kernel/errors.ts';
import {
  findByArgument,
  type Life,
  lifeOf,
  type RecordedProcess,
  signalRecorded,
  untilGone,
  untilLife,
} from '../process/recorded-process.ts';
import { startServer } from '../process/start-server.ts';
import type { ServerPackage } from './server-package.ts';
import { ownArgument, type Place, type Role, serverArguments } from './settings.ts';
import type { StateMember } from './state.ts';

/** Where the parts of a member's server lie. */
export function placeOf({ port, directory }: Pick<StateMember, 'port' | 'directory'>): Place {
  return {
    port,
    dataDirectory: join(directory, 'data'),
    socket: join(directory, 'sock'),
    pidFile: join(directory, 'pid'),
  };
}

/**
 * The member's process, if it runs at all. Its recorded pid, where that still is a server on this data
 * directory; else whichever process is one: it may have been started by a life of ours that died
 * before it could write the pid down.
 */
function processOf(member: StateMember): RecordedProcess | null {
  const argument = ownArgument(placeOf(member).dataDirectory);
  if (member.pid !== null && lifeOf({ pid: member.pid, argument }) !== 'dead') {
    return { pid: member.pid, argument };
  }
  const pid = findByArgument(argument);
  return pid === null ? null : { pid, argument };
}

export function lifeOfMember(member: StateMember): Life {
  const process = processOf(member);
  return process === null ? 'dead' : lifeOf(process);
}

/** Signals a member and waits until nothing of it is left; says whether there was anything to end. */
export async function endMember(member: StateMember, signal: 'SIGKILL' | 'SIGTERM'): Promise<boolean> {
  const process = processOf(member);
  if (process === null || !signalRecorded(process, signal)) return false;
  // A frozen process hears of its end only when it is thawed.
  signalRecorded(process, 'SIGCONT');
  if (await untilGone(process, 60_000)) return true;
  throw new BatonError('sandbox', `127.0.0.1:${member.port} (pid ${process.pid}) did not end within 60 s.`);
}

/** Stops a member without ending it, or lets it go on; resolves when that has taken effect. */
export async function setFrozen(member: StateMember, frozen: boolean): Promise<void> {
  const process = processOf(member);
  if (process === null || !signalRecorded(process, frozen ? 'SIGSTOP' : 'SIGCONT')) {
    throw new BatonError('sandbox', `127.0.0.1:${member.port} is not running.`);
  }
  if (await untilLife(process, frozen ? 'frozen' : 'alive', 5_000)) return;
  throw new BatonError(
    'sandbox',
    `127.0.0.1:${member.port} (pid ${process.pid}) took no notice of the signal.`,
  );
}

/** Starts a member's server; `learned` hears its pid at once. Resolves when it greets whoever connects. */
export async function startMember(
  member: StateMember,
  how: { found: ServerPackage; role: Role; learned: (pid: number) => void; signal: AbortSignal },
): Promise<void> {
  const { found, role, learned, signal } = how;
  const place = placeOf(member);
  await clearLeftovers(place);
  signal.throwIfAborted();
  const pid = await startServer(found.server.file, serverArguments(found, place, role), {
    logFile: logOf(member),
    cwd: member.directory,
  });
  learned(pid);
  const deadline = performance.now() + 60_000;
  while (!(await greets(place.socket))) {
    signal.throwIfAborted();
    const dead = lifeOf({ pid, argument: ownArgument(place.dataDirectory) }) === 'dead';
    if (dead)
      throw new BatonError('sandbox', `127.0.0.1:${member.port} did not start: ${await lastWords(member)}`);
    if (performance.now() > deadline) {
      throw new BatonError('sandbox', `127.0.0.1:${member.port} (pid ${pid}) does not answer after 60 s.`);
    }
    await sleep(10);
  }
}

/** A killed server leaves these, and MySQL will not start while the pid in them belongs to anything. */
async function clearLeftovers({ socket, pidFile }: Place): Promise<void> {
  for (const file of [socket, `${socket}.lock`, pidFile]) await rm(file, { force: true });
}

/** Both flavours speak first; a server that listens but is not ready yet stays silent. */
async function greets(socket: string): Promise<boolean> {
  if (!existsSync(socket)) return false;
  const connection = connect(socket);
  try {
    await once(connection, 'data', { signal: AbortSignal.timeout(2_000) });
    return true;
  } catch {
    return false;
  } finally {
    connection.destroy();
  }
}

async function lastWords(member: StateMember): Promise<string> {
  const log = await readFile(logOf(member), 'utf8');
  const complaints = log.split('\n').filter((line) => /\[?error\]?/i.test(line));
  return complaints.slice(-3).join(' | ') || `see ${logOf(member)}`;
}

function logOf({ directory }: StateMember): string {
  return join(directory, 'log');
}
