import { Command } from 'commander';
import type { LeaderReport } from '../../controller/reports.ts';
import { daemonOf } from '../daemon.ts';
import type { Leave, Terminal } from '../terminal.ts';

/** `baton leader`: which of several controllers acts. */
export function leaderCommand(terminal: Terminal, leave: Leave): Command {
  return new Command('leader')
    .description('Say which controller leads: exit 0 where one does, 1 where none does.')
    .option('--config <file>', 'the configuration of any of the controllers')
    .option('--json', 'answer in JSON')
    .exitOverride()
    .action(async ({ config, json }: { config?: string; json?: true }) => {
      const leader = (await (await daemonOf(config)).get('/baton/v1/leader')) as LeaderReport;
      if (json) terminal.print(JSON.stringify(leader, null, 2));
      else if (leader.cutOff !== null)
        terminal.say(`The controller that was asked does not know who leads: ${leader.cutOff}.`);
      else if (leader.name === null) terminal.say('No controller leads now, so nothing is begun.');
      else
        terminal.print(
          `${leader.name} leads since ${leader.since}${leader.address === null ? '' : ` at ${leader.address}`}${leader.isOurs ? ', and is the one that was asked' : ''}`,
        );
      leave(leader.name === null ? 1 : 0);
    });
}
