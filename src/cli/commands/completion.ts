import { Argument, Command } from 'commander';
import type { ClusterReport, RecoveryReport } from '../../controller/reports.ts';
import { bashCompletion } from '../completion/bash.ts';
import { completedIn } from '../completion/command-tree.ts';
import { fishCompletion } from '../completion/fish.ts';
import { zshCompletion } from '../completion/zsh.ts';
import { type Daemon, daemonOf } from '../daemon.ts';
import type { Terminal } from '../terminal.ts';
import { shortUid } from '../../kernel/uid.ts';

const shells = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;

/** `baton completion SHELL`: what a shell needs to complete commands, options, and names that the controller knows. */
export function completionCommand(terminal: Terminal, program: () => Command): Command {
  return new Command('completion')
    .description(
      'Print what makes a shell complete commands, options and the names of instances, clusters, recoveries.',
    )
    .addArgument(new Argument('<shell>', 'whose').choices(Object.keys(shells)))
    .exitOverride()
    .action((shell: keyof typeof shells) => {
      terminal.print(shells[shell](completedIn(program())).trimEnd());
    });
}

/** Whoever presses Tab does not wait for longer. */
const soonMs = 1_000;

/** `baton completion-names KIND`: a name a line, for those completions; silent where no controller answers. */
export function completionNamesCommand(terminal: Terminal): Command {
  return new Command('completion-names')
    .description('Print the names of one kind that the running controller knows.')
    .addArgument(new Argument('<kind>', 'which').choices(Object.keys(namesOf)))
    .option('--config <file>', 'the configuration of the controller')
    .exitOverride()
    .action(async (kind: keyof typeof namesOf, { config }: { config?: string }) => {
      try {
        const names = await namesOf[kind](await daemonOf(config, soonMs));
        if (names.length > 0) terminal.print([...new Set(names)].join('\n'));
      } catch {
        // A Tab that finds nothing says nothing.
      }
    });
}

const namesOf = {
  instance: async (daemon: Daemon) =>
    (await clusters(daemon)).flatMap(({ instances }) => instances.map(({ instance }) => instance)),
  cluster: async (daemon: Daemon) => (await clusters(daemon)).map(({ alias }) => alias),
  recovery: async (daemon: Daemon) =>
    ((await daemon.get('/baton/v1/recoveries?kind=all')) as readonly RecoveryReport[]).map(({ uid }) =>
      shortUid(uid),
    ),
} as const;

async function clusters(daemon: Daemon): Promise<readonly ClusterReport[]> {
  return (await daemon.get('/baton/v1/clusters')) as readonly ClusterReport[];
}
