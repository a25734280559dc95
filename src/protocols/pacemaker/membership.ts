import type { NodeState, NodeStateEvent } from './events.ts';

/**
 * What a change of a node's state means. `unexpected loss`: it went while the cluster counted on it, and may still be
 * running. `fenced`: Pacemaker made sure that it is off. `clean stop`: it took its leave. `rejoin`: it is a full member,
 * again or for the first time.
 */
export type Classification = 'unexpected loss' | 'fenced' | 'clean stop' | 'rejoin';

type Standing = 'member' | 'lost' | 'fenced' | 'stopped';

interface Rule {
  readonly to: Standing;
  readonly means: Classification;
  /** From where it may come; `unknown` is a node that was never heard of. */
  readonly from: readonly (Standing | 'unknown')[];
  readonly holds: (event: NodeStateEvent) => boolean;
}

/** Pacemaker's function that notes a fencing: until 2.1.5 at least, and since 3.0 at the latest. */
const fencingOrigins: readonly (string | null)[] = ['send_stonith_update', 'update_node_state_after_fencing'];

/** The first that holds counts. The sequences they read are those of real clusters (Pacemaker 2.1.5). */
const rules: readonly Rule[] = [
  {
    // A node may be fenced while it is a member, because a resource would not stop: the origin tells, not the order.
    to: 'fenced',
    means: 'fenced',
    from: ['unknown', 'member', 'lost'],
    holds: ({ state, changed }) =>
      isDown(state) && fencingOrigins.includes(state.origin) && tellsOfJoin(changed),
  },
  {
    to: 'stopped',
    means: 'clean stop',
    from: ['member'],
    holds: ({ state }) => state.online === false && isDown(state),
  },
  {
    // Of a node that was never heard of, only an update that says all of it at once shows how it went.
    to: 'stopped',
    means: 'clean stop',
    from: ['unknown'],
    holds: ({ state, changed }) =>
      state.online === false && isDown(state) && changed.includes('crmd') && tellsOfJoin(changed),
  },
  {
    to: 'lost',
    means: 'unexpected loss',
    from: ['unknown', 'member'],
    holds: ({ state }) => (state.online === false || state.member === false) && state.expected === 'member',
  },
  {
    to: 'member',
    means: 'rejoin',
    from: ['lost', 'fenced', 'stopped'],
    holds: ({ state }) => isFullMember(state),
  },
  {
    // Seconds may be written anew for a node that never was away, when another node takes the lead.
    to: 'member',
    means: 'rejoin',
    from: ['unknown'],
    holds: ({ state, changed }) => isFullMember(state) && (saysNoSeconds(state) || tellsOfJoin(changed)),
  },
];

/**
 * How each node stands, and what each change of that means. Tell it the events of a cluster in their order. It is a
 * hint of what went on, not yet a proof: a message may have been missed.
 */
export class Membership {
  readonly #standings = new Map<string, Standing>();

  /** How a node stood before the first change that is told; nothing is known of one that is between. */
  begin({ id, state }: NodeStateEvent): void {
    const standing = standingIn(state);
    if (standing !== null) this.#standings.set(id, standing);
  }

  /** Null of a change that is a further part of what was told before, or decides nothing yet. */
  classify(event: NodeStateEvent): Classification | null {
    const from = this.#standings.get(event.id) ?? 'unknown';
    const rule = rules.find((each) => each.from.includes(from) && each.holds(event));
    if (rule === undefined) return null;
    this.#standings.set(event.id, rule.to);
    return rule.means;
  }
}

/** One that is about to stop is a member until it has. */
function standingIn(state: NodeState): Standing | null {
  if (state.online === true && state.member === true) return 'member';
  if (state.expected === 'member') return 'lost';
  if (!isDown(state) || state.online !== false) return null;
  return fencingOrigins.includes(state.origin) ? 'fenced' : 'stopped';
}

function isDown({ join, expected }: NodeState): boolean {
  return join === 'down' && expected === 'down';
}

function tellsOfJoin(changed: NodeStateEvent['changed']): boolean {
  return changed.includes('join') || changed.includes('expected');
}

function isFullMember({ member, online, join, expected }: NodeState): boolean {
  return member === true && online === true && join === 'member' && expected === 'member';
}

function saysNoSeconds({ memberSince, onlineSince }: NodeState): boolean {
  return memberSince === null && onlineSince === null;
}
