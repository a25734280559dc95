import { Command } from 'commander';
import type { ExplanationReport, GateReport } from '../../controller/counsel-reports.ts';
import type { RecoveryReport } from '../../controller/reports.ts';
import { shortUid } from '../../kernel/uid.ts';
import { daemonOf } from '../daemon.ts';
import { codesOf } from '../finding-codes.ts';
import { onlyCluster } from '../only-cluster.ts';
import { type Paint, paintFor } from '../paint.ts';
import type { Leave, Terminal } from '../terminal.ts';

/** `baton explain CLUSTER`: why Baton would act, or would not, whether or not anything is wrong now (P7). */
export function explainCommand(terminal: Terminal, leave: Leave): Command {
  return new Command('explain')
    .description(
      'Say how every gate of a cluster stands, and when it changed: exit 0 none is shut, 1 one is.',
    )
    .argument('[cluster]', 'an alias, a name, any instance, or the beginning of an id; the only one there is')
    .option('--config <file>', 'the configuration of the controller')
    .option('--json', 'answer in JSON')
    .exitOverride()
    .action(async (wanted: string | undefined, { config, json }: { config?: string; json?: true }) => {
      const daemon = await daemonOf(config);
      const cluster = wanted ?? (await onlyCluster(daemon));
      const path = `/baton/v1/clusters/${encodeURIComponent(cluster)}/explain`;
      const report = (await daemon.get(path)) as ExplanationReport;
      terminal.print(json ? JSON.stringify(report, null, 2) : explanationText(report, paintFor(terminal)));
      leave(report.gates.some(({ state }) => state === 'shut') ? 1 : 0);
    });
}

/** One line a gate, then what is wrong, who would be chosen, and what happened last. */
export function explanationText(report: ExplanationReport, paint: Paint): string {
  const { name, alias, gates, succession, lastDetection, lastRecovery } = report;
  return [
    paint.bold(`${alias === name ? name : `${alias} (${name})`}: ${question(report)}`),
    ...gates.map((gate) => gateLine(gate, paint)),
    '',
    ...findingLines(report),
    succession.successor === null ? 'would promote nobody' : `would promote ${succession.successor}`,
    ...[
      succession.because,
      ...succession.comparisons.filter((one) => !succession.because.startsWith(one)),
    ].map((one) => `  ${one}`),
    ...signalLines(report),
    ...runLines('last detection', lastDetection),
    ...runLines('last recovery', lastRecovery),
  ].join('\n');
}

function question({ asked }: ExplanationReport): string {
  if (asked === null) return 'its primary was never read, so nothing can be asked';
  const { instance, code, evidence, isSupposed } = asked;
  return isSupposed ? `if ${instance} died now (${code})` : `${code} of ${instance}; ${evidence}`;
}

const spelled = { open: 'open ', shut: 'SHUT ', later: 'later' } as const;

function gateLine({ gate, state, because, since, sinceAtLeast }: GateReport, paint: Paint): string {
  const painted = { open: paint.good, shut: paint.bad, later: paint.dim }[state](spelled[state]);
  // One that has stood so for as long as the controller has asked is known to stand so, no more.
  const when = sinceAtLeast ? '' : paint.dim(`; since ${since}`);
  return `  ${painted}  ${gate.padEnd(15)}  ${because}${when}`;
}

function findingLines({ findings }: ExplanationReport): string[] {
  if (findings.length === 0) return ['nothing is wrong now'];
  return findings.flatMap((finding) => [
    `found: ${finding.instance}: ${codesOf(finding)}; ${finding.evidence}`,
    ...finding.troubles.map(({ because }) => `  ${because}`),
  ]);
}

/** What other systems told of its hosts. */
function signalLines({ signals }: ExplanationReport): string[] {
  return signals.map(({ at, from, because }) => `${from}: ${at} ${because}`);
}

function runLines(title: string, run: RecoveryReport | null): string[] {
  if (run === null) return [`${title}: none`];
  const { uid, code, failed, startedAt, sentence, reason } = run;
  const why = reason === null ? '' : ` ${reason}.`;
  return [`${title}: ${shortUid(uid)} ${startedAt} ${code} of ${failed}: ${sentence}${why}`];
}
