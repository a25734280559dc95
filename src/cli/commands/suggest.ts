import { Command } from 'commander';
import { promotionRulesOf } from '../../analysis/choice/promotion-settings.ts';
import type { SuccessionReport } from '../../controller/counsel-reports.ts';
import { BatonError } from '../../kernel/errors.ts';
import { asWritten, type InstanceKey, parseInstanceKey } from '../../kernel/instance-key.ts';
import { halfMadeIn, type Suggestion, suggestReplacement } from '../../migration/suggested-replacement.ts';
import { daemonOf } from '../daemon.ts';
import { onlyCluster } from '../only-cluster.ts';
import { configOrDefaults, rowsIn } from '../orchestrator-rows.ts';
import type { Leave, Terminal } from '../terminal.ts';

interface Words {
  readonly orchestratorRows?: string;
  readonly failed?: string;
  readonly promoted?: string;
  readonly config?: string;
  readonly json?: true;
}

/** `baton suggest`: who would be promoted now and why, or what orchestrator would say of kept rows. */
export function suggestCommand(terminal: Terminal, leave: Leave): Command {
  return new Command('suggest')
    .description('Say who would be promoted if a primary died now, and why: exit 0 somebody, 1 nobody.')
    .argument('[cluster]', 'an alias, a name, any instance, or the beginning of an id; the only one there is')
    .option(
      '--orchestrator-rows <file>',
      'rows of orchestrator’s backend, kept as JSON: who should replace the replica that it has promoted (internal-suggest-promoted-replacement)',
    )
    .option('-i, --failed <instance>', 'with rows: the failed primary, where it is not the only one')
    .option('-d, --promoted <instance>', 'with rows: whom orchestrator has promoted, where that is not plain')
    .option('--config <file>', 'the configuration of the controller; for rows, what to choose by')
    .option('--json', 'answer in JSON')
    .exitOverride()
    .action(async (wanted: string | undefined, words: Words) => {
      if (words.orchestratorRows !== undefined) {
        const suggestion = await suggested(words.orchestratorRows, words);
        terminal.print(words.json ? JSON.stringify(suggestion) : suggestion.replacement);
        if (!words.json) terminal.say(suggestion.because);
        return leave(0);
      }
      const daemon = await daemonOf(words.config);
      const cluster = wanted ?? (await onlyCluster(daemon));
      const path = `/baton/v1/clusters/${encodeURIComponent(cluster)}/succession`;
      const report = (await daemon.get(path)) as SuccessionReport;
      terminal.print(words.json ? JSON.stringify(report, null, 2) : successionText(report));
      leave(report.successor === null ? 1 : 0);
    });
}

/** The successor alone on its line, then the reason and every comparison. */
export function successionText({ successor, because, comparisons }: SuccessionReport): string {
  const others = comparisons.filter((one) => !because.startsWith(one));
  return [successor ?? 'nobody', ...[because, ...others].map((one) => `  ${one}`)].join('\n');
}

async function suggested(file: string, { failed, promoted, config }: Words): Promise<Suggestion> {
  const settings = await configOrDefaults(config);
  const members = (await rowsIn(file)).instances;
  const named = {
    failed: keyIn(failed, settings.DefaultInstancePort),
    promoted: keyIn(promoted, settings.DefaultInstancePort),
  };
  return suggestReplacement({ ...halfMadeIn(members, named), members, rules: promotionRulesOf(settings) });
}

function keyIn(written: string | undefined, defaultPort: number): InstanceKey | null {
  if (written === undefined) return null;
  const key = parseInstanceKey(written, defaultPort);
  if (key === null) throw new BatonError('usage', `${asWritten(written)} is no instance: write host:port`);
  return key;
}
