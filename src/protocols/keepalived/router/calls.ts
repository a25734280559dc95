import type { Command } from '../conf/command.ts';
import type { Calls } from '../conf/conf.ts';
import type { ToldState } from '../role/plan.ts';
import type { MailPlan, Profile } from './plan.ts';

/** An instance or a group entered a state, or says something of it. */
export interface Told {
  readonly kind: 'INSTANCE' | 'GROUP';
  readonly name: string;
  readonly state: ToldState;
  /** Of a group always 0. */
  readonly priority: number;
}

/** One script that is called for it. */
export interface Call {
  /** The keyword that names it, such as notify_master. */
  readonly keyword: string;
  readonly command: Command;
  readonly argv: readonly string[];
}

const keywords: Readonly<Partial<Record<ToldState, readonly [keyof Calls, string]>>> = {
  MASTER: ['master', 'notify_master'],
  BACKUP: ['backup', 'notify_backup'],
  FAULT: ['fault', 'notify_fault'],
  STOP: ['stop', 'notify_stop'],
  DELETED: ['deleted', 'notify_deleted'],
  MASTER_RX_LOWER_PRI: ['masterRxLowerPri', 'notify_master_rx_lower_pri'],
};

/** Which states `notify` is called for, beside those that have a script of their own. */
const general: Readonly<Record<Profile, readonly ToldState[]>> = {
  '2.x': ['MASTER', 'BACKUP', 'FAULT', 'STOP', 'DELETED'],
  '1.2': ['MASTER', 'BACKUP', 'FAULT'],
};

/** The scripts in the order in which they are called: the one of the state first, then `notify` with its four arguments. */
export function callsFor(profile: Profile, calls: Calls, told: Told): readonly Call[] {
  const [key, keyword = ''] = keywords[told.state] ?? [];
  const own = key === undefined || (profile === '1.2' && isNew(told)) ? null : calls[key];
  const any = general[profile].includes(told.state) ? calls.any : null;
  return [
    ...(own === null ? [] : [{ keyword, command: own, argv: own.argv }]),
    ...(any === null
      ? []
      : [{ keyword: 'notify', command: any, argv: [...literal(profile, any), ...fourOf(told)] }]),
  ];
}

/** Groups have no notify_stop in 1.2, and some states did not exist. */
function isNew({ kind, state }: Told): boolean {
  return state === 'DELETED' || state === 'MASTER_RX_LOWER_PRI' || (kind === 'GROUP' && state === 'STOP');
}

/** In 1.2 the whole value of `notify` is the name of a file. */
function literal(profile: Profile, { argv, text }: Command): readonly string[] {
  return profile === '1.2' ? [text] : argv;
}

function fourOf({ kind, name, state, priority }: Told): readonly string[] {
  return [kind, name, state, String(priority)];
}

/** The line of the FIFO, without its end. */
export function fifoLine({ kind, name, state, priority }: Told): string {
  return `${kind} "${name}" ${state} ${priority}`;
}

export interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly body: string;
}

const mailed: Readonly<Partial<Record<ToldState, string>>> = {
  MASTER: 'Entering MASTER state',
  BACKUP: 'Entering BACKUP state',
  FAULT: 'Entering FAULT state',
  STOP: 'Stopping',
  DELETED: 'Deleted',
};

/** The mail of `smtp_alert`; null where keepalived sends none. */
export function mailFor(profile: Profile, plan: MailPlan | null, told: Told): Mail | null {
  const what = mailed[told.state];
  if (plan === null || what === undefined) return null;
  if (profile === '1.2' && told.state !== 'MASTER' && told.state !== 'BACKUP') return null;
  if (told.state === 'FAULT' && !plan.faults) return null;
  const subject = `[${plan.routerId}] VRRP ${told.kind === 'GROUP' ? 'Group' : 'Instance'} ${told.name} - ${what}`;
  const body = `${subject}.\n\nIts priority is ${told.priority}.\n`;
  return { from: plan.from, to: plan.to, subject, body };
}
