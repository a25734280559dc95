import type { Command } from 'commander';
import type { HookClass, HookOutcome } from '../../engine/record.ts';
import { spoken } from '../../kernel/duration.ts';
import { daemonOf, socketOf } from '../daemon.ts';
import { eventsOf } from '../event-stream.ts';
import type { Leave, Terminal } from '../terminal.ts';
import { type Showing, showing } from './keeping.ts';

/** One run of one hook, as the API tells it. */
interface Run {
  readonly stage: string;
  readonly index: number;
  readonly attempt: number;
  readonly command: string;
  readonly startedAt: string;
  readonly ended: {
    readonly at: string;
    readonly class: HookClass;
    readonly outcome: HookOutcome;
  } | null;
}

/** `baton hooks runs RECOVERY`: which hooks ran in it, how they ended and what they wrote. Exits 1 where one did not end well. */
export function hooksRunsCommand(terminal: Terminal, leave: Leave): Command {
  return showing(
    'runs',
    'List the hooks that ran in a recovery, with what they wrote: exit 1 one has not ended well.',
  )
    .argument('<name>', 'its uid, or the first hexadecimal digits that "baton recoveries" shows')
    .option(
      '--follow',
      'say instead what those write that run now, as they write it, until it is interrupted',
    )
    .action(async (name: string, { config, json, follow }: Showing & { follow?: true }) => {
      if (follow) return listen(terminal, { name, config, json: json === true });
      const daemon = await daemonOf(config);
      const path = `/baton/v1/recoveries/${encodeURIComponent(name)}/hooks`;
      const runs = (await daemon.get(path)) as readonly Run[];
      if (json) terminal.print(JSON.stringify(runs, null, 2));
      else if (runs.length === 0) terminal.say('No hook ran in it.');
      else terminal.print(runs.map(textOf).join('\n'));
      leave(runs.every(({ ended }) => ended?.class === 'ok') ? 0 : 1);
    });
}

async function listen(
  terminal: Terminal,
  { name, config, json }: { name: string; config: string | undefined; json: boolean },
): Promise<void> {
  const path = `/baton/v1/recoveries/${encodeURIComponent(name)}/hooks/output`;
  const { signal } = new AbortController();
  for await (const { data } of eventsOf({ socketPath: await socketOf(config), path, after: null, signal })) {
    if (json) terminal.print(JSON.stringify(data));
    else if (typeof data === 'object' && data !== null && 'text' in data)
      terminal.print(String(data.text).trimEnd());
  }
}

function textOf({ stage, index, attempt, command, startedAt, ended }: Run): string {
  const which = `${stage}[${index + 1}]${attempt > 1 ? `, attempt ${attempt}` : ''}`;
  const came = ended === null ? 'goes on' : endOf(ended);
  const output = (ended?.outcome.output ?? '').split('\n').filter((line) => line.trim() !== '');
  return [`${startedAt}  ${which}: ${came}  ${command}`, ...output.map((line) => `    | ${line}`)].join('\n');
}

function endOf({ class: judged, outcome }: NonNullable<Run['ended']>): string {
  const { ended, exitCode, signal, tookMs } = outcome;
  const how = exitCode === null ? (signal ?? ended) : `exit ${exitCode}`;
  return `${judged} (${how}, ${spoken(tookMs)})`;
}
