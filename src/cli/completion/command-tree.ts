import type { Argument, Command, Option } from 'commander';

/** What a word of the command line may be: one of a few, something that the controller knows, a path, or anything. */
export type Kind = 'instance' | 'cluster' | 'recovery' | 'file' | 'text' | readonly string[];

/** One command as a shell completes it. */
export interface Completed {
  /** From `baton` on, with blanks between: `baton config check`. */
  readonly path: string;
  readonly commands: readonly { readonly name: string; readonly says: string }[];
  readonly options: readonly {
    /** Each way to write it: `-i`, `--failed`. */
    readonly flags: readonly string[];
    readonly says: string;
    /** Null for one that takes no value. */
    readonly takes: Kind | null;
  }[];
  /** In their order; the last holds for all that follow where it is variadic. */
  readonly words: readonly Kind[];
  readonly variadic: boolean;
}

/** Every command, from the whole program down. */
export function completedIn(program: Command): readonly Completed[] {
  return below(program, program.name());
}

function below(command: Command, path: string): readonly Completed[] {
  const { visibleCommands, visibleOptions } = visibleIn(command);
  const one: Completed = {
    path,
    commands: visibleCommands.map((each) => ({ name: each.name(), says: each.description() })),
    options: visibleOptions.map(({ short, long, description, ...option }) => ({
      flags: [short, long].filter((flag) => flag !== undefined),
      says: description,
      takes: kindOfOption({ ...option, description }),
    })),
    words: command.registeredArguments.map(kindOfArgument),
    variadic: command.registeredArguments.at(-1)?.variadic ?? false,
  };
  const named = command.commands.filter((each) => visibleCommands.includes(each));
  return [one, ...named.flatMap((each) => below(each, `${path} ${each.name()}`))];
}

function visibleIn(command: Command) {
  const help = command.createHelp();
  return {
    visibleCommands: help.visibleCommands(command).filter((each) => each.name() !== 'help'),
    visibleOptions: help.visibleOptions(command),
  };
}

function kindOfOption(option: Pick<Option, 'flags' | 'argChoices' | 'description'>): Kind | null {
  const [, value] = /<(.+)>|\[(.+)\]/.exec(option.flags) ?? [];
  if (value === undefined) return null;
  return option.argChoices ?? kindCalled(value, option.description);
}

function kindOfArgument(argument: Argument): Kind {
  return argument.argChoices ?? kindCalled(argument.name(), argument.description);
}

function kindCalled(name: string, description: string): Kind {
  if (/^instances?$/.test(name)) return 'instance';
  if (/^(file|directory|dir)$/.test(name)) return 'file';
  if (name === 'cluster' || /\bcluster of the running controller/.test(description)) return 'cluster';
  return /\buid\b|^the recovery\b/.test(description) ? 'recovery' : 'text';
}
