import type { Readable } from 'node:stream';
import { Command } from 'commander';
import type { Leave, Terminal } from '../terminal.ts';
import { decodeCommand } from './heartbeat-decode.ts';
import { runCommand } from './heartbeat-run.ts';
import { sendCommand } from './heartbeat-send.ts';

/** `baton heartbeat …`: the messages of Linux-HA Heartbeat. */
export function heartbeatCommand(terminal: Terminal, leave: Leave, input: Readable): Command {
  const command = new Command('heartbeat')
    .description('Join a Linux-HA Heartbeat cluster, read and send its messages.')
    .exitOverride();
  command.addCommand(decodeCommand(terminal, leave, input));
  command.addCommand(runCommand(terminal));
  command.addCommand(sendCommand(terminal));
  return command;
}
