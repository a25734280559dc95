import type { Told } from '../router/calls.ts';
import type { InstancePlan, RouterPlan } from '../router/plan.ts';
import { contributionOf, effectivePriority } from '../role/priority.ts';
import { skewMs } from '../role/timers.ts';

interface Last {
  readonly state: string;
  readonly atMs: number;
}

/** What may be told of an instance after what; `null` is the start. A process that died starts anew without a word. */
const follows: Readonly<Record<string, readonly string[]>> = {
  MASTER: ['BACKUP', 'FAULT', 'STOP', 'DELETED'],
  BACKUP: ['MASTER', 'FAULT', 'STOP', 'DELETED', 'BACKUP'],
  FAULT: ['BACKUP', 'STOP', 'DELETED', 'FAULT'],
  STOP: ['BACKUP', 'FAULT', 'STOP'],
  DELETED: ['BACKUP', 'FAULT'],
};

/** Far more than keepalived was ever late or early. */
const slackMs = 150;

/**
 * Holds what a real keepalived tells against what its configuration makes it do. Each drift is a sentence: the daemon runs
 * another configuration, another version, or something happened that nobody foresaw.
 */
export class Shadow {
  readonly #plan: RouterPlan;
  readonly #last = new Map<string, Last>();

  constructor(plan: RouterPlan) {
    this.#plan = plan;
  }

  /** Null where the line is what was to be expected. `nowMs` is when it was heard. */
  hear(told: Told, nowMs: number): string | null {
    if (told.kind === 'GROUP')
      return this.#plan.groups.some(({ name }) => name === told.name)
        ? null
        : `The configuration has no sync group ${told.name}.`;
    const plan = this.#plan.instances.find(({ name }) => name === told.name);
    if (plan === undefined) return `The configuration has no instance ${told.name}.`;
    const last = this.#last.get(told.name);
    const isRole = told.state in follows;
    if (isRole) this.#last.set(told.name, { state: told.state, atMs: nowMs });
    return (
      wrongPriority(plan, told) ?? (isRole ? wrongOrder(plan, told, last, nowMs) : wrongOwner(told, last))
    );
  }
}

function wrongOrder(
  plan: InstancePlan,
  { name, state }: Told,
  last: Last | undefined,
  nowMs: number,
): string | null {
  if (last === undefined) return null;
  if (!(follows[last.state] ?? []).includes(state))
    return `${name} went from ${last.state} to ${state}, which no ${plan.role.version === 3 ? 'VRRPv3 ' : ''}instance does.`;
  if (last.state !== 'BACKUP' || state !== 'MASTER') return null;
  // The shortest wait is the one after a leave, at the highest priority.
  const least = plan.role.priority === 255 ? 0 : skewMs(plan.role, 254, plan.role.advertMs) - slackMs;
  return nowMs - last.atMs >= least
    ? null
    : `${name} became MASTER sooner than any wait of its configuration ends.`;
}

/** Such a line tells of a state that it must be in. */
function wrongOwner({ name, state }: Told, last: Last | undefined): string | null {
  const wanted = state.startsWith('MASTER') ? 'MASTER' : null;
  if (last === undefined || wanted === null || last.state === wanted) return null;
  return `${name} tells of itself as MASTER (${state}) while it is ${last.state}.`;
}

function wrongPriority(plan: InstancePlan, { name, priority }: Told): string | null {
  const possible = prioritiesOf(plan);
  if (possible === null || possible.has(priority)) return null;
  return `${name} has priority ${priority}, which no mix of its trackers makes of ${plan.role.priority}.`;
}

/** Null where a file may bring any number, or there are too many trackers to tell. */
function prioritiesOf({ role, trackers }: InstancePlan): ReadonlySet<number> | null {
  if (trackers.some(({ kind, weight }) => kind === 'file' && weight !== 0)) return null;
  const weighted = trackers.filter(({ weight }) => weight !== 0);
  if (weighted.length > 10) return null;
  let totals = new Set([role.priority]);
  for (const { weight, reverse } of weighted) {
    const shares = [0, contributionOf(weight, true), contributionOf(weight, false)];
    totals = new Set(
      [...totals].flatMap((total) => shares.map((share) => total + (reverse ? -share : share))),
    );
  }
  return new Set([...totals].map((total) => effectivePriority(role.priority, total)));
}
