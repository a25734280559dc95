import type { NodeState, NodeStateEvent } from './events.ts';
import type { Message, NodeStateChange } from './message.ts';

/** The nodes whose membership changed by a message, of whatever type it is; crm_mon tells of none of them. */
export function nodeStateEvents(message: Message): readonly NodeStateEvent[] {
  return message.nodes.flatMap((change) => eventOf(change) ?? []);
}

function eventOf({ attributes, changed }: NodeStateChange): NodeStateEvent | null {
  const { id, uname } = attributes;
  if (id === undefined) return null;
  const [member, online] = [presence(attributes['in_ccm']), presence(attributes['crmd'])];
  const state: NodeState = {
    member: member.here,
    memberSince: member.since,
    online: online.here,
    onlineSince: online.since,
    join: attributes['join'] ?? null,
    expected: attributes['expected'] ?? null,
    origin: attributes['crm-debug-origin'] ?? null,
  };
  return { kind: 'node-state', id, node: uname ?? id, state, changed };
}

interface Presence {
  readonly here: boolean | null;
  readonly since: number | null;
}

const oldWords = new Map([
  ['true', true],
  ['online', true],
  ['false', false],
  ['offline', false],
]);

/**
 * `true`, `online` and their opposites, or since Pacemaker 2.1.7 the second from which on the node is there, 0 where it
 * is not. A 1 stands for a node that is there since nobody knows when.
 */
function presence(written: string | undefined): Presence {
  if (written === undefined) return { here: null, since: null };
  if (!/^\d{1,15}$/.test(written)) return { here: oldWords.get(written) ?? null, since: null };
  const since = Number(written);
  return { here: since > 0, since: since > 1 ? since : null };
}
