import { type AnyMachineSnapshot, type AnyStateMachine, type AnyStateNode, getMicrosteps } from 'xstate';
import { type Folding, heardOf } from '../../engine/fold.ts';
import type { Entry } from '../../engine/record.ts';

/** A way from one state to another, as a machine has it: `from -> to`, by the paths of the states. */
export interface Way {
  readonly id: string;
  readonly from: string;
  readonly to: string;
}

/** What there is in a machine to be walked through. */
export interface Ground {
  /** The states that hold no others. */
  readonly states: readonly string[];
  readonly ways: readonly Way[];
}

export function groundOf(machine: AnyStateMachine): Ground {
  const nodes = within(machine.root);
  const ways = new Map<string, Way>();
  for (const from of [machine.root, ...nodes])
    for (const to of transitionsOf(from).flatMap(({ target }) => target ?? [])) {
      const way = wayBetween(from, to);
      ways.set(way.id, way);
    }
  const leaves = nodes.filter(({ states }) => Object.keys(states).length === 0);
  return { states: leaves.map(pathOf), ways: [...ways.values()] };
}

/** The ways that a machine takes on hearing an entry, one after another; none where it hears nothing of it. */
export function waysTaken(before: Folding, entry: Entry): readonly Way[] {
  const event = heardOf(before, entry);
  if (event === null) return [];
  const { snapshot } = before;
  const ways: Way[] = [];
  let from: AnyMachineSnapshot = snapshot;
  let type: string | null = event.type;
  for (const [after] of getMicrosteps(snapshot.machine, snapshot, event as never)) {
    const way = wayOf(from, after, type);
    if (way !== null) ways.push(way);
    [from, type] = [after, null];
  }
  return ways;
}

/** What led from one snapshot to the next: a transition of an active state for this event, or one that needs no event of ours. */
function wayOf(before: AnyMachineSnapshot, after: AnyMachineSnapshot, type: string | null): Way | null {
  const inside = new Set<unknown>(after._nodes);
  for (const from of [...before._nodes].sort((a, b) => b.path.length - a.path.length)) {
    const targets = transitionsOf(from as AnyStateNode, type)
      .flatMap(({ target }) => target ?? [])
      .filter((to) => inside.has(to))
      .sort((a, b) => b.path.length - a.path.length);
    if (targets[0] !== undefined) return wayBetween(from as AnyStateNode, targets[0]);
  }
  return null;
}

/** All transitions of a state; those of one event; or, for null, those that come about by themselves. */
function transitionsOf(node: AnyStateNode, type?: string | null) {
  const named = [...node.transitions].filter(([name]) =>
    type === null ? name.startsWith('xstate.done.state.') : type === undefined || name === type,
  );
  const always = typeof type === 'string' ? [] : (node.always ?? []);
  return [...always, ...named.flatMap(([, transitions]) => transitions)];
}

function wayBetween(from: AnyStateNode, to: AnyStateNode): Way {
  const [a, b] = [pathOf(from), pathOf(to)];
  return { id: `${a} -> ${b}`, from: a, to: b };
}

function within(node: AnyStateNode): AnyStateNode[] {
  return Object.values(node.states).flatMap((child) => [child, ...within(child)]);
}

function pathOf(node: AnyStateNode): string {
  return node.path.join('.');
}
