import type { KeepalivedConf } from './conf/conf.ts';
import { initialRole, type ToldState } from './role/plan.ts';
import { masterDownMs, skewMs } from './role/timers.ts';
import { type Call, callsFor, fifoLine, type Told } from './router/calls.ts';
import type { GroupPlan, InstancePlan, Profile, RouterPlan } from './router/plan.ts';
import { planOfConf } from './router/plan-of-conf.ts';

/** The answer to the seed's question, for one configuration: which script is called when, in what order, with what. */
export interface When {
  readonly profile: Profile;
  readonly instances: readonly WhenInstance[];
  readonly groups: readonly { readonly name: string; readonly entries: readonly WhenEntry[] }[];
  readonly scripts: readonly WhenScript[];
}

export interface WhenInstance {
  readonly name: string;
  readonly group: string | null;
  readonly priority: number;
  readonly version: 2 | 3;
  readonly advertMs: number;
  /** After how long without adverts it becomes MASTER, with its configured priority. */
  readonly masterDownMs: number;
  /** After how long when the master takes leave. */
  readonly skewMs: number;
  readonly trackers: readonly string[];
  readonly entries: readonly WhenEntry[];
}

/** One state that is entered: why, what is called, what is written. */
export interface WhenEntry {
  readonly state: ToldState;
  readonly when: string;
  readonly calls: readonly {
    readonly keyword: string;
    readonly argv: readonly string[];
    readonly line: number;
  }[];
  /** Null where this age has no FIFO. */
  readonly fifo: string | null;
}

export interface WhenScript {
  readonly name: string;
  readonly argv: readonly string[];
  readonly when: string;
  readonly line: number;
}

export function whenOf(
  conf: KeepalivedConf,
  { id, profile }: { readonly id: string; readonly profile: Profile },
): When {
  const plan = planOfConf(conf, { id, profile, address: 0 });
  return {
    profile,
    instances: plan.instances.map((one) => instanceOf(plan, one)),
    groups: plan.groups.map((group) => ({ name: group.name, entries: entriesOf(plan, group, 'GROUP') })),
    scripts: conf.scripts.map(({ name, command, intervalSeconds, timeoutSeconds, rise, fall, line }) => ({
      name,
      argv: command?.argv ?? [],
      line,
      when: `At the start, then every ${intervalSeconds} s from the start of the run before, once however many track it. The first run decides alone; after that ${times(rise)} make it good and ${times(fall)} make it bad. After ${timeoutSeconds} s it is ended, which counts as a failure once it is gone.`,
    })),
  };
}

function times(count: number): string {
  return count === 1 ? 'one such end' : `${count} such ends in a row`;
}

function instanceOf(plan: RouterPlan, one: InstancePlan): WhenInstance {
  const { role } = one;
  const waiting = initialRole(role);
  return {
    name: one.name,
    group: plan.groups.find(({ members }) => members.includes(one.name))?.name ?? null,
    priority: role.priority,
    version: role.version,
    advertMs: role.advertMs,
    masterDownMs: masterDownMs(role, waiting),
    skewMs: skewMs(role, role.priority, role.advertMs),
    trackers: trackersOf(one),
    entries: entriesOf(plan, one, 'INSTANCE'),
  };
}

function trackersOf({ trackers, ignoresOwnInterface, interface: own }: InstancePlan): readonly string[] {
  const first = ignoresOwnInterface ? [] : [`interface ${own} (its own): FAULT while it is down`];
  return [
    ...first,
    ...trackers.map(({ kind, name, weight, reverse }) => {
      const turned = reverse ? ', the other way round (reverse)' : '';
      if (kind === 'file' && weight !== 0)
        return `file ${name}: its number times ${weight} is added, FAULT from -254 on${turned}`;
      if (weight === 0)
        return `${kind} ${name}: FAULT while it ${kind === 'file' ? 'is not 0' : kind === 'script' ? 'fails' : 'is down'}${turned}`;
      return weight > 0
        ? `${kind} ${name}: ${weight} is added while it is good${turned}`
        : `${kind} ${name}: ${-weight} is taken away while it is bad${turned}`;
    }),
  ];
}

const modern: readonly (readonly [ToldState, string])[] = [
  [
    'BACKUP',
    'At its start when nothing tracked is bad; when a higher advert is heard as MASTER; at once when the last thing is good again that held it in FAULT.',
  ],
  [
    'MASTER',
    'When no advert was heard for the whole wait, or for the short one after the master took leave. The addresses are there before.',
  ],
  [
    'FAULT',
    'At once when the first thing of weight 0 goes bad, from BACKUP too. A MASTER first takes leave and drops its addresses.',
  ],
  [
    'STOP',
    'When keepalived is stopped, in every state, after all masters took leave. One second later it is gone, and its scripts with it.',
  ],
  ['MASTER_RX_LOWER_PRI', 'When a MASTER hears a lower advert, as after a partition.'],
];
const seedAge: readonly (readonly [ToldState, string])[] = [
  [
    'BACKUP',
    'At its start, whatever is tracked; when a higher advert is heard as MASTER; out of FAULT after the whole wait without adverts, or at an advert that is not lower.',
  ],
  [
    'MASTER',
    'One advert interval after "Transition to MASTER", which is when no advert was heard for the whole wait or a lower one forced an election.',
  ],
  [
    'FAULT',
    'At the next advert of a MASTER after something of weight 0 went bad; as BACKUP only when the master falls silent, and then each script twice: before and after the state is set.',
  ],
  ['STOP', 'When keepalived is stopped; only notify_stop is called.'],
];

function entriesOf(plan: RouterPlan, of: InstancePlan | GroupPlan, kind: Told['kind']): readonly WhenEntry[] {
  const priority = 'role' in of ? of.role.priority : 0;
  const rows = plan.profile === '2.x' ? modern : seedAge;
  return rows
    .filter(([state]) => kind === 'INSTANCE' || isOfGroups(state, plan.profile))
    .map(([state, when]) => {
      const told: Told = { kind, name: of.name, state, priority };
      return {
        state,
        when: kind === 'INSTANCE' ? when : groupSentence(plan.profile, state),
        calls: callsFor(plan.profile, of.calls, told).map(callOf),
        fifo: plan.profile === '2.x' ? fifoLine(told) : null,
      };
    });
}

function isOfGroups(state: ToldState, profile: Profile): boolean {
  return state !== 'MASTER_RX_LOWER_PRI' && (state !== 'STOP' || profile === '2.x');
}

function groupSentence(profile: Profile, state: ToldState): string {
  if (profile === '1.2' && state === 'MASTER')
    return 'One advert interval before its instances, when they begin to be MASTER.';
  return `After all its instances${state === 'STOP' ? '' : ', the one first that led the others'}.`;
}

function callOf({ keyword, argv, command: { line } }: Call): WhenEntry['calls'][number] {
  return { keyword, argv, line };
}
