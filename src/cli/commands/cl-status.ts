import { hostname } from 'node:os';
import { Command } from 'commander';
import { liveState } from '../../signals/heartbeat/live-state.ts';
import { usualStateFolder } from '../../signals/heartbeat/state-folder.ts';
import { clStatus, statusOfLinks } from '../heartbeat/cl-status.ts';
import type { Leave, Terminal } from '../terminal.ts';

interface Words {
  readonly state: string;
}

/** `baton cl-status …` and `baton status-hblinks`: how a Heartbeat cluster stands, in the words of its own tools. */
export function clStatusCommands(terminal: Terminal, leave: Leave): readonly Command[] {
  const cl = new Command('cl-status')
    .description(
      'How a Heartbeat cluster stands for the node that baton heartbeat run is: sub-commands, answers and exit codes are those of cl_status.',
    )
    .argument(
      '[word...]',
      'hbstatus [-v], listnodes [-n|-p|-v|-m], nodestatus NODE, nodetype NODE, listhblinks [-v] NODE, hblinkstatus NODE LINK, hbparameter -p NAME …',
    )
    .option('--state <folder>', 'where the node keeps its state', usualStateFolder)
    .allowUnknownOption()
    .exitOverride()
    .action((words: readonly string[], { state }: Words) => {
      const { exit, print, say } = clStatus(liveState(state), words);
      for (const line of print) terminal.print(line);
      for (const line of say) terminal.say(line.startsWith('ERROR: ') ? `${prefix()}${line}` : line);
      if (exit !== 0) leave(exit);
    });
  const links = new Command('status-hblinks')
    .description(
      'Whether a link of another node is dead: “ok” and “good” or “has_dead” on two lines (it ends with 1), or “fail” (3).',
    )
    .option('--state <folder>', 'where the node keeps its state', usualStateFolder)
    .exitOverride()
    .action(({ state }: Words) => {
      const reply = statusOfLinks(liveState(state));
      terminal.print(reply);
      if (reply === 'fail') leave(3);
      else if (reply.endsWith('has_dead')) leave(1);
    });
  return [cl, links];
}

/** As the tool's log has it: `Nov 21 22:30:12 nodea cl_status: [470]: `. */
function prefix(): string {
  const [, month, day, , time] = new Date().toString().split(' ');
  return `${month} ${day} ${time} ${hostname()} cl_status: [${process.pid}]: `;
}
