import { expect, it } from 'vitest';
import { type AnyStateMachine, transition } from 'xstate';
import { everyWorkflow, statesOf } from './machines.ts';

const undoings = everyWorkflow.flatMap(({ name, machine }) =>
  statesOf(machine).flatMap(({ path, invoke }) =>
    invoke.filter(({ src }) => src === 'undo').map(({ id }) => ({ name, machine, path, id })),
  ),
);

it.each(undoings)(
  'a $name whose putting back breaks off in $path says so beside why it came to nothing (P9)',
  ({ machine, path, id }) => {
    const error = { kind: 'error', code: 'act-failed', because: 'the disk is gone' };
    const event = { type: `xstate.error.actor.${id}`, actorId: id, error };
    const standing = standingIn(machine, path);
    const [{ context }] = transition(machine, standing, event);
    expect(context.reason).toBe(
      'the candidate died; what was changed may not all be as it was, for putting it back was broken off: the disk is gone',
    );
  },
);

it('is asked of every workflow that puts something back', () => {
  expect(new Set(undoings.map(({ name }) => name))).toEqual(
    new Set(['recovery', 'takeover', 'relocation', 'mending', 'reshaping', 'rejoin']),
  );
});

function standingIn(machine: AnyStateMachine, path: readonly string[]) {
  const value = path.reduceRight<unknown>((inner, key) => (inner === null ? key : { [key]: inner }), null);
  return machine.resolveState({ value, context: { reason: 'the candidate died', prepared: true } } as never);
}
