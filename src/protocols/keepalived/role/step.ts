import type { RoleAct, RoleEvent, RolePlan, RoleState, RoleStep } from './plan.ts';
import { effectivePriority, ownerPriority } from './priority.ts';
import { masterDownMs, nextAdvertMs, skewMs } from './timers.ts';

type Advert = Extract<RoleEvent, { type: 'advert' }>;

const nothing: readonly RoleAct[] = [];

/** A VRRP instance of keepalived 2.x hears one event. `nowMs` is the caller's clock; nothing else is looked at. */
export function stepRole(plan: RolePlan, state: RoleState, event: RoleEvent, nowMs: number): RoleStep {
  switch (event.type) {
    case 'advert':
      return heard(plan, state, event, nowMs);
    case 'due':
      return due(plan, state, nowMs);
    case 'start':
      return started(plan, state, event, nowMs);
    case 'weigh':
      return weighed(plan, state, event.by, nowMs);
    case 'failed':
      return intoFault({ ...state, faults: state.faults + 1 });
    case 'mended':
      return outOfFault(plan, { ...state, faults: Math.max(0, state.faults - 1) }, nowMs);
    case 'tried':
      return tried(plan, state, event.isGood, nowMs);
    case 'join':
      return joined(plan, state, event.role, nowMs);
    case 'wait':
      return still({ ...state, isWilling: true, dueAtMs: nextAdvertMs(plan, state.dueAtMs, nowMs) });
    case 'stop':
      return stopped(state);
    case 'sum':
      return still(state);
  }
}

function still(state: RoleState): RoleStep {
  return { state, acts: nothing };
}

function heard(plan: RolePlan, state: RoleState, advert: Advert, nowMs: number): RoleStep {
  if (state.role !== 'backup' && state.role !== 'master') return still(state);
  // Version 2 drops the advert of a router that is configured for another interval.
  if (plan.version === 2 && advert.advertMs !== plan.advertMs) return still(state);
  return state.role === 'backup'
    ? heardAsBackup(plan, state, advert, nowMs)
    : heardAsMaster(plan, state, advert, nowMs);
}

function heardAsBackup(plan: RolePlan, state: RoleState, advert: Advert, nowMs: number): RoleStep {
  if (advert.priority === 0)
    return still({ ...state, dueAtMs: nowMs + skewMs(plan, state.priority, state.masterAdvertMs) });
  const isLower = advert.priority < state.priority;
  const preemptAtMs = preemptionAt(plan, state, isLower, nowMs);
  // A lower advert is thrown away, and the old deadline keeps running.
  if (isLower && !plan.nopreempt && (preemptAtMs === null || preemptAtMs < nowMs)) return still(state);
  const obeying = {
    ...state,
    preemptAtMs,
    isWilling: false,
    masterAdvertMs: plan.version === 3 ? advert.advertMs : plan.advertMs,
  };
  return still({ ...obeying, dueAtMs: nowMs + masterDownMs(plan, obeying) });
}

/** The clock of `preempt_delay` starts with the first lower advert. */
function preemptionAt(plan: RolePlan, state: RoleState, isLower: boolean, nowMs: number): number | null {
  if (plan.preemptDelayMs === 0 || !isLower) return null;
  return state.preemptAtMs ?? nowMs + plan.preemptDelayMs;
}

function heardAsMaster(plan: RolePlan, state: RoleState, advert: Advert, nowMs: number): RoleStep {
  const isAbove =
    advert.priority > state.priority || (advert.priority === state.priority && advert.address > plan.address);
  if (isAbove)
    return intoBackup(plan, { ...state, masterAdvertMs: advert.advertMs }, nowMs, [
      { act: 'addresses', held: false },
    ]);
  const answering = { ...state, dueAtMs: nowMs + plan.advertMs };
  const advertise: RoleAct = { act: 'advertise', priority: state.priority };
  if (advert.priority === 0) return { state: answering, acts: [advertise] };
  return { state: answering, acts: [advertise, tell(state, 'MASTER_RX_LOWER_PRI')] };
}

function due(plan: RolePlan, state: RoleState, nowMs: number): RoleStep {
  if (state.role === 'backup') return intoMaster(plan, state, nowMs + plan.advertMs);
  if (state.role !== 'master') return still({ ...state, dueAtMs: null });
  return {
    state: { ...state, dueAtMs: nextAdvertMs(plan, state.dueAtMs, nowMs) },
    acts: [{ act: 'advertise', priority: state.priority }],
  };
}

function started(
  plan: RolePlan,
  before: RoleState,
  event: Extract<RoleEvent, { type: 'start' }>,
  nowMs: number,
): RoleStep {
  const { faults, untried } = event;
  const total = plan.priority + event.bonus;
  const priority = effectivePriority(plan.priority, total);
  const state = { ...before, total, priority, faults, untried, masterAdvertMs: plan.advertMs };
  const changed =
    plan.tellsPriority && priority !== plan.priority ? [tell(state, 'BACKUP_PRIORITY')] : nothing;
  if (faults > 0 || event.group === 'fault') {
    const fault: RoleState = { ...state, role: 'fault', dueAtMs: null };
    return { state: fault, acts: [...changed, tell(fault, 'FAULT')] };
  }
  if (untried > 0 || event.group === 'holding')
    return { state: { ...state, role: 'holding', dueAtMs: null }, acts: changed };
  const { state: backup, acts } = intoBackup(plan, state, nowMs, changed);
  return plan.startsAsMaster
    ? { state: { ...backup, dueAtMs: nowMs + firstWaitMs(plan) }, acts }
    : { state: backup, acts };
}

/** `state MASTER` waits for one advert only, and the owner of the address for none. */
function firstWaitMs(plan: RolePlan): number {
  return plan.priority === ownerPriority ? 0 : plan.advertMs + 1_000 / 256;
}

function weighed(plan: RolePlan, before: RoleState, by: number, nowMs: number): RoleStep {
  const total = before.total + by;
  const priority = effectivePriority(plan.priority, total);
  if (priority === before.priority) return still({ ...before, total });
  const state = { ...before, total, priority };
  const acts = plan.tellsPriority
    ? [tell(state, state.role === 'master' ? 'MASTER_PRIORITY' : 'BACKUP_PRIORITY')]
    : nothing;
  if (before.role !== 'backup' || before.dueAtMs === null) return { state, acts };
  // The deadline that is running moves by as much as the whole wait changed.
  const moved = before.dueAtMs + masterDownMs(plan, state) - masterDownMs(plan, before);
  return { state: { ...state, dueAtMs: Math.max(nowMs, moved) }, acts };
}

function tried(plan: RolePlan, before: RoleState, isGood: boolean, nowMs: number): RoleStep {
  const state = { ...before, untried: Math.max(0, before.untried - 1) };
  return isGood ? outOfFault(plan, state, nowMs) : intoFault({ ...state, faults: state.faults + 1 });
}

function joined(
  plan: RolePlan,
  state: RoleState,
  role: 'backup' | 'master' | 'fault',
  nowMs: number,
): RoleStep {
  if (role === 'fault') return intoFault(state);
  if (role === 'backup')
    return intoBackup(plan, state, nowMs, state.role === 'master' ? [{ act: 'addresses', held: false }] : []);
  // Nobody leaves FAULT for its group.
  if (state.role !== 'backup') return still(state);
  // One that was waiting already has its time for the next advert.
  return intoMaster(
    plan,
    state,
    state.isWilling && state.dueAtMs !== null ? state.dueAtMs : nowMs + plan.advertMs,
  );
}

function intoMaster(plan: RolePlan, before: RoleState, dueAtMs: number): RoleStep {
  const state: RoleState = {
    ...before,
    role: 'master',
    dueAtMs,
    isWilling: false,
    preemptAtMs: null,
    masterAdvertMs: plan.advertMs,
  };
  const { priority } = state;
  return {
    state,
    acts: [{ act: 'advertise', priority }, { act: 'addresses', held: true }, tell(state, 'MASTER')],
  };
}

function intoBackup(plan: RolePlan, before: RoleState, nowMs: number, first: readonly RoleAct[]): RoleStep {
  const masterAdvertMs =
    plan.version === 3 && before.role === 'master' ? before.masterAdvertMs : plan.advertMs;
  const waiting = { ...before, masterAdvertMs };
  const state: RoleState = {
    ...waiting,
    role: 'backup',
    dueAtMs: nowMs + masterDownMs(plan, waiting),
    isWilling: false,
    preemptAtMs: null,
  };
  return { state, acts: [...first, tell(state, 'BACKUP')] };
}

/** Only the first bad tracker matters. A master takes leave by two adverts of priority 0. */
function intoFault(before: RoleState): RoleStep {
  if (before.role !== 'backup' && before.role !== 'master' && before.role !== 'holding') return still(before);
  const state: RoleState = { ...before, role: 'fault', dueAtMs: null, isWilling: false };
  const leave: readonly RoleAct[] = [
    { act: 'advertise', priority: 0 },
    { act: 'advertise', priority: 0 },
    { act: 'addresses', held: false },
  ];
  return { state, acts: [...(before.role === 'master' ? leave : nothing), tell(state, 'FAULT')] };
}

/** Only the last one that is mended matters, and it never leads straight to MASTER, unless it owns the address. */
function outOfFault(plan: RolePlan, state: RoleState, nowMs: number): RoleStep {
  if (state.role !== 'fault' && state.role !== 'holding') return still(state);
  if (state.faults > 0 || state.untried > 0 || plan.isGrouped) return still(state);
  if (plan.priority === ownerPriority) return intoMaster(plan, state, nowMs + plan.advertMs);
  return intoBackup(plan, state, nowMs, nothing);
}

function stopped(before: RoleState): RoleStep {
  if (before.role === 'stopped' || before.role === 'initial') return still(before);
  const state: RoleState = { ...before, role: 'stopped', dueAtMs: null, isWilling: false };
  return { state, acts: [tell(state, 'STOP')] };
}

function tell(state: RoleState, told: Extract<RoleAct, { act: 'tell' }>['state']): RoleAct {
  return { act: 'tell', state: told, priority: state.priority };
}
