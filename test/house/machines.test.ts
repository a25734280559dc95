import { describe, expect, it } from 'vitest';
import type { AnyStateNode } from 'xstate';
import { everyWorkflow, reachableStatesOf, statesOf } from '../workflows/machines.ts';

/** What a state, or the first around it that knows the word, does with a cancel. */
function cancelsOf(state: AnyStateNode): readonly { target?: unknown; description?: string }[] {
  const own = state.transitions.get('cancel') ?? [];
  return own.length > 0 || state.parent === undefined ? own : cancelsOf(state.parent);
}

it('knows every workflow of the house', () => {
  expect(everyWorkflow.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['all-clear', 'detection', 'recovery']),
  );
});

describe.each(everyWorkflow)('the machine of a $name', ({ machine, steps }) => {
  const states = statesOf(machine);
  const names = (found: typeof states) => found.map(({ path }) => path.join('.'));

  it('says in a sentence what each state is for', () => {
    expect(names(states.filter(({ description }) => !/^\p{Lu}.*\.$/u.test(description ?? '')))).toEqual([]);
  });

  it('hears the answer and the failure of every step', () => {
    const deaf = states.filter(({ invoke, transitions }) =>
      invoke.some(({ id }) =>
        ['done', 'error'].some((what) => !transitions.has(`xstate.${what}.actor.${id}`)),
      ),
    );
    expect(names(deaf)).toEqual([]);
  });

  it('names only steps that it declares, and all of them', () => {
    const asked = new Set(states.flatMap(({ invoke }) => invoke.map(({ src }) => src)));
    expect(asked).toEqual(new Set(Object.keys(steps)));
  });

  it('takes a cancel in every state or says there why not, where it hears of one at all', () => {
    const leaves = states.filter(({ type }) => type === 'atomic');
    const heard = leaves.map((state) => ({ state, words: cancelsOf(state) }));
    const deaf = heard.filter(
      ({ words }) => words.length === 0 || words.some(({ target, description }) => !target && !description),
    );
    expect(deaf.length === leaves.length ? [] : names(deaf.map(({ state }) => state))).toEqual([]);
  });

  it('can reach every state', () => {
    const reachable = reachableStatesOf(machine);
    expect(names(states.filter((state) => !reachable.has(state)))).toEqual([]);
  });
});
