import { userInfo } from 'node:os';
import { BatonError } from '../../kernel/errors.ts';
import type { Command, KeepalivedConf } from '../../protocols/keepalived/index.ts';

/**
 * keepalived runs each script as the user that is named behind it, or as script_user. `baton vrrp run` runs all of them as whoever
 * started it, which must be no other: a script that was to run as nobody would run as root. Throws `vrrp-unreadable`.
 */
export function refuseOtherUsers(conf: KeepalivedConf): void {
  const own = userInfo().username;
  const commands = [
    ...conf.scripts.map(({ command }) => command),
    ...[...conf.instances, ...conf.groups].flatMap(({ calls }) =>
      Object.values<Command | null>({ ...calls }),
    ),
  ].filter((command) => command !== null);
  for (const { argv, user, line } of commands) {
    const wanted = user ?? conf.global.scriptUser?.split(/\s+/, 1)[0] ?? own;
    if (wanted !== own)
      throw new BatonError(
        'vrrp-unreadable',
        `${argv[0]} (line ${line}) is to run as ${wanted}, and baton vrrp run runs every script as ${own}, who started it: start it as ${wanted}.`,
      );
  }
}
