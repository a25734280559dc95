import { userInfo } from 'node:os';
import { Command, InvalidArgumentError } from 'commander';
import type { RestraintsReport } from '../../controller/requests/restraints.ts';
import { millisecondsIn, spoken } from '../../kernel/duration.ts';
import { daemonOf } from '../daemon.ts';
import type { Leave, Terminal } from '../terminal.ts';
import { asSaid, type Saying, saying } from './saying.ts';

interface Beginning extends Saying {
  readonly for: number;
}

/** `baton downtime`, `maintenance` and their ends: an instance is left alone for a time; and `baton restraints`, what there is of it. */
export function downtimeCommands(terminal: Terminal, leave: Leave): readonly Command[] {
  return [
    beginning(terminal, 'downtime', 'Leave an instance alone for a time: its failure is told to no hook.'),
    ending(terminal, 'downtime'),
    beginning(terminal, 'maintenance', 'Say that you work on an instance: nothing at all is found of it.'),
    ending(terminal, 'maintenance'),
    restraints(terminal, leave),
  ];
}

function beginning(terminal: Terminal, kind: 'downtime' | 'maintenance', does: string): Command {
  return saying(kind, does)
    .argument('<instance>', 'host:port')
    .requiredOption('--for <time>', 'for how long: 90s, 30m, 2h, 1d', readSpan)
    .action(async (instance: string, words: Beginning) => {
      const daemon = await daemonOf(words.config);
      await daemon.post(`/baton/v1/${kind}/begin`, { ...asSaid(words), instance, forMs: words.for });
      terminal.say(
        `${instance} is in ${kind} for ${spoken(words.for)}; "baton end-${kind} ${instance}" ends it.`,
      );
    });
}

function ending(terminal: Terminal, kind: 'downtime' | 'maintenance'): Command {
  return new Command(`end-${kind}`)
    .description(`End the ${kind} of an instance before its time.`)
    .argument('<instance>', 'host:port')
    .option('--config <file>', 'the configuration of the controller')
    .exitOverride()
    .action(async (instance: string, { config }: { config?: string }) => {
      const daemon = await daemonOf(config);
      await daemon.post(`/baton/v1/${kind}/end`, { instance, by: userInfo().username });
      terminal.say(`${instance} is in ${kind} no more.`);
    });
}

function restraints(terminal: Terminal, leave: Leave): Command {
  return new Command('restraints')
    .description('List what people have forbidden: exit 0 nothing, 1 something.')
    .option('--config <file>', 'the configuration of the controller')
    .option('--json', 'answer in JSON')
    .exitOverride()
    .action(async ({ config, json }: { config?: string; json?: true }) => {
      const daemon = await daemonOf(config);
      const report = (await daemon.get('/baton/v1/restraints')) as RestraintsReport;
      const lines = linesOf(report);
      if (json) terminal.print(JSON.stringify(report, null, 2));
      else if (lines.length === 0) terminal.say('Nobody has forbidden anything.');
      else terminal.print(lines.join('\n'));
      leave(lines.length === 0 ? 0 : 1);
    });
}

function linesOf({ disabled, downtimes, maintenance }: RestraintsReport): string[] {
  const told = (kind: string) => (one: RestraintsReport['downtimes'][number]) =>
    `${one.instance} is in ${kind} until ${one.until} (${one.who}: ${one.why})`;
  return [
    ...(disabled === null ? [] : [`all recoveries are disabled (${disabled.who}: ${disabled.why})`]),
    ...downtimes.map(told('downtime')),
    ...maintenance.map(told('maintenance')),
  ];
}

function readSpan(text: string): number {
  const span = millisecondsIn(text);
  if (span !== null && span > 0) return span;
  throw new InvalidArgumentError('It is a number with its unit: 90s, 30m, 2h or 1d.');
}
