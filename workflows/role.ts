import { assign, setup } from 'xstate';
import type { RoleAct, RoleEvent, RolePlan, RoleState } from '../src/protocols/keepalived/role/plan.ts';
import { initialRole, type Role } from '../src/protocols/keepalived/role/plan.ts';
import { stepRole } from '../src/protocols/keepalived/role/step.ts';
import { stepRole12 } from '../src/protocols/keepalived/role/step-1.2.ts';
import type { Workflow } from './step.ts';

/** One VRRP instance: what it is made to be, and by which age of keepalived. */
export interface RoleInput {
  readonly plan: RolePlan;
  readonly profile: '2.x' | '1.2';
}

export interface RoleStory extends RoleInput {
  readonly state: RoleState;
  /** What the last event made it do, in order. */
  readonly acts: readonly RoleAct[];
}

/** What happens, and when on the caller's clock. */
export type TimedRoleEvent = RoleEvent & { readonly nowMs: number };

interface Args {
  readonly context: RoleStory;
  readonly event: TimedRoleEvent;
}

function reduced({ context, event }: Args) {
  const step = context.profile === '2.x' ? stepRole : stepRole12;
  return step(context.plan, context.state, event, event.nowMs);
}

/** What may happen to an instance. */
const heard = [
  'start',
  'due',
  'advert',
  'weigh',
  'failed',
  'mended',
  'tried',
  'join',
  'wait',
  'sum',
  'stop',
] as const;

const machine = setup({
  types: {
    input: {} as RoleInput,
    context: {} as RoleStory,
    events: {} as TimedRoleEvent,
    output: {} as { priority: number },
  },
  guards: { leadsTo: (args, to: Role) => reduced(args).state.role === to },
  actions: { take: assign((args) => reduced(args)) },
}).createMachine({
  id: 'role',
  options: { maxIterations: 100 },
  context: ({ input }) => ({ ...input, state: initialRole(input.plan), acts: [] }),
  output: ({ context }) => ({ priority: context.state.priority }),
  initial: 'initial',
  states: {
    initial: {
      description: 'Its process has not started.',
      on: on({ start: ['backup', 'holding', 'fault'], stop: [] }),
    },
    holding: {
      description: 'Hear no adverts until each script that may forbid the address has run once.',
      on: on({
        tried: ['backup', 'master', 'fault'],
        mended: ['backup', 'master'],
        failed: ['fault'],
        join: ['backup', 'fault'],
      }),
    },
    backup: {
      description: 'Wait for three adverts to be missing, or for the master to take leave.',
      on: on({
        due: ['master', 'transition', 'fault'],
        failed: ['fault'],
        tried: ['fault'],
        join: ['master', 'transition', 'fault'],
      }),
    },
    transition: {
      description: 'Advertise without the address for one interval, as keepalived 1.2 does.',
      on: on({ due: ['master', 'fault'], advert: ['backup'], join: ['backup', 'fault'] }),
    },
    master: {
      description: 'Hold the address and advertise it.',
      on: on({
        advert: ['backup'],
        failed: ['fault'],
        tried: ['fault'],
        due: ['fault'],
        join: ['backup', 'fault'],
      }),
    },
    fault: {
      description: 'Do without the address while anything that may forbid it is bad.',
      on: on({
        mended: ['backup', 'master'],
        tried: ['backup', 'master'],
        advert: ['backup', 'transition'],
        due: ['backup', 'transition'],
        join: ['backup'],
      }),
    },
    stopped: { type: 'final', description: 'Its process was told to stop.' },
  },
});

type Arrows = { readonly [Type in RoleEvent['type']]?: readonly Role[] };

/** Where each event may lead, as the reducer decides; what leads nowhere is taken all the same. */
function on(arrows: Arrows) {
  const taken = { actions: 'take' as const };
  const all: Arrows = { stop: ['stopped'], ...arrows };
  const rows = heard.map((type) => [type, [...(all[type] ?? []).map(arrowTo), taken]] as const);
  return Object.fromEntries(rows);
}

function arrowTo(to: Role) {
  return { guard: { type: 'leadsTo' as const, params: to }, target: to, actions: 'take' as const };
}

/** When an instance of keepalived is what: the statechart over `src/protocols/keepalived/role`. */
export const role: Workflow<Record<never, never>> = { name: 'role', machine, steps: {} };
