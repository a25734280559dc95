import type { NodeStateEvent, OperationEvent } from '../../protocols/pacemaker/events.ts';
import type { Classification } from '../../protocols/pacemaker/membership.ts';
import type { Signal } from '../../protocols/pacemaker/signals.ts';
import { shown } from '../shown.ts';

/** What an agent was told, in one sentence that names the node. */
export function toldText(signal: Signal): string {
  return shown(sentenceOf(signal));
}

function sentenceOf(signal: Signal): string {
  const { node } = signal;
  switch (signal.kind) {
    case 'node':
      return signal.state === 'lost' ? `${node} is told to be lost` : `${node} is told to be a member`;
    case 'fencing':
      return signal.rc === 0
        ? `${node} is told to be fenced: ${signal.description}`
        : `the fencing of ${node} is told to have failed: ${signal.description}`;
    case 'attribute':
      return `the attribute ${signal.name} of ${node} is told to be "${signal.value}"`;
    case 'resource':
      return operationText(signal);
  }
}

/** What was asked of a resource on a node, and what came of it. */
export function operationText({
  node,
  resource,
  task,
  description,
}: Pick<OperationEvent, 'node' | 'resource' | 'task' | 'description'>): string {
  return shown(`${task} of ${resource} on ${node}: ${description}`);
}

/** What a change of a node's membership means. */
export function membershipText({ node }: NodeStateEvent, classification: Classification | null): string {
  return shown(`${node}: ${classification ?? 'a part of a change of its membership'}`);
}
