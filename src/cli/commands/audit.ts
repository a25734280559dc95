import { type Command, InvalidArgumentError } from 'commander';
import type { AuditEntry } from '../../controller/history/audit.ts';
import { daemonOf } from '../daemon.ts';
import type { Leave, Terminal } from '../terminal.ts';
import { type Showing, showing } from './keeping.ts';

/** `baton audit [INSTANCE]`: who did what to which instance, newest first. Exits 1 where nobody did anything. */
export function auditCommand(terminal: Terminal, leave: Leave): Command {
  return showing('audit', 'List who did what to which instance, newest first: exit 1 where nobody did.')
    .argument('[instance]', 'only what was done to this one, host:port')
    .option('--limit <n>', 'how many', readLimit, 20)
    .action(async (instance: string | undefined, { config, json, limit }: Showing & { limit: number }) => {
      const daemon = await daemonOf(config);
      const only = instance === undefined ? '' : `&instance=${encodeURIComponent(instance)}`;
      const entries = (await daemon.get(`/baton/v1/audit?limit=${limit}${only}`)) as readonly AuditEntry[];
      if (json) terminal.print(JSON.stringify(entries, null, 2));
      else if (entries.length === 0) terminal.say('Nobody has done anything.');
      else terminal.print(entries.map(line).join('\n'));
      leave(entries.length === 0 ? 1 : 0);
    });
}

function line({ at, type, instance, cluster, by, message }: AuditEntry): string {
  return `${at}  ${type}  ${instance ?? (cluster || '-')}  ${by}  ${message}`;
}

function readLimit(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= 200) return limit;
  throw new InvalidArgumentError('A whole number from 1 to 200.');
}
