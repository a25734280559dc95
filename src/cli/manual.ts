import type { Command, Help } from 'commander';
import { exampleOf, leavesOf } from './examples.ts';

/** The manual page baton(1), in the words of man(7), from the commands themselves. */
export function manualPage(program: Command): string {
  const help = program.createHelp();
  return [
    '.TH BATON 1 "" "baton" "User Commands"',
    '.SH NAME',
    'baton \\- recovery workflows for MySQL and MariaDB replication',
    '.SH SYNOPSIS',
    '.B baton',
    '.I command',
    '[\\fIargument\\fR ...] [\\fIoption\\fR ...]',
    '.br',
    '.B baton \\-c',
    '.I orchestrator-command',
    '[\\fIoption\\fR ...]',
    '.SH DESCRIPTION',
    plain(
      'Baton watches MySQL and MariaDB servers that replicate, and when a primary dies promotes the replica that loses nothing it can avoid losing. "baton run" is the controller; the other commands ask it over a socket beside its state file, or look at a configuration by themselves. With -c it takes orchestrator’s own commands and flags, and prints what orchestrator prints.',
    ),
    '.PP',
    plain(
      'Standard output holds only the answer; sentences and progress go to standard error. --json gives the answer for scripts.',
    ),
    '.SH COMMANDS',
    ...groupsOf(program, help).flatMap(([title, commands]) => [
      `.SS ${plain(title.replace(/:$/, ''))}`,
      ...commands.flatMap(([path, command]) => commandLines(path, command, help)),
    ]),
    ...surroundings.flatMap(([title, rows]) => [
      `.SH ${title}`,
      ...rows.flatMap(([name, says]) => ['.TP', `.B ${plain(name)}`, plain(says)]),
    ]),
    '.SH SEE ALSO',
    plain(
      'The README, and docs/reference/configuration.md, hooks.md and errors.md, which the package brings.',
    ),
    '',
  ].join('\n');
}

type Named = readonly [string, Command];

/** The commands that do something, under the titles of the help. */
function groupsOf(program: Command, help: Help): readonly (readonly [string, readonly Named[]])[] {
  const leaves = leavesOf(program);
  const titles = [...new Set(help.visibleCommands(program).map((command) => command.helpGroup()))];
  return titles.flatMap((title) => {
    const within = leaves.filter(([path]) => {
      const [first] = path.split(' ');
      return program.commands.find((command) => command.name() === first)?.helpGroup() === title;
    });
    return within.length === 0 ? [] : [[title, within] as const];
  });
}

function commandLines(path: string, command: Command, help: Help): readonly string[] {
  const words = command.registeredArguments.map((argument) => help.argumentTerm(argument));
  const usage = command.registeredArguments.map((argument) => {
    const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
    return argument.required ? `<${name}>` : `[${name}]`;
  });
  return [
    '.TP',
    `.B ${plain(['baton', path, ...usage].join(' '))}`,
    plain(command.description()),
    '.RS',
    ...command.registeredArguments.flatMap((argument, index) => [
      '.TP',
      `.I ${plain(words[index] ?? '')}`,
      plain(help.argumentDescription(argument)),
    ]),
    ...help
      .visibleOptions(command)
      .flatMap((option) =>
        option.long === '--help'
          ? []
          : ['.TP', `.B ${plain(help.optionTerm(option))}`, plain(help.optionDescription(option))],
      ),
    '.TP',
    'Example:',
    plain(`baton ${exampleOf(path, command)}`),
    '.RE',
  ];
}

/** What a process takes from around it and leaves there. */
export const surroundings: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
  [
    'FILES',
    [
      ['baton.json', 'The configuration, in the folder where a command is run; --config names another.'],
      ['/etc/baton.json', 'The same, where that one is not there.'],
      [
        '/etc/orchestrator.conf.json, conf/orchestrator.conf.json, orchestrator.conf.json',
        'orchestrator’s own, all together, where neither is there.',
      ],
      [
        'StateFile',
        'The journal and the inventory, baton.sqlite beside the configuration unless it says otherwise.',
      ],
      [
        'StateFile.sock',
        'Where the running controller answers the other commands; only its own user may ask.',
      ],
      ['StateFile.owner', 'Which process has the state file open.'],
    ],
  ],
  [
    'ENVIRONMENT',
    [
      [
        'BATON_IMPORT_PASSWORD',
        'The password for baton import, where neither a file nor the configuration has it.',
      ],
      [
        'ORCHESTRATOR_API',
        'With -c, whom to ask in place of the controller of this machine: addresses with blanks between.',
      ],
      ['ORCHESTRATOR_AUTH_USER, ORCHESTRATOR_AUTH_PASSWORD', 'With -c, as whom to sign in there.'],
      ['XDG_RUNTIME_DIR', 'In which folder a sandbox lies, unless --directory names another.'],
      ['NO_COLOR', 'Set to anything: no colours, on a terminal neither.'],
      ['NODE_OPTIONS', 'Node’s own; with --import it starts an OpenTelemetry SDK for TraceRecoveries.'],
      [
        'NAME',
        'Any variable that the configuration names, behind a dollar sign and in braces, as the place of a secret.',
      ],
    ],
  ],
  [
    'EXIT STATUS',
    [
      ['0', 'Done, or nothing wrong.'],
      ['1', 'Something was found, or what was asked for is refused.'],
      ['2', 'The command line or the configuration cannot be used.'],
      ['3', 'Who was asked for could not be reached.'],
    ],
  ],
];

/** Text that man(7) takes as it is: no line of it is a request, and hyphens can be copied. */
function plain(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('\n', ' ')
    .replace(
      /[^ -~]/g,
      (letter) => `\\[u${letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}]`,
    );
  return /^[.']/.test(escaped) ? `\\&${escaped}` : escaped;
}
