import {
  type AnyMachineSnapshot,
  type EventObject,
  initialTransition,
  type StateNode,
  transition,
} from 'xstate';
import type { StepFailure, Workflow } from '../../workflows/step.ts';
import type { Answer, Entry } from './record.ts';

/** A step that the machine waits for. `asked` is the seq of its asking; null while it is still to be asked. */
export interface Want {
  readonly id: string;
  readonly step: string;
  readonly input: unknown;
  readonly asked: number | null;
}

/** An event the machine has asked for after a while. `due` is a date in the journal; null until it stands there. */
export interface Timer {
  readonly id: string;
  readonly delayMs: number;
  readonly event: EventObject;
  readonly due: number | null;
}

/** A machine as its records have made it: what it waits for now, and nothing that happened outside. */
export interface Folding {
  readonly snapshot: AnyMachineSnapshot;
  readonly wants: ReadonlyMap<string, Want>;
  readonly timers: ReadonlyMap<string, Timer>;
  /** Askings whose state the machine has left without an answer. */
  readonly left: ReadonlySet<number>;
}

export function begin(workflow: Workflow, input: unknown): Folding {
  // XState types the input per machine; the opening was parsed by whoever made it.
  const [snapshot, effects] = initialTransition(workflow.machine, input as never);
  return absorb({ snapshot, wants: new Map(), timers: new Map(), left: new Set() }, snapshot, effects);
}

/**
 * Takes one entry of the journal into the machine. Pure: the same entries give the same folding, in
 * the controller that wrote them, in the one that continues and in the page that replays. Throws
 * Divergence where the machine did not ask for what the entry says.
 */
export function absorbEntry(folding: Folding, entry: Entry & { readonly seq: number }): Folding {
  switch (entry.kind) {
    case 'asked': {
      const want = [...folding.wants.values()].find((one) => one.step === entry.step && one.asked === null);
      if (want === undefined) throw new Divergence(`the machine does not ask for "${entry.step}" here`);
      return { ...folding, wants: new Map(folding.wants).set(want.id, { ...want, asked: entry.seq }) };
    }
    case 'answered': {
      const want = [...folding.wants.values()].find((one) => one.asked === entry.to);
      if (want === undefined) {
        if (folding.left.has(entry.to)) return folding;
        throw new Divergence(`the machine does not wait for an answer of "${entry.step}" here`);
      }
      const wants = new Map(folding.wants);
      wants.delete(want.id);
      return tell({ ...folding, wants }, answerEvent(want.id, entry.answer));
    }
    case 'timer': {
      const timer = folding.timers.get(entry.id);
      if (timer === undefined) throw new Divergence(`the machine has no timer "${entry.id}" here`);
      return { ...folding, timers: new Map(folding.timers).set(entry.id, { ...timer, due: entry.due }) };
    }
    case 'fired': {
      const timer = folding.timers.get(entry.id);
      if (timer === undefined) throw new Divergence(`the machine has no timer "${entry.id}" here`);
      const timers = new Map(folding.timers);
      timers.delete(entry.id);
      return tell({ ...folding, timers }, timer.event);
    }
    case 'said':
      return tell(folding, wordEvent(entry));
    case 'resumed':
      return forgetAskings(tell(folding, { type: 'resumed' }));
    default:
      return folding;
  }
}

/** The event that the machine hears of an entry, where it stands; null where it hears nothing. */
export function heardOf(folding: Folding, entry: Entry): EventObject | null {
  switch (entry.kind) {
    case 'answered': {
      const want = [...folding.wants.values()].find((one) => one.asked === entry.to);
      return want === undefined ? null : answerEvent(want.id, entry.answer);
    }
    case 'fired':
      return folding.timers.get(entry.id)?.event ?? null;
    case 'said':
      return wordEvent(entry);
    case 'resumed':
      return { type: 'resumed' };
    default:
      return null;
  }
}

/** Where the records and today's machine part: this build is not the one that wrote them. */
export class Divergence extends Error {
  override readonly name = 'Divergence';
}

/** The active state as a path, `preFailover.confirming`; parts of a parallel state are joined by ` + `. */
export function stateOf({ snapshot }: Folding): string {
  return activeNodes(snapshot)
    .map((node) => node.path.join('.'))
    .join(' + ');
}

/** The sentences of the active states. */
export function sentenceOf({ snapshot }: Folding): string {
  return activeNodes(snapshot)
    .map((node) => node.description ?? '')
    .join(' ');
}

/**
 * Why the machine does not take a person's word where it stands, in the words of the state that forbids it: a
 * transition to nowhere, with a description. Null where it takes the word; empty where nobody wrote down why not.
 */
export function whyNotTaken({ snapshot }: Folding, word: Word): string | null {
  const event = wordEvent(word) as never;
  if (snapshot.can(event)) return null;
  const [forbidden] = snapshot.machine.getTransitionData(snapshot, event);
  return forbidden?.description ?? '';
}

function activeNodes(snapshot: AnyMachineSnapshot): StateNode[] {
  const leaves: StateNode[] = [];
  const descend = (node: StateNode, value: unknown): void => {
    if (typeof value === 'string') {
      const child = node.states[value];
      if (child !== undefined) leaves.push(child);
      return;
    }
    for (const [name, deeper] of Object.entries(value as Record<string, unknown>)) {
      const child = node.states[name];
      if (child === undefined) continue;
      if (Object.keys(child.states).length === 0) leaves.push(child);
      else descend(child, deeper);
    }
  };
  descend(snapshot.machine.root as StateNode, snapshot.value);
  return leaves;
}

function tell(folding: Folding, event: EventObject): Folding {
  const [snapshot, effects] = transition(folding.snapshot.machine, folding.snapshot, event as never);
  return absorb(folding, snapshot, effects);
}

type Effects = readonly { readonly type: string; readonly params?: unknown }[];

/** Reads what the machine wants from XState's effects; a machine of ours wants steps and timers, nothing else. */
function absorb(before: Folding, snapshot: AnyMachineSnapshot, effects: Effects): Folding {
  const wants = new Map(before.wants);
  const timers = new Map(before.timers);
  const left = new Set(before.left);
  for (const { type, params } of effects) {
    switch (type) {
      case 'xstate.spawnChild': {
        const { id, src, input } = params as { id: string; src: string; input: unknown };
        wants.set(id, { id, step: src, input, asked: null });
        break;
      }
      case 'xstate.stopChild': {
        const { id } = params as { id: string };
        const asked = wants.get(id)?.asked ?? null;
        if (asked !== null) left.add(asked);
        wants.delete(id);
        break;
      }
      case 'xstate.raise': {
        const { id, delay, event } = params as { id: string; delay: number; event: EventObject };
        timers.set(id, { id, delayMs: delay, event, due: null });
        break;
      }
      case 'xstate.cancel':
        timers.delete((params as { sendId: string }).sendId);
        break;
      default:
        throw new Divergence(
          `the machine wants "${type}" done; a workflow may only ask for steps and timers`,
        );
    }
  }
  return { snapshot, wants, timers, left };
}

/** What a person says to a machine, by whom and why. */
type Word = Pick<Extract<Entry, { kind: 'said' }>, 'event' | 'who' | 'why'>;

function wordEvent({ event, who, why }: Word): EventObject {
  return { type: event, who, why } as EventObject;
}

function forgetAskings(folding: Folding): Folding {
  const left = new Set(folding.left);
  const wants = new Map<string, Want>();
  for (const [id, want] of folding.wants) {
    if (want.asked !== null) left.add(want.asked);
    wants.set(id, { ...want, asked: null });
  }
  return { ...folding, wants, left };
}

function answerEvent(id: string, answer: Answer): EventObject {
  if (answer.kind === 'ok') {
    return { type: `xstate.done.actor.${id}`, actorId: id, output: answer.value } as EventObject;
  }
  const error: StepFailure = { kind: answer.kind, code: answer.code, because: answer.because };
  return { type: `xstate.error.actor.${id}`, actorId: id, error } as EventObject;
}
