import { Command } from 'commander';
import type { Leave, Terminal } from '../terminal.ts';
import { lintCommand } from './vrrp-lint.ts';
import { simulateCommand } from './vrrp-simulate.ts';
import { whenCommand } from './vrrp-when.ts';

/** `baton vrrp …`: which of keepalived's scripts run when, and the address that follows the primary. */
export function vrrpCommand(terminal: Terminal, leave: Leave): Command {
  const command = new Command('vrrp')
    .description('Know when keepalived runs which script, and let its address follow the primary.')
    .exitOverride();
  command.addCommand(whenCommand(terminal));
  command.addCommand(simulateCommand(terminal));
  command.addCommand(lintCommand(terminal, leave));
  return command;
}
