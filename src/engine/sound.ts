import type { AnyStateMachine, StateNode } from 'xstate';
import type { Workflow } from '../../workflows/step.ts';
import { BatonError } from '../kernel/errors.ts';

/**
 * Looks over a machine before it is ever stepped, for what XState lets pass and what would show only
 * in the middle of a recovery (docs/internals/engine.md). Throws `workflow-invalid`.
 */
export function mustBeSound({ name, machine, steps }: Workflow): void {
  const faults = [
    ...boundlessness(machine),
    ...nodesOf(machine.root).flatMap((node) => faultsOf(node, steps)),
  ];
  if (faults.length > 0)
    throw new BatonError('workflow-invalid', `the workflow "${name}" cannot be driven: ${faults.join('; ')}`);
}

function boundlessness({ config }: AnyStateMachine): string[] {
  return (config.options?.maxIterations ?? 0) > 0
    ? []
    : ['it sets no options.maxIterations, so a circle of its own would never end'];
}

function faultsOf(node: StateNode, steps: Workflow['steps']): string[] {
  const where = node.path.join('.') || node.key;
  const faults: string[] = [];
  if (node.description === undefined) faults.push(`its state ${where} has no description`);
  for (const { id, src } of node.invoke) {
    if (typeof src !== 'string') faults.push(`its state ${where} brings its own actor; a step is named`);
    else if (steps[src] === undefined)
      faults.push(`its state ${where} asks for "${src}", which is none of its steps`);
    for (const event of [`xstate.done.actor.${id}`, `xstate.error.actor.${id}`]) {
      if (!node.transitions.has(event)) faults.push(`its state ${where} does not hear ${event}`);
    }
  }
  return faults;
}

function nodesOf(node: StateNode): StateNode[] {
  return Object.values(node.states).flatMap((child) => [child, ...nodesOf(child)]);
}
