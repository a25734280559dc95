import type { KeepalivedConf } from '../conf/conf.ts';
import { type Warn, weightOf } from './lint.ts';

/** Traps of sync groups. */
export function groupRules(conf: KeepalivedConf, warn: Warn): void {
  for (const group of conf.groups) {
    for (const name of group.members)
      if (!conf.instances.some((one) => one.name === name))
        warn(
          group,
          'group-member',
          `vrrp_sync_group ${group.name} names ${name}, which is no instance; keepalived leaves it out.`,
        );
    if (group.members.length === 1)
      warn(group, 'group-of-one', `vrrp_sync_group ${group.name} has one member only; it syncs nothing.`);
  }
  for (const one of conf.instances) {
    const [group, second] = conf.groups.filter(({ members }) => members.includes(one.name));
    if (second !== undefined)
      warn(
        second,
        'group-member',
        `${one.name} is in ${group?.name} already; keepalived leaves it out of ${second.name}.`,
      );
    if (group === undefined || group.trackingWeight) continue;
    for (const tracked of one.tracked.filter((each) => weightOf(conf, each) !== 0))
      warn(
        tracked,
        'group-weight',
        tracked.kind === 'script'
          ? `${tracked.name} is tracked with a weight by ${one.name}, a member of ${group.name}: keepalived passes over it, and its failure does nothing. Track it in the group, or without weight.`
          : `${tracked.name} is tracked with a weight by ${one.name}, a member of ${group.name}: 1.2 makes that FAULT of the whole group, 2.2 says that it ignores the weight. Track it in the group.`,
      );
  }
}
