import { type ChildProcess, spawn } from 'node:child_process';

export type GroupEnd =
  | { readonly how: 'exited'; readonly exitCode: number }
  | { readonly how: 'signalled'; readonly signal: string }
  /** `code` is the system's: ENOENT, EACCES, E2BIG. */
  | { readonly how: 'not-started'; readonly code: string };

/** A program that leads a process group, and a session, of its own. */
export interface StartedGroup {
  /** Also the group's id; null where nothing could be started. */
  readonly pid: number | null;
  /** Resolves when the leader is gone, whatever its children still do. */
  readonly ended: Promise<GroupEnd>;
}

/**
 * Starts a program without a shell. What it reads and writes are files, never pipes: through a pipe a
 * child left in the background would keep us waiting, and a reader that does not read would block us.
 * `env` is all that the program gets; `inputFd` is null for nothing to read. By Node's own spawn, not by
 * execa as other programs: docs/decisions/0008.
 */
export function startGroup(options: {
  program: string;
  args: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
  inputFd: number | null;
  outputFd: number;
}): StartedGroup {
  const { program, args, env, inputFd, outputFd } = options;
  try {
    const stdio = [inputFd ?? ('ignore' as const), outputFd, outputFd];
    const leader = spawn(program, args, { detached: true, env, stdio });
    return { pid: leader.pid ?? null, ended: endOf(leader) };
  } catch (error) {
    return { pid: null, ended: Promise.resolve(notStarted(error)) };
  }
}

function endOf(leader: ChildProcess): Promise<GroupEnd> {
  return new Promise((resolve) => {
    leader.once('error', (error) => resolve(notStarted(error)));
    leader.once('exit', (exitCode, signal) =>
      resolve(signal === null ? { how: 'exited', exitCode: exitCode ?? 0 } : { how: 'signalled', signal }),
    );
  });
}

function notStarted(error: unknown): GroupEnd {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'an unknown error';
  return { how: 'not-started', code };
}

/** Signals every process of a group; false where none is left. Signal 0 only asks. */
export function signalGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-group, signal);
  } catch {
    return false;
  }
}
