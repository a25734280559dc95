import type { z } from 'zod';
import { Command, CommandHook, ExecHook, HttpHook } from './hook-shapes.ts';
import { nearest } from './spelling.ts';

/** What is wrong at one place of one hook; the words go behind the place's name. */
export interface HookFault {
  readonly path: readonly PropertyKey[];
  readonly words: string;
}

/** A hook is what it names: each name with the shape that goes with it. */
const shapes = { Command: CommandHook, Exec: ExecHook, Http: HttpHook } as const;
type Kind = keyof typeof shapes;
const kinds = Object.keys(shapes) as readonly Kind[];

/** What is wrong with one entry of a list of hooks, as the shape has it that was meant. */
export function faultsOf(entry: unknown): readonly HookFault[] {
  if (typeof entry === 'string') return faultsIn(Command.safeParse(entry).error, Command);
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry))
    return whole('wants a command in double quotes, or an object with Command, Exec or Http');
  const names = Object.keys(entry);
  const named = kinds.filter((kind) => names.includes(kind));
  const [kind, other] = named;
  if (kind === undefined) return whole(`has none of Command, Exec and Http${meantBy(names)}`);
  if (other !== undefined) return whole(`has ${named.join(' and ')}; a hook is one of them`);
  return faultsIn(shapes[kind].safeParse(entry).error, shapes[kind]);
}

function whole(words: string): readonly HookFault[] {
  return [{ path: [], words }];
}

function meantBy(names: readonly string[]): string {
  const [meant] = names.flatMap((name) => {
    const kind = nearest(name, kinds);
    return kind === null ? [] : [` (did you mean ${kind} by ${name}?)`];
  });
  return meant ?? '';
}

function faultsIn(error: z.ZodError | undefined, shape: z.ZodType): readonly HookFault[] {
  return (error?.issues ?? []).flatMap((issue): readonly HookFault[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ path: issue.path, words: unknownKey(key, issue.path, shape) }));
    }
    const [inner] = issue.code === 'invalid_key' ? issue.issues : [];
    return [{ path: issue.path, words: inner?.message ?? issue.message }];
  });
}

/** An option may be known to another kind of hook. */
function unknownKey(key: string, path: readonly PropertyKey[], shape: z.ZodType): string {
  const own = path.length === 0 ? namesOf(shape) : namesOf(HttpHook.shape.Http);
  const others = kinds.filter((kind) => path.length === 0 && namesOf(shapes[kind]).includes(key));
  if (others.length > 0) return `has ${key}, which goes with ${others.join(' or ')} only`;
  const meant = nearest(key, own);
  return `has ${key}, which is not known${meant === null ? '' : ` (did you mean ${meant}?)`}`;
}

function namesOf(shape: z.ZodType): readonly string[] {
  return 'shape' in shape && typeof shape.shape === 'object' ? Object.keys(shape.shape ?? {}) : [];
}
