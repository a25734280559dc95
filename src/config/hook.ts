import { z } from 'zod';
import { Command, CommandHook, ExecHook, HttpHook, variableName } from './hook-shapes.ts';

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

/** Environment variables of the controller that a hook's request needs: its key, and what its headers name as `${NAME}`. */
export function requestVariablesOf(action: HookAction): readonly string[] {
  if (action.kind !== 'http') return [];
  const inHeaders = Object.values(action.headers).flatMap((value) =>
    [...value.matchAll(variableInHeader)].map(([, name = '']) => name),
  );
  return [...new Set([...(action.secretVariable === null ? [] : [action.secretVariable]), ...inHeaders])];
}

/** `${NAME}` in a header's value. */
export const variableInHeader = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

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
