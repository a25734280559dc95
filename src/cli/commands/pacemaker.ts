import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { Command, Option } from 'commander';
import { BatonError } from '../../kernel/errors.ts';
import { Membership } from '../../protocols/pacemaker/membership.ts';
import { nodeStateEvents } from '../../protocols/pacemaker/node-state.ts';
import { readAsCrmMon } from '../../protocols/pacemaker/readings/crm-mon.ts';
import { readAsSeed } from '../../protocols/pacemaker/readings/seed.ts';
import { messageIn } from '../pacemaker-message.ts';
import { nodeReport, operationReport, type PacemakerReport, rowOf } from '../pacemaker-reports.ts';
import type { Leave, Terminal } from '../terminal.ts';
import { agentCommand } from './pacemaker-agent.ts';
import { installAgentCommand } from './pacemaker-install-agent.ts';
import { monitorCommand } from './pacemaker-monitor.ts';
import { watchCommand } from './pacemaker-watch.ts';

const readings = { crm_mon: readAsCrmMon, seed: readAsSeed };

interface Words {
  readonly reading: keyof typeof readings;
  readonly json?: true;
}

/** `baton pacemaker decode | watch | monitor | agent | install-agent`: what a cluster says, and who hears it. */
export function pacemakerCommand(terminal: Terminal, leave: Leave, input: Readable): Command {
  const command = new Command('pacemaker')
    .description('Hear what a Pacemaker cluster says of its resources and nodes.')
    .exitOverride();
  command.addCommand(decodeCommand(terminal, leave));
  command.addCommand(monitorCommand(terminal, leave, input));
  command.addCommand(watchCommand(terminal, leave, input));
  command.addCommand(agentCommand(process.env));
  command.addCommand(installAgentCommand(terminal));
  return command;
}

function decodeCommand(terminal: Terminal, leave: Leave): Command {
  return new Command('decode')
    .description(
      'Decode notifications of the CIB: a row per call of an external agent (file, node, rsc, task, status, rc, target_rc, desc).',
    )
    .argument('<file...>', 'a message each, in the order in which they came')
    .addOption(
      new Option(
        '--reading <reading>',
        'whose: what crm_mon really does, or the walk that the seed documents',
      )
        .choices(Object.keys(readings))
        .makeOptionMandatory(),
    )
    .option('--json', 'answer in JSON, with what became of nodes')
    .exitOverride()
    .action(async (files: readonly string[], { reading, json }: Words) => {
      const membership = new Membership();
      const all: PacemakerReport[] = [];
      for (const file of files) {
        const reports = await reportsIn(file, reading, membership).catch((error: unknown) => {
          if (!(error instanceof BatonError)) throw error;
          terminal.say(`baton: ${file}: ${error.message}`);
          leave(error.exit);
          return [];
        });
        if (json) all.push(...reports);
        else for (const row of reports.flatMap((one) => rowOf(one) ?? [])) terminal.print(row);
      }
      if (json) terminal.print(JSON.stringify(all));
    });
}

/** What one file tells; `membership` knows what those before it told. */
async function reportsIn(
  file: string,
  reading: Words['reading'],
  membership: Membership,
): Promise<readonly PacemakerReport[]> {
  const message = await messageIn(file);
  const name = basename(file);
  return [
    ...readings[reading](message).map((event) => operationReport(name, event)),
    ...nodeStateEvents(message).map((event) => nodeReport(name, event, membership.classify(event))),
  ];
}
