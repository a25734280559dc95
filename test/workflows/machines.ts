import type { AnyStateMachine, AnyStateNode } from 'xstate';
import * as door from '../../workflows/index.ts';
import type { Workflow } from '../../workflows/step.ts';

/** All that workflows/index.ts names, so that none can be forgotten. */
export const everyWorkflow: readonly Workflow[] = Object.values(door).filter(
  (named): named is Extract<typeof named, Workflow> => typeof named === 'object' && 'machine' in named,
);

/** Every state of a machine, however deep, but for the machine itself. */
export function statesOf(machine: AnyStateMachine): readonly AnyStateNode[] {
  return below(machine.root);
}

/** The states that can ever be entered, as far as the arrows tell. */
export function reachableStatesOf(machine: AnyStateMachine): ReadonlySet<AnyStateNode> {
  const reached = new Set<AnyStateNode>();
  const enter = (state: AnyStateNode): void => {
    if (reached.has(state)) return;
    reached.add(state);
    if (state.parent !== undefined) enter(state.parent);
    const begun = state.type === 'parallel' ? Object.values(state.states) : (state.initial.target ?? []);
    const transitions = [...state.transitions.values(), state.always ?? []].flat();
    for (const next of [...begun, ...transitions.flatMap(({ target }) => target ?? [])]) enter(next);
  };
  enter(machine.root);
  return reached;
}

function below(state: AnyStateNode): AnyStateNode[] {
  return Object.values(state.states).flatMap((child) => [child, ...below(child)]);
}
