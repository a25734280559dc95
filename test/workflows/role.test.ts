import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { initialTransition, transition } from 'xstate';
import { initialRole, type RoleEvent, type RolePlan } from '../../src/protocols/keepalived/role/plan.ts';
import { stepRole } from '../../src/protocols/keepalived/role/step.ts';
import { stepRole12 } from '../../src/protocols/keepalived/role/step-1.2.ts';
import { role } from '../../workflows/role.ts';

const plan: fc.Arbitrary<RolePlan> = fc.record({
  version: fc.constantFrom(2 as const, 3 as const),
  priority: fc.constantFrom(1, 100, 150, 254, 255),
  advertMs: fc.constantFrom(100, 1_000),
  startsAsMaster: fc.boolean(),
  nopreempt: fc.boolean(),
  preemptDelayMs: fc.constantFrom(0, 2_500),
  downAdverts: fc.constantFrom(1, 3),
  tellsPriority: fc.boolean(),
  address: fc.constantFrom(0, 1, 2),
  isGrouped: fc.boolean(),
});

const counts = fc.constantFrom(0, 0, 1, 2);
const event: fc.Arbitrary<RoleEvent> = fc.oneof(
  fc.record({
    type: fc.constant('start' as const),
    faults: counts,
    untried: counts,
    bonus: fc.integer({ min: -300, max: 300 }),
    group: fc.constantFrom(null, null, 'fault' as const, 'holding' as const),
  }),
  fc.record({
    type: fc.constant('advert' as const),
    priority: fc.constantFrom(0, 1, 99, 100, 101, 150, 254, 255),
    address: fc.constantFrom(0, 1, 2),
    advertMs: fc.constantFrom(100, 1_000),
  }),
  fc.record({ type: fc.constant('weigh' as const), by: fc.integer({ min: -300, max: 300 }) }),
  fc.record({ type: fc.constant('tried' as const), isGood: fc.boolean() }),
  fc.record({ type: fc.constant('join' as const), role: fc.constantFrom('backup', 'master', 'fault') }),
  ...(['due', 'due', 'failed', 'mended', 'wait', 'sum', 'stop'] as const).map((type) =>
    fc.constant<RoleEvent>({ type }),
  ),
);

const life = fc.array(fc.record({ event, afterMs: fc.integer({ min: 0, max: 4_000 }) }), { maxLength: 40 });

/** Only a start that is the first, and no word to it from a group before. */
function inOrder(events: readonly RoleEvent[]): readonly RoleEvent[] {
  const start = events.find(({ type }) => type === 'start');
  return start === undefined ? [] : [start, ...events.filter(({ type }) => type !== 'start')];
}

describe.each([
  { profile: '2.x' as const, step: stepRole },
  { profile: '1.2' as const, step: stepRole12 },
])('the statechart of an instance in $profile', ({ profile, step }) => {
  it('is always where the reducer is, knows what it knows and does what it does', () => {
    fc.assert(
      fc.property(plan, life, (one, moments) => {
        let [snapshot] = initialTransition(role.machine, { plan: one, profile });
        let state = initialRole(one);
        let nowMs = 0;
        const events = inOrder(moments.map((moment) => moment.event));
        for (const [at, next] of events.entries()) {
          if (snapshot.status !== 'active') break;
          nowMs += moments[at]?.afterMs ?? 0;
          const reduced = step(one, state, next, nowMs);
          state = reduced.state;
          [snapshot] = transition(role.machine, snapshot, { ...next, nowMs });
          expect(snapshot.value).toBe(state.role);
          expect(snapshot.context).toMatchObject({ state, acts: reduced.acts });
        }
      }),
      { numRuns: 500 },
    );
  });
});
