import type { Command } from '../conf/command.ts';
import type { KeepalivedConf } from '../conf/conf.ts';
import type { Warn } from './lint.ts';

/** What a file is that is to be run. */
export interface ScriptFile {
  readonly exists: boolean;
  readonly executable: boolean;
  /** Whether it begins with #! or is a program. */
  readonly startable: boolean;
  /** The first folder above it into which others may write; null for none. */
  readonly writableFolder: string | null;
}

/** Null where nothing can be said of the path. */
export type Look = (path: string) => ScriptFile | null;

/** Traps of scripts, those that are tracked and those that are called. */
export function scriptRules(conf: KeepalivedConf, look: Look | undefined, warn: Warn): void {
  for (const one of conf.scripts) {
    if (one.initFail)
      warn(
        one,
        'init-fail',
        `init_fail of ${one.name} has no effect: keepalived 2.2 and 2.4 take the first result, whatever it is.`,
      );
    if (one.rise > 1)
      warn(
        one,
        'rise-at-start',
        `rise ${one.rise} of ${one.name} does not delay the start: the first success makes it good, whatever rise is.`,
      );
    if (one.command !== null && look !== undefined)
      fileRules({ ...one.command, file: one.file }, trackTrap(one.name), look, warn);
  }
  if (look === undefined) return;
  for (const { file, name, calls } of [...conf.instances, ...conf.groups])
    for (const command of Object.values<Command | null>({ ...calls }))
      if (command !== null)
        fileRules({ ...command, file }, () => `keepalived says so, and ${name} calls nothing`, look, warn);
}

/** What keepalived does of a tracked script that is not right. */
function trackTrap(name: string): (fault: 'absent' | 'unstartable') => string {
  return (fault) =>
    fault === 'absent'
      ? `keepalived drops ${name} without failing it, so that nothing is checked and MASTER is allowed`
      : `its child ends with 0 all the same, so that ${name} succeeds for ever`;
}

type Trap = (fault: 'absent' | 'unstartable') => string;

function fileRules(
  { argv, file, line }: Command & { readonly file: string },
  trap: Trap,
  look: Look,
  warn: Warn,
): void {
  const [path = ''] = argv;
  const found = path.startsWith('/') ? look(path) : null;
  if (found === null) return;
  const at = { file, line };
  if (!found.exists) warn(at, 'script-missing', `${path} does not exist; ${trap('absent')}.`);
  else if (!found.executable)
    warn(at, 'script-not-executable', `${path} may not be executed; ${trap('absent')}.`);
  else if (!found.startable)
    warn(
      at,
      'script-without-interpreter',
      `${path} does not begin with #!; no shell runs it, and ${trap('unstartable')}.`,
    );
  if (found.exists && found.writableFolder !== null)
    warn(
      at,
      'script-writable',
      `Others may write into ${found.writableFolder}: with enable_script_security keepalived never runs ${path} as root.`,
    );
}
