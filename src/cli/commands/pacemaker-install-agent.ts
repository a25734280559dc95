import { chmod, mkdir, stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { BatonError, messageOf } from '../../kernel/errors.ts';
import { agentScript } from '../../signals/pacemaker/agent.ts';
import type { Terminal } from '../terminal.ts';

/** `baton pacemaker install-agent FILE --spool DIRECTORY`. */
export function installAgentCommand(terminal: Terminal): Command {
  return new Command('install-agent')
    .description(
      'Write the program that Pacemaker calls, as an alert or by crm_mon, and that keeps what it is told for Baton.',
    )
    .argument('<file>', 'where to, such as /usr/local/lib/baton-pacemaker-agent; what is there is replaced')
    .requiredOption('--spool <directory>', 'where it keeps what it is told; made where it is missing')
    .exitOverride()
    .action(async (written: string, words: { readonly spool: string }) => {
      const [file, spool] = [resolve(written), resolve(words.spool)];
      await install(file, spool).catch((error: unknown) => {
        throw new BatonError('usage', `The agent cannot be installed: ${messageOf(error)}`, { cause: error });
      });
      terminal.print(file);
      terminal.say(nextSteps(file, spool));
    });
}

async function install(file: string, spool: string): Promise<void> {
  await mkdir(spool, { recursive: true });
  const { mode } = await stat(spool);
  // Who writes is root or hacluster, who reads is Baton: they share the directory's group, and nobody else looks in.
  await chmod(spool, (mode & 0o700) | 0o2070);
  await writeFile(file, agentScript(spool));
  await chmod(file, 0o755);
}

function nextSteps(file: string, spool: string): string {
  return [
    'Let the agent write and Baton read, by a group that hacluster and Baton’s user are both in:',
    `  chgrp haclient ${spool}`,
    'Then, as an alert, once for the cluster with this file on every node:',
    `  pcs alert create path=${file}`,
    'or by crm_mon, on one node (an output is needed: without one crm_mon takes a whole processor):',
    `  crm_mon -d --watch-fencing --external-agent ${file} --output-as=xml --output-to=/run/crm_mon.xml`,
  ].join('\n');
}
