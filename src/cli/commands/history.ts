import { type Command, InvalidArgumentError } from 'commander';
import type { SignalReport } from '../../controller/history/host-news.ts';
import type { RecoveryReport } from '../../controller/reports.ts';
import { shortUid } from '../../kernel/uid.ts';
import { daemonOf } from '../daemon.ts';
import type { Leave, Terminal } from '../terminal.ts';
import { type Showing, showing } from './keeping.ts';

/** `baton detections`, `baton changelog` and `baton signals`: what was found or told of instances, and when. */
export function historyCommands(terminal: Terminal, leave: Leave): readonly Command[] {
  return [detections(terminal, leave), changelog(terminal, leave), signals(terminal, leave)];
}

function detections(terminal: Terminal, leave: Leave): Command {
  return showing('detections', 'List failures that were detected, newest first: exit 1 where there was none.')
    .option('--limit <n>', 'how many', readLimit, 20)
    .action(async ({ config, json, limit }: Showing & { limit: number }) => {
      const daemon = await daemonOf(config);
      const found = (await daemon.get(`/baton/v1/detections?limit=${limit}`)) as readonly RecoveryReport[];
      if (json) terminal.print(JSON.stringify(found, null, 2));
      else if (found.length === 0) terminal.say('No failure was detected.');
      else terminal.print(found.map(line).join('\n'));
      leave(found.length === 0 ? 1 : 0);
    });
}

function line({ uid, startedAt, cluster, failed, code, state }: RecoveryReport): string {
  return `${shortUid(uid)}  ${startedAt}  ${cluster}  ${code} of ${failed}: ${state}`;
}

interface Changes {
  readonly instance: string;
  readonly changes: readonly { readonly at: string; readonly codes: readonly string[] }[];
}

function changelog(terminal: Terminal, leave: Leave): Command {
  return showing(
    'changelog',
    'List what analysis came to say of each instance, and when: exit 1 nothing.',
  ).action(async ({ config, json }: Showing) => {
    const daemon = await daemonOf(config);
    const all = (await daemon.get('/baton/v1/changelog')) as readonly Changes[];
    if (json) terminal.print(JSON.stringify(all, null, 2));
    else if (all.length === 0) terminal.say('Nothing was ever found.');
    else
      terminal.print(
        all
          .flatMap(({ instance, changes }) =>
            changes.map(({ at, codes }) => `${at}  ${instance}  ${codes.join(', ')}`),
          )
          .join('\n'),
      );
    leave(all.length === 0 ? 1 : 0);
  });
}

function signals(terminal: Terminal, leave: Leave): Command {
  return showing('signals', 'List what other systems told of hosts, the latest first: exit 1 nothing.')
    .argument('[cluster]', 'only of the hosts of the cluster of this alias, name or instance')
    .option('--limit <n>', 'how many', readLimit, 20)
    .action(async (cluster: string | undefined, { config, json, limit }: Showing & { limit: number }) => {
      const daemon = await daemonOf(config);
      const only = cluster === undefined ? '' : `&cluster=${encodeURIComponent(cluster)}`;
      const heard = (await daemon.get(`/baton/v1/signals?limit=${limit}${only}`)) as readonly SignalReport[];
      if (json) terminal.print(JSON.stringify(heard, null, 2));
      else if (heard.length === 0) terminal.say('No other system has told anything.');
      else terminal.print(heard.map(signalLine).join('\n'));
      leave(heard.length === 0 ? 1 : 0);
    });
}

function signalLine({ at, from, node, instances, because }: SignalReport): string {
  return `${at}  ${from}  ${[node, ...instances].join(' ')}  ${because}`;
}

function readLimit(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= 200) return limit;
  throw new InvalidArgumentError('A whole number from 1 to 200.');
}
