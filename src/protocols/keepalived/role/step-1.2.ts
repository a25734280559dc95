import type { RoleAct, RoleEvent, RolePlan, RoleState, RoleStep } from './plan.ts';
import { effectivePriority } from './priority.ts';
import { skewMs } from './timers.ts';

type Advert = Extract<RoleEvent, { type: 'advert' }>;

/**
 * A VRRP instance of keepalived 1.2 hears one event, as the seed describes it and 1.2.13 was recorded: trackers are
 * looked at only when something is due or heard, MASTER comes in two steps an advert apart, a backup that finds itself
 * in FAULT says so twice.
 */
export function stepRole12(plan: RolePlan, state: RoleState, event: RoleEvent, nowMs: number): RoleStep {
  switch (event.type) {
    case 'advert':
      return heard(plan, state, event, nowMs);
    case 'due':
      return due(plan, state, nowMs);
    case 'start': {
      const total = plan.priority + event.bonus;
      const standing = { ...state, faults: event.faults, untried: 0, total };
      const started = intoBackup(plan, standing, nowMs);
      if (!plan.startsAsMaster) return started;
      return { ...started, state: { ...started.state, dueAtMs: nowMs + plan.advertMs } };
    }
    case 'weigh':
      return still({ ...state, total: state.total + event.by });
    case 'failed':
      return still({ ...state, faults: state.faults + 1 });
    case 'mended':
      return still({ ...state, faults: Math.max(0, state.faults - 1) });
    case 'tried':
      return still(event.isGood ? state : { ...state, faults: state.faults + 1 });
    case 'sum':
      return still({ ...state, priority: effectivePriority(plan.priority, state.total) });
    case 'join':
      return joined(plan, state, event.role, nowMs);
    case 'stop':
      return stopped(state);
    case 'wait':
      return still({ ...state, dueAtMs: nowMs + waitMs(plan) });
  }
}

function still(state: RoleState): RoleStep {
  return { state, acts: [] };
}

function heard(plan: RolePlan, state: RoleState, advert: Advert, nowMs: number): RoleStep {
  switch (state.role) {
    case 'backup':
      return heardAsBackup(plan, state, advert, nowMs);
    case 'transition':
    case 'master':
      return heardAsMaster(plan, state, advert, nowMs);
    case 'fault':
      return heardInFault(plan, state, advert, nowMs);
    default:
      return still(state);
  }
}

function heardAsBackup(plan: RolePlan, state: RoleState, advert: Advert, nowMs: number): RoleStep {
  if (advert.priority === 0) return still({ ...state, dueAtMs: nowMs + baseSkewMs(plan) });
  const isLower = advert.priority < state.priority;
  const preemptAtMs =
    plan.preemptDelayMs === 0 || !isLower ? null : (state.preemptAtMs ?? nowMs + plan.preemptDelayMs);
  const obeys = !isLower || plan.nopreempt || (preemptAtMs !== null && preemptAtMs >= nowMs);
  if (obeys) return still({ ...state, preemptAtMs, dueAtMs: nowMs + waitMs(plan) });
  // It forces an election: the other one hears the higher priority at once, and we go on after an advert interval.
  return {
    state: { ...state, dueAtMs: nowMs + plan.advertMs },
    acts: [{ act: 'advertise', priority: state.priority }],
  };
}

function heardAsMaster(plan: RolePlan, state: RoleState, advert: Advert, nowMs: number): RoleStep {
  const isAbove =
    advert.priority > state.priority || (advert.priority === state.priority && advert.address > plan.address);
  if (isAbove) return intoBackup(plan, state, nowMs);
  return {
    state: { ...state, dueAtMs: nowMs + plan.advertMs },
    acts: [{ act: 'advertise', priority: state.priority }],
  };
}

/** Straight to MASTER where its priority is the higher one: no BACKUP between. */
function heardInFault(plan: RolePlan, state: RoleState, advert: Advert, nowMs: number): RoleStep {
  if (state.faults > 0) return still({ ...state, dueAtMs: nowMs + waitMs(plan) });
  const wins = advert.priority < state.priority && !plan.nopreempt;
  return wins ? intoTransition(plan, state, nowMs) : intoBackup(plan, state, nowMs);
}

function due(plan: RolePlan, state: RoleState, nowMs: number): RoleStep {
  switch (state.role) {
    case 'backup':
      return state.faults > 0 ? lateFault(plan, state, nowMs) : intoTransition(plan, state, nowMs);
    case 'transition':
    case 'master':
      return state.faults > 0 || state.isWilling
        ? intoFault(plan, state, nowMs)
        : advertise(plan, state, nowMs);
    case 'fault':
      if (state.faults > 0) return still({ ...state, dueAtMs: nowMs + waitMs(plan) });
      return plan.startsAsMaster ? intoTransition(plan, state, nowMs) : intoBackup(plan, state, nowMs);
    default:
      return still({ ...state, dueAtMs: null });
  }
}

function advertise(plan: RolePlan, before: RoleState, nowMs: number): RoleStep {
  const state: RoleState = { ...before, role: 'master', dueAtMs: nowMs + plan.advertMs };
  const entering: readonly RoleAct[] =
    before.role === 'transition' ? [{ act: 'addresses', held: true }, tell(state, 'MASTER')] : [];
  return { state, acts: [...entering, { act: 'advertise', priority: state.priority }] };
}

function joined(
  plan: RolePlan,
  state: RoleState,
  role: 'backup' | 'master' | 'fault',
  nowMs: number,
): RoleStep {
  if (role === 'backup') return intoBackup(plan, state, nowMs);
  // Nobody leaves FAULT for its group.
  if (role === 'master') return state.role === 'backup' ? intoTransition(plan, state, nowMs) : still(state);
  // A master of the group follows at its next advert only.
  if (state.role === 'master' || state.role === 'transition') return still({ ...state, isWilling: true });
  return intoFault(plan, state, nowMs);
}

/** "Transition to MASTER": it advertises, and holds no address yet. */
function intoTransition(plan: RolePlan, state: RoleState, nowMs: number): RoleStep {
  return {
    state: { ...state, role: 'transition', dueAtMs: nowMs + plan.advertMs, preemptAtMs: null },
    acts: [{ act: 'advertise', priority: state.priority }],
  };
}

function intoBackup(plan: RolePlan, before: RoleState, nowMs: number): RoleStep {
  const state: RoleState = { ...before, role: 'backup', dueAtMs: nowMs + waitMs(plan), preemptAtMs: null };
  const dropped: readonly RoleAct[] = before.role === 'master' ? [{ act: 'addresses', held: false }] : [];
  return { state, acts: [...dropped, tell(state, 'BACKUP')] };
}

function intoFault(plan: RolePlan, before: RoleState, nowMs: number): RoleStep {
  const state: RoleState = { ...before, role: 'fault', dueAtMs: nowMs + waitMs(plan), isWilling: false };
  const isMaster = before.role === 'master' || before.role === 'transition';
  const leave: readonly RoleAct[] = isMaster
    ? [
        { act: 'advertise', priority: 0 },
        { act: 'addresses', held: false },
      ]
    : [];
  return { state, acts: [...leave, tell(state, 'FAULT')] };
}

/** The extract of the seed: told before the state is set, and again after. */
function lateFault(plan: RolePlan, before: RoleState, nowMs: number): RoleStep {
  const { state, acts } = intoFault(plan, before, nowMs);
  return { state, acts: [...acts, tell(state, 'FAULT')] };
}

function stopped(before: RoleState): RoleStep {
  if (before.role === 'stopped' || before.role === 'initial') return still(before);
  const state: RoleState = { ...before, role: 'stopped', dueAtMs: null };
  return { state, acts: [tell(state, 'STOP')] };
}

/** In 1.2 both count from the configured priority, whatever trackers add. */
function waitMs(plan: RolePlan): number {
  return plan.downAdverts * plan.advertMs + baseSkewMs(plan);
}

function baseSkewMs(plan: RolePlan): number {
  return skewMs({ ...plan, version: 2 }, plan.priority, plan.advertMs);
}

function tell(state: RoleState, told: Extract<RoleAct, { act: 'tell' }>['state']): RoleAct {
  return { act: 'tell', state: told, priority: state.priority };
}
