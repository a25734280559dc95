import type { Command } from 'commander';
import type { PooledInstance } from '../../controller/kept/pools.ts';
import { BatonError } from '../../kernel/errors.ts';
import { type Daemon, daemonOf } from '../daemon.ts';
import type { Leave, Terminal } from '../terminal.ts';
import { type Keeping, keeping, pathOf, saidBy, type Showing, showing } from './keeping.ts';

/** `baton pool` and `pools`: which instances serve together, as whatever balances load says. */
export function poolCommands(terminal: Terminal, leave: Leave): readonly Command[] {
  return [pool(terminal), pools(terminal, leave)];
}

function pool(terminal: Terminal): Command {
  return keeping('pool', 'Say which instances a pool is of, for InstancePoolExpiryMinutes; none empties it.')
    .argument('<pool>', 'its name')
    .argument('[instances...]', 'host:port, or part of the host’s name')
    .action(async (name: string, instances: readonly string[], words: Keeping) => {
      const daemon = await daemonOf(words.config);
      const answer = (await daemon.post(pathOf('pools', name), { ...saidBy(words), instances })) as {
        instances: readonly string[];
      };
      if (answer.instances.length > 0) terminal.print(answer.instances.join('\n'));
      terminal.say(`Pool ${name} is of ${answer.instances.length} instances.`);
    });
}

function pools(terminal: Terminal, leave: Leave): Command {
  return showing('pools', 'List pools and who is in them: exit 1 where there is none.')
    .argument('[cluster]', 'only instances of the cluster of this alias, name or instance')
    .option('--pool <name>', 'only this pool')
    .option('--lag', 'how many seconds those of the cluster that are in a pool are behind at most')
    .action(async (cluster: string | undefined, { config, json, lag, pool: name }: Pooled) => {
      const daemon = await daemonOf(config);
      if (lag) return leave(await printLag(daemon, terminal, { cluster, name, json }));
      const query = new URLSearchParams({
        ...(cluster === undefined ? {} : { cluster }),
        ...(name === undefined ? {} : { pool: name }),
      });
      const pooled = (await daemon.get(`/baton/v1/pools?${query.toString()}`)) as readonly PooledInstance[];
      if (json) terminal.print(JSON.stringify(pooled, null, 2));
      else if (pooled.length === 0) terminal.say('Nobody is in any such pool.');
      else
        terminal.print(pooled.map((one) => `${one.pool}  ${one.instance}  ${one.clusterAlias}`).join('\n'));
      leave(pooled.length === 0 ? 1 : 0);
    });
}

interface Pooled extends Showing {
  readonly pool?: string;
  readonly lag?: true;
}

async function printLag(
  daemon: Daemon,
  terminal: Terminal,
  { cluster, name, json }: { cluster: string | undefined; name: string | undefined; json: true | undefined },
): Promise<0 | 1> {
  if (cluster === undefined) throw new BatonError('usage', '--lag wants a cluster too');
  const query = name === undefined ? '' : `?pool=${encodeURIComponent(name)}`;
  const answer = (await daemon.get(`${pathOf('clusters', cluster)}/pool-lag${query}`)) as {
    lagSeconds: number | null;
  };
  if (json) terminal.print(JSON.stringify(answer, null, 2));
  else if (answer.lagSeconds === null) terminal.say('Nobody there says how far behind it is.');
  else terminal.print(String(answer.lagSeconds));
  return answer.lagSeconds === null ? 1 : 0;
}
