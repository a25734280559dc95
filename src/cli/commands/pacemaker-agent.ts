import { rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { BatonError, messageOf } from '../../kernel/errors.ts';
import { signalOf, signalVariables } from '../../protocols/pacemaker/signals.ts';

/** `baton pacemaker agent --spool DIRECTORY`: the installed agent, where Baton itself is on the node. */
export function agentCommand(environment: NodeJS.ProcessEnv): Command {
  return new Command('agent')
    .description(
      'Keep what Pacemaker said by this process’s variables for Baton, as the installed agent does.',
    )
    .requiredOption('--spool <directory>', 'where')
    .exitOverride()
    .action(async ({ spool }: { readonly spool: string }) => {
      const told = signalVariables.flatMap((name) => {
        const value = environment[name];
        return value === undefined ? [] : [[name, value] as const];
      });
      if (signalOf(Object.fromEntries(told)) === null)
        throw new BatonError(
          'usage',
          'There are no variables of Pacemaker (CRM_alert_…, CRM_notify_…) that tell of anything.',
        );
      await keep(resolve(spool), told.map(([name, value]) => `${name}=${value}\0`).join('')).catch(
        (error: unknown) => {
          throw new BatonError('usage', `It cannot be kept: ${messageOf(error)}`, { cause: error });
        },
      );
    });
}

/** A file appears under its name when it is whole. */
async function keep(spool: string, text: string): Promise<void> {
  const name = `${Math.floor(Date.now() / 1_000)}.${process.pid}`;
  await writeFile(join(spool, `.${name}`), text, { mode: 0o640 });
  await rename(join(spool, `.${name}`), join(spool, `${name}.signal`));
}
