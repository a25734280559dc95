import { userInfo } from 'node:os';
import { BatonError } from '../../kernel/errors.ts';
import { firstGroupOf } from '../../process/first-group-of.ts';
import type { Command, KeepalivedConf, Owner } from '../../protocols/keepalived/index.ts';

/** The words that go before those of a script, so that it runs as whom it belongs to; none where that is who runs us. */
export type RunAs = (command: Command) => readonly string[];

/**
 * As keepalived 2.x does: the user that the script names, else script_user, else keepalived_script where root starts it and
 * there is such a user. It is in one group only. 1.2 knew no users, but what was written for one is never run as root. Throws `vrrp-unreadable` for a user that cannot be had.
 */
export function runAsOf(conf: KeepalivedConf): RunAs {
  const fallback = conf.global.scriptUser ?? customary();
  const known = new Map<string, readonly string[]>();
  const wordsFor = (command: Command): readonly string[] => {
    const owner = command.owner ?? fallback;
    if (owner === null) return [];
    const key = `${owner.user} ${owner.group ?? ''}`;
    const words = known.get(key) ?? wordsOf(owner, command);
    known.set(key, words);
    return words;
  };
  for (const command of commandsOf(conf)) wordsFor(command);
  return wordsFor;
}

function isRoot(): boolean {
  return userInfo().uid === 0;
}

function customary(): Owner | null {
  const user = 'keepalived_script';
  return isRoot() && firstGroupOf(user) !== null ? { user, group: null } : null;
}

function commandsOf({ scripts, instances, groups }: KeepalivedConf): readonly Command[] {
  const called = [...instances, ...groups].flatMap(({ calls }) =>
    Object.values<Command | null>({ ...calls }),
  );
  return [...scripts.map(({ command }) => command), ...called].filter((one) => one !== null);
}

function wordsOf({ user, group }: Owner, { argv, line }: Command): readonly string[] {
  if (user === userInfo().username && group === null) return [];
  const first = firstGroupOf(user);
  if (first === null)
    throw new BatonError(
      'vrrp-unreadable',
      `${argv[0]} (line ${line}) is to run as ${user}, and no user is called so on this machine: make the user, or name another one.`,
    );
  if (!isRoot())
    throw new BatonError(
      'vrrp-unreadable',
      `${argv[0]} (line ${line}) is to run as ${user}, which only root can have it do: start baton vrrp run as root, or as ${user}.`,
    );
  const one = group ?? first;
  return ['setpriv', `--reuid=${user}`, `--regid=${one}`, `--groups=${one}`, '--'];
}
