import { Command } from 'commander';
import { type Profile, whenOf } from '../../protocols/keepalived/index.ts';
import type { Terminal } from '../terminal.ts';
import { confOf } from '../vrrp/files.ts';
import { profileOption } from '../vrrp/profile.ts';
import { whenText } from '../vrrp/when-text.ts';

interface Words {
  readonly id: string;
  readonly profile: Profile;
  readonly json?: true;
}

/** `baton vrrp when FILE`. */
export function whenCommand(terminal: Terminal): Command {
  return new Command('when')
    .description('Explain which scripts of a keepalived.conf run when, in which order, with which arguments.')
    .argument('<file>', 'the keepalived.conf')
    .option('--id <id>', 'whose lines with @id are meant (keepalived -i)', '')
    .addOption(profileOption())
    .option('--json', 'answer in JSON')
    .exitOverride()
    .action((file: string, { id, profile, json }: Words) => {
      const when = whenOf(confOf(file, id), { id, profile });
      terminal.print(json ? JSON.stringify(when) : whenText(when));
    });
}
