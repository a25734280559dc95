import { Command } from 'commander';
import { type Complaint, lintConfs } from '../../protocols/keepalived/index.ts';
import type { Leave, Terminal } from '../terminal.ts';
import { confOf, idsIn, scriptFile } from '../vrrp/files.ts';

interface Words {
  readonly id?: string;
  readonly json?: true;
  readonly files: boolean;
}

/** `baton vrrp lint FILE…`. */
export function lintCommand(terminal: Terminal, leave: Leave): Command {
  return new Command('lint')
    .description(
      'Say what in a keepalived.conf is wrong or does something else than it seems to, line by line.',
    )
    .argument(
      '<file...>',
      'the keepalived.conf of each router; one with @id lines is read as each of its routers',
    )
    .option('--id <id>', 'read only as this one (keepalived -i)')
    .option('--no-files', 'do not look at the files of scripts, as for another machine’s configuration')
    .option('--json', 'answer in JSON')
    .exitOverride()
    .action((files: readonly string[], { id, json, files: looks }: Words) => {
      const readers = files.flatMap((file) => {
        const ids = id === undefined ? idsIn(file) : [id];
        return (ids.length === 0 ? [''] : ids).map((one) => ({
          id: files.length > 1 ? `${file} ${one}` : one,
          conf: confOf(file, one),
        }));
      });
      const found = lintConfs(readers, looks ? scriptFile : undefined);
      if (json) terminal.print(JSON.stringify(found));
      else for (const one of found) terminal.print(lineOf(one));
      if (found.length > 0) leave(1);
      else terminal.say('Nothing was found.');
    });
}

function lineOf({ file, line, severity, code, message }: Complaint): string {
  return `${file}:${line}: ${severity}: ${message} [${code}]`;
}
