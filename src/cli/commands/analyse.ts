import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { analyse } from '../../analysis/analyse.ts';
import type { Finding } from '../../analysis/finding.ts';
import { analysisSettings } from '../../analysis/settings.ts';
import { defaultConfig } from '../../config/keys.ts';
import { configPaths, loadConfig, readTextFile } from '../../config/load.ts';
import { BatonError, messageOf } from '../../kernel/errors.ts';
import { snapshotFromRows } from '../../migration/orchestrator-rows.ts';
import type { Leave, Terminal } from '../terminal.ts';

interface Words {
  readonly orchestratorRows: string;
  readonly config?: string;
  readonly json?: true;
}

/** `baton analyse`: what is wrong, in the lines of orchestrator's replication-analysis. */
export function analyseCommand(terminal: Terminal, leave: Leave): Command {
  return new Command('analyse')
    .description('Say what is wrong with the clusters: exit 0 nothing, 1 something.')
    .requiredOption('--orchestrator-rows <file>', 'analyse rows of orchestrator’s backend, kept as JSON')
    .option('--config <file>', 'analyse by this configuration, in place of the defaults')
    .option('--json', 'answer in JSON')
    .exitOverride()
    .action(async (words: Words) => {
      const settings = await settingsFrom(words);
      const rows = await readJson(words.orchestratorRows);
      const findings = analyse(snapshotFromRows(rows, words.orchestratorRows), settings);
      const reported = findings.filter(({ skippedForDowntime }) => !skippedForDowntime);
      if (words.json) terminal.print(JSON.stringify(reported));
      else if (reported.length > 0) terminal.print(reported.map(lineOf).join('\n'));
      leave(reported.length === 0 ? 0 : 1);
    });
}

/** As orchestrator prints it: the failure first, where there is one, then the structure warnings. */
export function lineOf({ instance, clusterName, code, warnings }: Finding): string {
  const codes = code === 'NoProblem' ? warnings : [code, ...warnings];
  return `${instance} (cluster ${clusterName}): ${codes.join(', ')}`;
}

async function settingsFrom({ config }: Words) {
  if (config === undefined) return analysisSettings(defaultConfig);
  const request = { paths: configPaths(config), environment: process.env, readText: readTextFile };
  return analysisSettings((await loadConfig(request)).config);
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new BatonError('rows-unreadable', `${file} cannot be read as JSON: ${messageOf(error)}`);
  }
}
