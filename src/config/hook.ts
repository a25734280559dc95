import { z } from 'zod';

/** What a hook does, as the configuration has it. */
export type HookAction =
  /** A command of orchestrator's: text for a shell. */
  | { readonly kind: 'shell'; readonly command: string }
  /** A program and its arguments, without a shell. */
  | { readonly kind: 'exec'; readonly argv: readonly string[] }
  /** The facts, posted to an address; `secretVariable` names the environment variable with the signing key. */
  | {
      readonly kind: 'http';
      readonly url: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly secretVariable: string | null;
    };

/** A hook as the configuration has it; null where the file leaves the choice to the stage or to another key. */
export interface ConfiguredHook {
  readonly action: HookAction;
  /** It gets the facts as JSON on standard input. */
  readonly readsFacts: boolean;
  /** Nobody waits for it. A shell command that ends in `&` is detached without this. */
  readonly detached: boolean;
  readonly timeoutSeconds: number | null;
  readonly onFailure: 'abort' | 'continue' | null;
  /** What becomes of a hook that was running when its controller died. */
  readonly onResume: 'rerun' | 'skip' | 'ask';
  readonly askTimeoutSeconds: number | null;
  readonly retries: number;
  /** Its exit codes have classes: 10 warns, 75 asks to be tried again. */
  readonly exitClasses: boolean;
}

/** A hook as a person would name it in one line. */
export function spelledHook(action: HookAction): string {
  if (action.kind === 'shell') return action.command;
  if (action.kind === 'http') return `POST ${action.url}`;
  return action.argv.map((word) => (/^[\w@%+=:,./{}-]+$/.test(word) ? word : JSON.stringify(word))).join(' ');
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
  return null;
}

const Argument = z.string({ error: 'wants a text' }).refine((word) => !word.includes('\0'), {
  error: 'has a NUL byte, which no argument can hold',
});

const Argv = z
  .tuple([Argument.refine((program) => program.trim() !== '', { error: 'is an empty name' })], Argument, {
    error: 'wants a list of texts: the program and its arguments',
  })
  .superRefine(([program], context) => {
    if (/\{[A-Za-z]+\}/.test(program))
      context.addIssue({
        code: 'custom',
        path: [0],
        message: 'has a placeholder; data must not name the program',
      });
  });

const variableName = /^\$\{([A-Za-z_][A-Za-z0-9_]*)\}$/;

const Http = z.strictObject({
  Url: z
    .url({ protocol: /^https?$/, error: 'wants an address as https://host/path' })
    .describe('Where the facts are posted as JSON.'),
  Headers: z
    .record(z.string().regex(/^[A-Za-z0-9-]+$/, { error: 'wants letters, digits and -' }), Argument)
    .optional()
    .describe('Further headers of the request.'),
  Secret: z
    .string()
    .regex(variableName, { error: 'wants ${NAME}: the environment variable that holds the key' })
    .optional()
    .describe('The key that signs the request, as ${NAME} of an environment variable.'),
});

const options = {
  TimeoutSeconds: z
    .number({ error: 'wants a number of seconds' })
    .positive({ error: 'wants a number of seconds above 0' })
    .optional()
    .describe('After so long the hook is ended; without it HookTimeoutSeconds holds.'),
  OnFailure: z
    .enum(['abort', 'continue'], { error: 'wants "abort" or "continue"' })
    .optional()
    .describe(
      'Whether a failure ends the stage: "abort" for a hook that is required, "continue" for best effort; without it the stage decides.',
    ),
  OnResume: z
    .enum(['rerun', 'skip', 'ask'], { error: 'wants "rerun", "skip" or "ask"' })
    .optional()
    .describe(
      'What becomes of a hook that was running when its controller died, if nobody can tell how it ended; "rerun" unless said.',
    ),
  AskTimeoutSeconds: z
    .number({ error: 'wants a number of seconds' })
    .positive({ error: 'wants a number of seconds above 0' })
    .optional()
    .describe(
      'How long a person may take to answer when OnResume is "ask"; without it HookAskTimeoutSeconds holds.',
    ),
  Retries: z
    .int({ error: 'wants a whole number' })
    .min(0, { error: 'wants 0 or more' })
    .optional()
    .describe('How often a failed hook is tried again; 0 unless said.'),
  Detached: z
    .boolean({ error: 'wants true or false' })
    .optional()
    .describe('Started and not waited for, as a command that ends in &.'),
} as const;

const forPrograms = {
  Stdin: z
    .enum(['facts'], { error: 'wants "facts"' })
    .optional()
    .describe('With "facts" the hook reads everything that is known as JSON on its standard input.'),
  ExitClasses: z
    .boolean({ error: 'wants true or false' })
    .optional()
    .describe(
      'Exit 10 is a warning and 75 asks to be tried again, up to Retries times; any other failure is final.',
    ),
} as const;

const CommandHook = z.strictObject({
  Command: Command.describe('The shell command; placeholders are orchestrator’s.'),
  ...forPrograms,
  ...options,
});
const ExecHook = z.strictObject({
  Exec: Argv.describe(
    'A program and its arguments, run without a shell; placeholders in the arguments only.',
  ),
  ...forPrograms,
  ...options,
});
const HttpHook = z.strictObject({
  Http: Http.describe('An address that the facts are posted to.'),
  ...options,
});

/** A list of hooks as it is written, made into what the hook engine runs. */
export const HookList = z.array(
  z.union([Command, CommandHook, ExecHook, HttpHook]).transform((entry): ConfiguredHook => {
    if (typeof entry === 'string') return configured({ kind: 'shell', command: entry }, {});
    if ('Command' in entry) return configured({ kind: 'shell', command: entry.Command }, entry);
    if ('Exec' in entry) return configured({ kind: 'exec', argv: entry.Exec }, entry);
    const { Url, Headers, Secret } = entry.Http;
    const secretVariable = Secret === undefined ? null : (variableName.exec(Secret)?.[1] ?? null);
    const action = { kind: 'http', url: Url, headers: Headers ?? {}, secretVariable } as const;
    return { ...configured(action, entry), readsFacts: true, exitClasses: true };
  }),
);

type Options = Partial<Omit<z.output<typeof CommandHook>, 'Command'>>;

function configured(action: HookAction, given: Options): ConfiguredHook {
  return {
    action,
    readsFacts: given.Stdin === 'facts',
    detached: given.Detached ?? false,
    timeoutSeconds: given.TimeoutSeconds ?? null,
    onFailure: given.OnFailure ?? null,
    onResume: given.OnResume ?? 'rerun',
    askTimeoutSeconds: given.AskTimeoutSeconds ?? null,
    retries: given.Retries ?? 0,
    exitClasses: given.ExitClasses ?? false,
  };
}
