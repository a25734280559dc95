import { z } from 'zod';

/** A hook is a line, not a program. */
const longestCommandBytes = 1_048_576;

/** One shell command, as orchestrator's hook lists have it; a single & at its end leaves it in the background. */
export const Command = z.string({ error: 'wants a text' }).superRefine((command, context) => {
  const fault = faultOf(command);
  if (fault !== null) context.addIssue({ code: 'custom', message: fault });
});

function faultOf(command: string): string | null {
  if (/^[\s&]*$/.test(command)) return 'is an empty command';
  if (command.includes('\0')) return 'has a NUL byte, which no shell can read';
  if (Buffer.byteLength(command) > longestCommandBytes) return 'is longer than 1 MiB; put it in a script';
  return null;
}

/** MAX_ARG_STRLEN of Linux, its closing NUL included. */
const longestArgumentBytes = 131_071;

const Argument = z
  .string({ error: ({ input }) => (input === undefined ? 'is missing' : 'wants a text') })
  .refine((word) => !word.includes('\0'), { error: 'has a NUL byte, which no argument can hold' })
  .refine((word) => Buffer.byteLength(word) <= longestArgumentBytes, {
    error: 'is longer than the 128 KiB that Linux takes for one argument; put it in a file',
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

/** An environment variable, as a Secret names it. */
export const variableName = /^\$\{([A-Za-z_][A-Za-z0-9_]*)\}$/;

const secretForm = 'wants ${NAME}: the environment variable that holds the key, never the key itself';

/** RFC 9110, section 5.5: visible characters, spaces and tabs. */
const HeaderValue = z
  .string({ error: 'wants a text' })
  .refine((value) => /^[\t\x20-\x7e\x80-\xff]*$/.test(value), {
    error: 'has a line break or another character that no header can hold',
  });

/** With one of these, no request would be sent. */
const unsendable = /^(?:content-length|transfer-encoding|expect|keep-alive|upgrade)$/i;

/** It would stand in each log and in the journal. */
function hasAccount({ username, password }: URL): boolean {
  return username !== '' || password !== '';
}

const Http = z.strictObject(
  {
    Url: z
      .url({ protocol: /^https?$/, error: 'wants an address as https://host/path' })
      .refine((url) => !URL.canParse(url) || !hasAccount(new URL(url)), {
        error: 'has a name or a password in it; send them in a header, Authorization',
      })
      .describe('Where the facts are posted as JSON.'),
    Headers: z
      .record(
        z
          .string()
          .regex(/^[A-Za-z0-9-]+$/, { error: 'wants names of letters, digits and -' })
          .refine((name) => !unsendable.test(name), {
            error: 'is a header that only the request itself can set',
          }),
        HeaderValue,
        {
          error: 'wants an object of names and texts',
        },
      )
      .optional()
      .describe(
        'Further headers of the request; ${NAME} in a value is an environment variable, which is never written down.',
      ),
    Secret: z
      .string({ error: secretForm })
      .regex(variableName, { error: secretForm })
      .optional()
      .describe('The key that signs the request, as ${NAME} of an environment variable.'),
  },
  { error: 'wants an object with Url' },
);

/** Where milliseconds grow beyond what a number holds, no journal can keep the deadline. */
const longestSeconds = 31_536_000;

const Seconds = z
  .number({ error: 'wants a number of seconds' })
  .positive({ error: 'wants a number of seconds above 0' })
  .max(longestSeconds, { error: 'wants a number of seconds up to 31536000, a year' });

const options = {
  TimeoutSeconds: Seconds.optional().describe(
    'After so long the hook is ended; without it HookTimeoutSeconds holds.',
  ),
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
  AskTimeoutSeconds: Seconds.optional().describe(
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

export const CommandHook = z.strictObject({
  Command: Command.describe('The shell command; placeholders are orchestrator’s.'),
  ...forPrograms,
  ...options,
});
export const ExecHook = z.strictObject({
  Exec: Argv.describe(
    'A program and its arguments, run without a shell; placeholders in the arguments only.',
  ),
  ...forPrograms,
  ...options,
});
export const HttpHook = z.strictObject({
  Http: Http.describe('An address that the facts are posted to.'),
  ...options,
});
