import { userInfo } from 'node:os';
import { Command } from 'commander';
import { changeText } from '../../config/difference.ts';
import type { ReloadReport } from '../../controller/reloading.ts';
import { shortUid } from '../../kernel/uid.ts';
import { daemonOf } from '../daemon.ts';
import type { Terminal } from '../terminal.ts';

/** `baton reload`: the running controller reads its configuration again, as at SIGHUP. */
export function reloadCommand(terminal: Terminal): Command {
  return new Command('reload')
    .description(
      'Have the running controller read its configuration again; an invalid one changes nothing, and what is under way ends as it was begun.',
    )
    .option('--config <file>', 'the configuration of the controller')
    .option('--json', 'answer in JSON')
    .exitOverride()
    .action(async ({ config, json }: { config?: string; json?: true }) => {
      const daemon = await daemonOf(config);
      const report = (await daemon.post('/baton/v1/reload', { by: userInfo().username })) as ReloadReport;
      const { changes, waitsFor } = report;
      if (json) return terminal.print(JSON.stringify(report, null, 2));
      for (const change of changes) terminal.print(changeText(change));
      if (changes.length === 0) terminal.say('The configuration says what it said.');
      if (waitsFor.length > 0)
        terminal.say(`It takes effect when these have ended: ${waitsFor.map(shortUid).join(', ')}.`);
    });
}
