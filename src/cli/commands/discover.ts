import type { Command } from 'commander';
import { daemonOf } from '../daemon.ts';
import type { Terminal } from '../terminal.ts';
import { type Keeping, keeping, pathOf, saidBy } from './keeping.ts';

/** `baton discover`, `forget`, `forget-cluster` and `alias`: what is watched, and what a cluster is called. */
export function discoverCommands(terminal: Terminal): readonly Command[] {
  return [discover(terminal), forget(terminal), forgetCluster(terminal), alias(terminal)];
}

function discover(terminal: Terminal): Command {
  return keeping('discover', 'Watch an instance from now on, and all that it leads to.')
    .argument('<instance>', 'host:port')
    .action(async (instance: string, words: Keeping) => {
      const daemon = await daemonOf(words.config);
      const answer = await daemon.post(`${pathOf('instances', instance)}/discover`, saidBy(words));
      terminal.print((answer as { instance: string }).instance);
    });
}

function forget(terminal: Terminal): Command {
  return keeping('forget', 'Watch an instance no longer, until another server or a seed names it.')
    .argument('<instance>', 'host:port')
    .option('--dry-run', 'say what that would mean, and do nothing')
    .action(async (instance: string, { dryRun, ...words }: Keeping & { readonly dryRun?: true }) => {
      const daemon = await daemonOf(words.config);
      const path = `${pathOf('instances', instance)}/forget`;
      if (dryRun) {
        const { plan } = (await daemon.post(`${path}/preview`, {})) as { plan: readonly string[] };
        return terminal.print(plan.join('\n'));
      }
      await daemon.post(path, saidBy(words));
      terminal.say(`${instance} is watched no longer.`);
    });
}

function forgetCluster(terminal: Terminal): Command {
  return keeping('forget-cluster', 'Watch none of a cluster’s instances any longer.')
    .argument('<cluster>', 'its alias, its name or an instance of it')
    .action(async (cluster: string, words: Keeping) => {
      const daemon = await daemonOf(words.config);
      const { forgotten } = (await daemon.post(`${pathOf('clusters', cluster)}/forget`, saidBy(words))) as {
        forgotten: readonly string[];
      };
      terminal.print(forgotten.join('\n'));
    });
}

function alias(terminal: Terminal): Command {
  return keeping('alias', 'Call a cluster by another name, whatever the configuration gives it.')
    .argument('<cluster>', 'its alias, its name or an instance of it')
    .argument('<alias>', 'the name; empty for the one that it has by itself')
    .action(async (cluster: string, wanted: string, words: Keeping) => {
      const daemon = await daemonOf(words.config);
      const path = `${pathOf('clusters', cluster)}/alias`;
      const answer = (await daemon.post(path, { ...saidBy(words), alias: wanted })) as { alias: string };
      terminal.say(`${cluster} is called ${answer.alias}.`);
    });
}
