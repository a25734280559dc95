import { Command } from 'commander';
import type { Leave, Terminal } from '../terminal.ts';
import { configCommand } from './vrrp-config.ts';
import { lintCommand } from './vrrp-lint.ts';
import { notifyCommand } from './vrrp-notify.ts';
import { runCommand } from './vrrp-run.ts';
import { simulateCommand } from './vrrp-simulate.ts';
import { watchCommand } from './vrrp-watch.ts';
import { whenCommand } from './vrrp-when.ts';

/** `baton vrrp …`: which of keepalived's scripts run when, and the address that follows the primary. */
export function vrrpCommand(terminal: Terminal, leave: Leave): Command {
  const command = new Command('vrrp')
    .description('Know when keepalived runs which script, and let its address follow the primary.')
    .exitOverride();
  command.addCommand(whenCommand(terminal));
  command.addCommand(simulateCommand(terminal));
  command.addCommand(lintCommand(terminal, leave));
  command.addCommand(runCommand(terminal, leave));
  command.addCommand(configCommand(terminal));
  command.addCommand(watchCommand(terminal, leave));
  command.addCommand(notifyCommand(terminal));
  return command;
}
