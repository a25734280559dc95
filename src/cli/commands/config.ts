import { Command } from 'commander';
import { type KeyName, keyNames, keys } from '../../config/keys.ts';
import { configPaths, loadConfig, readTextFile } from '../../config/load.ts';
import { redacted } from '../../config/secrets.ts';
import type { Sentence, Severity } from '../../config/sentence.ts';
import { type CheckedConfig, checkConfig } from '../config-check.ts';
import type { ExitCode, Leave, Terminal } from '../terminal.ts';
import { configKeysCommand } from './config-keys.ts';
import { type ConfigWords, withConfig } from './with-config.ts';

/** `baton config check | show | keys`: what is to be said of a configuration, and what it comes to. */
export function configCommand(terminal: Terminal, leave: Leave): Command {
  const command = new Command('config')
    .description('Look at the configuration without starting anything.')
    .exitOverride();
  withConfig(command.command('check'))
    .description('Say what is wrong or doubtful: exit 0 nothing, 1 warnings, 2 it cannot be used.')
    .action(async (words: ConfigWords) => {
      const { files, findings } = await checkConfig(words.config);
      const checked = { files, findings };
      terminal.print(words.json ? JSON.stringify(checked) : reportOf(checked));
      leave(exitOf(checked));
    });
  withConfig(command.command('show'))
    .description('Print what the configuration comes to, defaults included, without secrets.')
    .action(async (words: ConfigWords) => {
      const config = redacted((await loadConfig(requestOf(words))).config);
      const isUsed = (name: KeyName) => keys[name].standing.use === 'used';
      const lines = keyNames.filter(isUsed).map((name) => `${name}: ${JSON.stringify(config[name])}`);
      terminal.print(words.json ? JSON.stringify(config) : lines.join('\n'));
      leave(0);
    });
  return command.addCommand(configKeysCommand(terminal, leave));
}

type Checked = Pick<CheckedConfig, 'files' | 'findings'>;

function requestOf({ config }: ConfigWords) {
  return { paths: configPaths(config), environment: process.env, readText: readTextFile };
}

function exitOf({ findings }: Checked): ExitCode {
  if (findings.some(({ severity }) => severity === 'error')) return 2;
  return findings.some(({ severity }) => severity === 'warning') ? 1 : 0;
}

const titles: readonly (readonly [Severity, string])[] = [
  ['error', 'Wrong; Baton does not start with it:'],
  ['warning', 'To be read:'],
  ['note', 'Good to know:'],
];

/** The worst first, each under its title, with the place in the file where there is one. */
function reportOf({ files, findings }: Checked): string {
  const groups = titles.flatMap(([severity, title]) => {
    const group = findings.filter((each) => each.severity === severity);
    return group.length === 0 ? [] : [[title, ...group.map((each) => `  ${placed(each, files)}`)].join('\n')];
  });
  const worst = findings.some(({ severity }) => severity !== 'note') ? [] : ['Nothing wrong.'];
  return [`Read ${files.join(', ')}.`, ...worst, ...groups].join('\n');
}

function placed({ file, line, text }: Sentence, files: readonly string[]): string {
  if (file === null || line === null) return text;
  return files.length === 1 ? `line ${line}: ${text}` : `${file}:${line}: ${text}`;
}
