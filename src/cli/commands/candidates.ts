import type { Command } from 'commander';
import type { CandidateReport } from '../../controller/kept/candidates.ts';
import { daemonOf } from '../daemon.ts';
import type { Leave, Terminal } from '../terminal.ts';
import { type Keeping, keeping, pathOf, saidBy, type Showing, showing } from './keeping.ts';

/** `baton candidate` and `candidates`: how much an instance is wanted as a successor. */
export function candidateCommands(terminal: Terminal, leave: Leave): readonly Command[] {
  return [candidate(terminal), candidates(terminal, leave)];
}

function candidate(terminal: Terminal): Command {
  return keeping(
    'candidate',
    'Register how much an instance is wanted as a successor, for CandidateInstanceExpireMinutes.',
  )
    .argument('<instance>', 'host:port')
    .argument('<rule>', 'prefer, neutral, prefer_not or must_not')
    .action(async (instance: string, rule: string, words: Keeping) => {
      const daemon = await daemonOf(words.config);
      await daemon.post(`${pathOf('instances', instance)}/promotion-rule`, { ...saidBy(words), rule });
      terminal.say(`${instance} is registered as ${rule}.`);
    });
}

function candidates(terminal: Terminal, leave: Leave): Command {
  return showing(
    'candidates',
    'List the promotion rules that are registered: exit 1 where there is none.',
  ).action(async ({ config, json }: Showing) => {
    const daemon = await daemonOf(config);
    const rules = (await daemon.get('/baton/v1/candidates')) as readonly CandidateReport[];
    if (json) terminal.print(JSON.stringify(rules, null, 2));
    else if (rules.length === 0) terminal.say('No promotion rule is registered.');
    else terminal.print(rules.map(line).join('\n'));
    leave(rules.length === 0 ? 1 : 0);
  });
}

function line({ instance, rule, until }: CandidateReport): string {
  return `${instance}  ${rule}${until === null ? '' : ` until ${until}`}`;
}
