import { Command } from 'commander';
import { analyse } from '../../analysis/analyse.ts';
import { type Finding, isActionable } from '../../analysis/finding.ts';
import { analysisSettings } from '../../analysis/settings.ts';
import type { FindingReport } from '../../controller/reports.ts';
import { daemonOf } from '../daemon.ts';
import { codesOf } from '../finding-codes.ts';
import { configOrDefaults, rowsIn } from '../orchestrator-rows.ts';
import { type Paint, paintFor } from '../paint.ts';
import type { Leave, Terminal } from '../terminal.ts';

interface Words {
  readonly orchestratorRows?: string;
  readonly config?: string;
  readonly json?: true;
}

/** `baton analyse`: what is wrong now and whether Baton would act, or what orchestrator would say of kept rows. */
export function analyseCommand(terminal: Terminal, leave: Leave): Command {
  return new Command('analyse')
    .description(
      'Say what is wrong with the clusters, and how every gate stands: exit 0 nothing, 1 something.',
    )
    .option(
      '--orchestrator-rows <file>',
      'analyse rows of orchestrator’s backend, kept as JSON, in place of the running controller’s clusters',
    )
    .option('--config <file>', 'the configuration of the controller; for rows, what to analyse them by')
    .option('--json', 'answer in JSON')
    .exitOverride()
    .action(async (words: Words) => {
      const { orchestratorRows: file } = words;
      const findings = file === undefined ? await askedFor(words) : await readFrom(file, words);
      const print = file === undefined ? (one: FindingReport) => explained(one, paintFor(terminal)) : lineOf;
      if (words.json) terminal.print(JSON.stringify(findings));
      else if (findings.length > 0) terminal.print(findings.map((one) => print(one)).join('\n'));
      if (findings.length === 0 && file === undefined) terminal.say('Nothing is wrong.');
      leave(findings.length === 0 ? 0 : 1);
    });
}

async function askedFor({ config }: Words): Promise<readonly FindingReport[]> {
  const daemon = await daemonOf(config);
  return (await daemon.get('/baton/v1/findings')) as readonly FindingReport[];
}

/**
 * Only what orchestrator would say: no troubles of Baton's own, and downtimed findings are left out, as by its own
 * command (orchestrator 3.2.6, section 2.4).
 */
async function readFrom(file: string, words: Words): Promise<readonly FindingReport[]> {
  const findings = analyse(await rowsIn(file), analysisSettings(await configOrDefaults(words.config)));
  return findings
    .filter(
      ({ skippedForDowntime, code, warnings }) =>
        !skippedForDowntime && (code !== 'NoProblem' || warnings.length > 0),
    )
    .map((one) => ({ ...one, troubles: [], verdict: null, gates: [] }));
}

/** The finding, its evidence and each gate, a line each; of what is never recovered, only the gates that say so. */
function explained(finding: FindingReport, paint: Paint): string {
  const { code, evidence, gates, troubles } = finding;
  // That nothing is recovered where there is no failure goes without saying.
  const isTold = (gate: string) => code !== 'NoProblem' && (gate === 'downtime' || gate === 'treatment');
  const asked = isActionable(finding) ? gates : gates.filter(({ gate, open }) => !open && isTold(gate));
  // The description is orchestrator's, word for word, for its hooks; here it is Baton that cannot reach a server.
  const description = finding.description.replace('by orchestrator', 'by Baton');
  return [
    paint.bold(lineOf(finding)),
    ...[description, evidence, ...troubles.map(({ because }) => because)]
      .filter((one) => one !== '')
      .map((one) => `  ${one}`),
    ...asked.map(({ open, because }) => `  ${open ? paint.good('open') : paint.bad('SHUT')}  ${because}`),
  ].join('\n');
}

function lineOf(finding: Finding): string {
  return `${finding.instance} (cluster ${finding.clusterName}): ${codesOf(finding)}`;
}
