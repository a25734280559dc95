import type { KeepalivedConf, SyncGroup, Tracked, VrrpInstance } from '../conf/conf.ts';
import type { InstancePlan, Profile, RouterPlan, Tracker } from './plan.ts';

interface As {
  readonly id: string;
  readonly profile: Profile;
  /** Among the routers: decides where two have the same priority. */
  readonly address: number;
}

/** What keepalived makes of its configuration when it starts. */
export function planOfConf(conf: KeepalivedConf, { id, profile, address }: As): RouterPlan {
  const { global } = conf;
  const groupOf = (name: string) => conf.groups.find(({ members }) => members.includes(name));
  return {
    id,
    profile,
    instances: conf.instances.map((one) =>
      instancePlan(conf, one, { group: groupOf(one.name), profile, address }),
    ),
    groups: conf.groups.map((group) => ({
      name: group.name,
      members: group.members.filter(
        (name) => groupOf(name) === group && conf.instances.some((one) => one.name === name),
      ),
      calls: group.calls,
      mails: group.smtpAlert ?? global.smtpAlert,
    })),
    scripts: conf.scripts,
    mail:
      global.mailTo.length === 0
        ? null
        : {
            routerId: global.routerId ?? id,
            from: global.mailFrom ?? '',
            to: global.mailTo,
            server: global.smtpServer,
            faults: !global.noEmailFaults,
          },
  };
}

interface Around {
  readonly group: SyncGroup | undefined;
  readonly profile: Profile;
  readonly address: number;
}

function instancePlan(conf: KeepalivedConf, one: VrrpInstance, around: Around): InstancePlan {
  const { group, profile, address } = around;
  const modern = profile === '2.x';
  const preempts = modern && one.startsAsMaster;
  return {
    name: one.name,
    routerId: one.routerId,
    interface: one.interface,
    ignoresOwnInterface: one.ignoresOwnInterface,
    role: {
      version: modern ? one.version : 2,
      priority: one.priority,
      advertMs: one.advertSeconds * 1_000,
      startsAsMaster: one.startsAsMaster,
      // keepalived clears both where `state MASTER` is configured.
      nopreempt: one.nopreempt && !preempts,
      preemptDelayMs: preempts ? 0 : one.preemptDelaySeconds * 1_000,
      downAdverts: modern ? one.downAdverts : 3,
      tellsPriority:
        modern &&
        (one.notifyPriorityChanges ?? group?.notifyPriorityChanges ?? conf.global.notifyPriorityChanges),
      address,
      isGrouped: group !== undefined,
    },
    trackers: [
      ...one.tracked.flatMap((tracked) => ownTracker(conf, tracked, around)),
      ...(group?.tracked ?? []).flatMap((tracked) => trackerOf(conf, tracked, profile)),
    ],
    calls: one.calls,
    mails: one.smtpAlert ?? conf.global.smtpAlert,
  };
}

/**
 * A weighted tracker within a sync group: 1.2 sets its weight to zero, but passes over a script; 2.x passes over a script
 * too, unless the group says that it may.
 */
function ownTracker(conf: KeepalivedConf, tracked: Tracked, { group, profile }: Around): readonly Tracker[] {
  return trackerOf(conf, tracked, profile).flatMap((tracker) => {
    if (group === undefined || group.trackingWeight || tracker.weight === 0) return [tracker];
    return tracker.kind === 'script' ? [] : [{ ...tracker, weight: 0 }];
  });
}

/** None where nothing is called so: keepalived passes over it, and tracks nothing. */
function trackerOf(conf: KeepalivedConf, tracked: Tracked, profile: Profile): readonly Tracker[] {
  const { kind, name } = tracked;
  const defined =
    kind === 'interface'
      ? { weight: 0, reverse: false }
      : (kind === 'script' ? conf.scripts : conf.files).find((one) => one.name === name);
  if (defined === undefined) return [];
  const weight = tracked.weight ?? defined.weight;
  const most = profile === '1.2' ? 254 : 253;
  return [
    {
      kind,
      name,
      weight: kind === 'file' ? weight : Math.min(most, Math.max(-most, weight)),
      reverse: tracked.reverse ?? defined.reverse,
    },
  ];
}
