import { execa } from 'execa';

export type ScriptEnd =
  | { readonly how: 'exited'; readonly exitCode: number }
  | { readonly how: 'signalled'; readonly signal: string }
  /** `code` is the system's: ENOENT, EACCES, E2BIG. */
  | { readonly how: 'not-started'; readonly code: string };

/** A shell that runs a file, leader of a process group of its own. */
export interface StartedScript {
  /** Also the group's id; null where nothing could be started. */
  readonly pid: number | null;
  /** Resolves when the shell is gone, whatever its children still do. */
  readonly ended: Promise<ScriptEnd>;
}

/**
 * Starts `shell file` with nothing to read. Both outputs go to `outputFd`, a file: through a pipe, a
 * child left in the background would keep us waiting. `env` is all that the script gets.
 */
export function startScript(options: {
  shell: string;
  file: string;
  env: Readonly<Record<string, string | undefined>>;
  outputFd: number;
}): StartedScript {
  const { shell, file, env } = options;
  // Execa takes any descriptor; its types know those below 10.
  const descriptor = options.outputFd as 3;
  const script = execa(shell, [file], {
    detached: true,
    cleanup: false,
    reject: false,
    buffer: false,
    extendEnv: false,
    env,
    stdin: 'ignore',
    stdout: descriptor,
    stderr: descriptor,
  });
  const ended = script.then(({ exitCode, signal, code }): ScriptEnd => {
    if (signal !== undefined) return { how: 'signalled', signal };
    if (exitCode !== undefined) return { how: 'exited', exitCode };
    return { how: 'not-started', code: code ?? 'an unknown error' };
  });
  return { pid: script.pid ?? null, ended };
}

/** Signals every process of a group; false where none is left. Signal 0 only asks. */
export function signalGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-group, signal);
  } catch {
    return false;
  }
}
