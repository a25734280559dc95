import { type Config, keys, keyNamed } from '../../config/keys.ts';
import { listsOf } from '../../config/doctor-hooks.ts';
import { lineOf, type Sentence } from '../../config/sentence.ts';
import type { CheckedConfig } from '../config-check.ts';
import { type Chapter, counted, type Trouble } from './chapter.ts';

/** What `baton config check` says, hooks apart; its notes are left to that command. */
export function configurationChapter({ files, findings }: CheckedConfig): Chapter {
  const about = findings.filter((one) => !isAboutHooks(one));
  return { title: 'Configuration', found: files.join(', '), troubles: troublesIn(about) };
}

/** Whether the hooks can be started, and what is doubtful in their commands. */
export function hooksChapter({ findings }: CheckedConfig, config: Config): Chapter {
  const stages = listsOf(config).filter(([, hooks]) => hooks.length > 0);
  const hooks = stages.reduce((count, [, list]) => count + list.length, 0);
  const found = hooks === 0 ? 'none' : `${counted(hooks, 'hook')} in ${counted(stages.length, 'stage')}`;
  return { title: 'Hooks', found, troubles: troublesIn(findings.filter(isAboutHooks)) };
}

function isAboutHooks({ key }: Sentence): boolean {
  const name = key === null ? null : keyNamed(key);
  return name === 'ProcessesShellCommand' || (name !== null && keys[name].kind === 'hooks');
}

function troublesIn(findings: readonly Sentence[]): readonly Trouble[] {
  return findings.flatMap((one) =>
    one.severity === 'note' ? [] : [{ severity: one.severity, text: lineOf(one), fix: null }],
  );
}
