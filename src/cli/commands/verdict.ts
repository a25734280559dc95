import type { Command } from 'commander';
import type { Verdict } from '../../analysis/verdict.ts';
import type { DataVerdictReport } from '../../controller/reports.ts';
import { spoken } from '../../kernel/duration.ts';
import { daemonOf } from '../daemon.ts';
import type { Leave, Terminal } from '../terminal.ts';
import { pathOf, type Showing, showing } from './keeping.ts';

/** `baton verdict RECOVERY`: what a change of primary has cost the data. Exits 1 unless it is proven that nothing was lost. */
export function verdictCommand(terminal: Terminal, leave: Leave): Command {
  return showing(
    'verdict',
    'Say what a change of primary has cost the data: exit 0 nothing, proven, 1 something or it is not known.',
  )
    .argument('<name>', 'its uid, or the first hexadecimal digits that "baton recoveries" shows')
    .action(async (name: string, { config, json }: Showing) => {
      const daemon = await daemonOf(config);
      const path = `/baton/v1/recoveries/${encodeURIComponent(name)}/verdict`;
      const { dataVerdict } = (await daemon.get(path)) as { dataVerdict: DataVerdictReport | null };
      if (json) terminal.print(JSON.stringify(dataVerdict, null, 2));
      else terminal.print(dataVerdict === null ? 'Nobody was promoted.' : costOf(dataVerdict));
      leave(dataVerdict === null || dataVerdict.kind === 'nothing-lost' ? 0 : 1);
    });
}

function costOf({ kind, lostAtMost, listed, because }: DataVerdictReport): string {
  const lost = {
    'nothing-lost': 'Nothing was lost',
    'at-most': lostAtMost === null ? 'Something may be lost' : `At most ${lostAtMost} transactions are lost`,
    unknown: 'What was lost is not known',
  }[kind];
  return [`${lost}: ${because}`, ...(listed === '' ? [] : [listed])].join('\n');
}

/** `baton testimony INSTANCE`: who says what of it. Exits 1 where it is held for dead or nobody can tell. */
export function testimonyCommand(terminal: Terminal, leave: Leave): Command {
  return showing(
    'testimony',
    'List who says what of an instance that something is wrong with: exit 0 nothing is, or it lives, 1 not.',
  )
    .argument('<instance>', 'host:port')
    .action(async (instance: string, { config, json }: Showing) => {
      const daemon = await daemonOf(config);
      const { verdict } = (await daemon.get(`${pathOf('instances', instance)}/verdict`)) as {
        verdict: Verdict | null;
      };
      if (json) terminal.print(JSON.stringify(verdict, null, 2));
      else if (verdict === null) terminal.say(`Nothing is found to be wrong with ${instance}.`);
      else terminal.print(testimonyOf(verdict));
      leave(verdict === null || verdict.says === 'alive' ? 0 : 1);
    });
}

function testimonyOf({ instance, says, votes }: Verdict): string {
  const width = Math.max(0, ...votes.map(({ observer }) => observer.length));
  const lines = votes.map(({ observer, says: vote, because, ageMs }) => {
    const when = ageMs === null ? '' : ` (${spoken(ageMs)} ago)`;
    return `  ${vote.padEnd(7)}  ${observer.padEnd(width)}  ${because}${when}`;
  });
  return [`${instance}: ${says}`, ...lines].join('\n');
}
