import type { Completed, Kind } from './command-tree.ts';

/** A completion for fish 3 and later. */
export function fishCompletion(tree: readonly Completed[]): string {
  const leaders = tree.filter(({ commands }) => commands.length > 0).map(({ path }) => path);
  return `# fish completion for baton; load it with: baton completion fish | source
set -g __baton_commands ${tree.map(({ path }) => quoted(path)).join(' ')}
set -g __baton_leaders ${leaders.map(quoted).join(' ')}

# The command that has been typed so far, as 'baton config check'.
function __baton_path
    set -l path baton
    for word in (commandline -opc)[2..]
        if contains -- "$path $word" $__baton_commands
            set path "$path $word"
        end
    end
    echo $path
end

function __baton_at
    test (__baton_path) = "$argv"
end

function __baton_names
    set -l typed (commandline -opc)
    set -l config
    if set -l at (contains -i -- --config $typed)
        and test (count $typed) -gt $at
        set config --config $typed[(math $at + 1)]
    end
    baton completion-names $argv[1] $config 2>/dev/null
end

complete -c baton -f
${tree.flatMap(linesFor).join('\n')}
`;
}

function linesFor({ path, commands, options, words }: Completed): readonly string[] {
  const at = `complete -c baton -n ${quoted(`__baton_at ${path}`)}`;
  return [
    ...commands.map(({ name, says }) => `${at} -a ${quoted(name)} -d ${quoted(says)}`),
    ...options.map(({ flags, says, takes }) => {
      const written = flags.map((flag) =>
        flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`,
      );
      const value = takes === null ? '' : takenBy(takes);
      return `${at} ${written.join(' ')}${value} -d ${quoted(says)}`;
    }),
    ...[...new Set(words.map(wordOf))].filter((word) => word !== '').map((word) => `${at} ${word}`),
  ];
}

function takenBy(kind: Kind): string {
  if (kind === 'text') return ' -x';
  return kind === 'file' ? ' -r -F' : ` -x -a ${listOf(kind)}`;
}

function wordOf(kind: Kind): string {
  if (kind === 'text') return '';
  return kind === 'file' ? '-F' : `-a ${listOf(kind)}`;
}

function listOf(kind: Exclude<Kind, 'text' | 'file'>): string {
  return typeof kind === 'string' ? quoted(`(__baton_names ${kind})`) : quoted(kind.join(' '));
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
