import { execa } from 'execa';

/** What a program that was run to its end said. */
export interface Ran {
  /** 127 where there is no such program. */
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
}

/** Runs a program, without a shell, to its end or to its timeout, and gathers what it says. */
export async function runProgram(
  file: string,
  args: readonly string[],
  options: {
    timeoutMs: number;
    cwd?: string;
    env?: Record<string, string>;
    input?: string;
    signal?: AbortSignal;
  },
): Promise<Ran> {
  const { timeoutMs, cwd, env, input, signal } = options;
  const result = await execa(file, args, {
    reject: false,
    timeout: timeoutMs,
    ...(cwd === undefined ? {} : { cwd }),
    ...(env === undefined ? {} : { env }),
    ...(input === undefined ? { stdin: 'ignore' as const } : { input }),
    ...(signal === undefined ? {} : { cancelSignal: signal }),
  });
  return {
    exitCode: result.exitCode ?? (result.code === 'ENOENT' ? 127 : 1),
    stdout: result.stdout ?? '',
    stderr: result.stderr ?? result.shortMessage ?? '',
    timedOut: result.timedOut,
  };
}
