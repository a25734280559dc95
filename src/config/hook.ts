import { z } from 'zod';

/** A hook as the configuration has it; null where the file leaves the choice to the stage or to HookTimeoutSeconds. */
export interface ConfiguredHook {
  readonly command: string;
  readonly timeoutSeconds: number | null;
  readonly onFailure: 'abort' | 'continue' | null;
  /** What becomes of a hook that was running when its controller died. */
  readonly onResume: 'rerun' | 'skip' | 'ask';
  readonly retries: number;
}

/** Linux takes no single argument or script of ours beyond this without trouble; a hook is a line, not a program. */
const longestCommandBytes = 1_048_576;

/** One shell command, as orchestrator's hook lists have it; a single & at its end leaves it in the background. */
const Command = z.string({ error: 'wants a text' }).superRefine((command, context) => {
  const fault = faultOf(command);
  if (fault !== null) context.addIssue({ code: 'custom', message: fault });
});

function faultOf(command: string): string | null {
  if (/^[\s&]*$/.test(command)) return 'is an empty command';
  if (command.includes('\0')) return 'has a NUL byte, which no shell can read';
  if (Buffer.byteLength(command) > longestCommandBytes) return 'is longer than 1 MiB; put it in a script';
  if (/&&\s*$/.test(command)) return 'ends in &&, so the command that should follow is missing';
  return null;
}

const HookObject = z.strictObject({
  Command: Command.describe('The shell command; placeholders are orchestrator’s.'),
  TimeoutSeconds: z
    .number({ error: 'wants a number of seconds' })
    .positive({ error: 'wants a number of seconds above 0' })
    .optional()
    .describe('After so long the hook is ended; without it HookTimeoutSeconds holds.'),
  OnFailure: z
    .enum(['abort', 'continue'], { error: 'wants "abort" or "continue"' })
    .optional()
    .describe('Whether a failure ends the stage; without it the stage decides as in orchestrator.'),
  OnResume: z
    .enum(['rerun', 'skip', 'ask'], { error: 'wants "rerun", "skip" or "ask"' })
    .optional()
    .describe('What becomes of a hook that was running when its controller died; "rerun" unless said.'),
  Retries: z
    .int({ error: 'wants a whole number' })
    .min(0, { error: 'wants 0 or more' })
    .optional()
    .describe('How often a failed hook is tried again; 0 unless said.'),
});

/** A list of hooks as it is written, made into what the hook engine runs. */
export const HookList = z.array(
  z.union([Command, HookObject]).transform(
    (entry): ConfiguredHook =>
      typeof entry === 'string'
        ? { command: entry, timeoutSeconds: null, onFailure: null, onResume: 'rerun', retries: 0 }
        : {
            command: entry.Command,
            timeoutSeconds: entry.TimeoutSeconds ?? null,
            onFailure: entry.OnFailure ?? null,
            onResume: entry.OnResume ?? 'rerun',
            retries: entry.Retries ?? 0,
          },
  ),
);
