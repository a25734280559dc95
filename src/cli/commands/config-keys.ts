import { Command } from 'commander';
import { examineConfig } from '../../config/examine.ts';
import { type KeyName, keyNames } from '../../config/keys.ts';
import { configPaths, readTextFile } from '../../config/load.ts';
import { type KeyVerdict, verdictOn } from '../../config/verdict.ts';
import { type Paint, paintFor } from '../paint.ts';
import type { Leave, Terminal } from '../terminal.ts';
import { type ConfigWords, withConfig } from './with-config.ts';

/** `baton config keys`: what becomes of each key of a file, or of each that there is. */
export function configKeysCommand(terminal: Terminal, leave: Leave): Command {
  return withConfig(new Command('keys'))
    .description(
      'Say of each key of the file whether it is honoured, mapped to another, ignored and why, or unsafe: exit 1 one is.',
    )
    .option('--all', 'of each key that Baton knows, those of orchestrator and its forks too')
    .exitOverride()
    .action(async ({ config, json, all }: ConfigWords & { all?: true }) => {
      const rows = (all ? keyNames : await givenIn(config)).map((name) => ({ name, ...verdictOn(name) }));
      if (json) terminal.print(JSON.stringify(rows, null, 2));
      else terminal.print(tableOf(rows, paintFor(terminal)));
      leave(!all && rows.some(({ verdict }) => verdict === 'unsafe') ? 1 : 0);
    });
}

async function givenIn(named: string | undefined): Promise<readonly KeyName[]> {
  const request = { paths: configPaths(named), environment: process.env, readText: readTextFile };
  return (await examineConfig(request)).given;
}

interface Row {
  readonly name: string;
  readonly verdict: KeyVerdict;
  readonly because: string;
}

function tableOf(rows: readonly Row[], paint: Paint): string {
  const width = Math.max(0, ...rows.map(({ name }) => name.length));
  const painted = (verdict: KeyVerdict) => (verdict === 'unsafe' ? paint.bad : paint.good)(verdict.padEnd(8));
  return rows
    .map(({ name, verdict, because }) => `${painted(verdict)}  ${name.padEnd(width)}  ${because}`.trimEnd())
    .join('\n');
}
