import { Command } from 'commander';
import { checkConfig } from '../config-check.ts';
import type { Chapter } from '../doctor/chapter.ts';
import { configurationChapter } from '../doctor/configuration.ts';
import { type Examination, examine } from '../doctor/examination.ts';
import { examinationText } from '../doctor/text.ts';
import { paintFor } from '../paint.ts';
import type { ExitCode, Leave, Terminal } from '../terminal.ts';
import { type ConfigWords, withConfig } from './with-config.ts';

/** `baton doctor`: everything that would keep a failover from going well, on one screen. */
export function doctorCommand(terminal: Terminal, leave: Leave): Command {
  return withConfig(new Command('doctor'))
    .description(
      'Say what is wrong with configuration, servers, grants and hooks, and how to mend it: exit 0 nothing, 1 something.',
    )
    .exitOverride()
    .action(async ({ config: file, json }: ConfigWords) => {
      const checked = await checkConfig(file);
      const { config } = checked;
      const done: Examination =
        config === null
          ? { controller: 'none', chapters: [configurationChapter(checked)], servers: { known: 0, met: 0 } }
          : await examine({ ...checked, config }, { file, tell: (text) => terminal.say(text) });
      if (json) terminal.print(JSON.stringify(done, null, 2));
      else terminal.print(examinationText(done.chapters, paintFor(terminal)));
      leave(config === null ? 2 : exitOf(done));
    });
}

function exitOf({ chapters, servers: { known, met } }: Examination): ExitCode {
  if (known > 0 && met === 0) return 3;
  return chapters.some(({ troubles }: Chapter) => troubles.length > 0) ? 1 : 0;
}
