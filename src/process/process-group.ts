import { execa } from 'execa';

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
 * `env` is all that the program gets; `inputFd` is null for nothing to read.
 */
export function startGroup(options: {
  program: string;
  args: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
  inputFd: number | null;
  outputFd: number;
}): StartedGroup {
  const { program, args, env, inputFd } = options;
  // Execa takes any descriptor; its types know those below 10.
  const [input, output] = [inputFd as 3 | null, options.outputFd as 3];
  const leader = execa(program, args, {
    detached: true,
    cleanup: false,
    reject: false,
    buffer: false,
    extendEnv: false,
    env,
    stdin: input ?? 'ignore',
    stdout: output,
    stderr: output,
  });
  const ended = leader.then(({ exitCode, signal, code }): GroupEnd => {
    if (signal !== undefined) return { how: 'signalled', signal };
    if (exitCode !== undefined) return { how: 'exited', exitCode };
    return { how: 'not-started', code: code ?? 'an unknown error' };
  });
  return { pid: leader.pid ?? null, ended };
}

/** Signals every process of a group; false where none is left. Signal 0 only asks. */
export function signalGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-group, signal);
  } catch {
    return false;
  }
}
