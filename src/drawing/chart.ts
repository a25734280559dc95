import type { AnyStateMachine, AnyStateNode } from 'xstate';

/** A machine as a statechart: what is drawn of it, without where. Plain JSON, so that it can be sent. */
export interface Chart {
  /** The machine's own id: `recovery`. */
  readonly id: string;
  readonly states: readonly ChartState[];
  readonly arrows: readonly ChartArrow[];
  /** The state that it begins in. */
  readonly initial: string;
}

export interface ChartState {
  /** Its path, `preFailover.confirming`. */
  readonly id: string;
  /** Its own name as words: `catching up`. */
  readonly name: string;
  /** What is going on in it, one sentence. */
  readonly sentence: string;
  /** It holds others, asks for a step, waits for a time, or is an end of the whole or of the state around it. */
  readonly kind: 'group' | 'step' | 'waiting' | 'end';
  /** An end that a person should hear of. */
  readonly isGrave: boolean;
  /** The step that it asks for; null where it asks for none. */
  readonly step: string | null;
  readonly states: readonly ChartState[];
  /** Which of its states it begins in; null where it has none. */
  readonly initial: string | null;
}

/** What leads from one state to another; several causes of the same way are one arrow. */
export interface ChartArrow {
  /** `from -> to`, which no two arrows share. */
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly causes: readonly Cause[];
}

/** Why a machine goes on: a step was answered, or failed or said no; a person's word; a controller that continues; a time; by itself. */
export interface Cause {
  readonly kind: 'answer' | 'failure' | 'word' | 'resumption' | 'time' | 'itself';
  /** The id of the asking, the word, or the delay's name; empty for the others. */
  readonly name: string;
}

/** Reads a machine. `grave` are the ends that a person should hear of. */
export function chartOf(machine: AnyStateMachine, grave: readonly string[] = []): Chart {
  const { root } = machine;
  return {
    id: machine.id,
    states: Object.values(root.states).map((state) => stateOf(state, grave)),
    arrows: arrowsOf(root),
    initial: idOf(root.initial.target?.[0]) ?? '',
  };
}

/** Every state of a chart, each before those within it. */
export function everyState(states: readonly ChartState[]): ChartState[] {
  return states.flatMap((state) => [state, ...everyState(state.states)]);
}

/** What stands on an arrow: `confirm`, `confirm fails`, `after self fencing`. */
export function causeText({ kind, name }: Cause): string {
  switch (kind) {
    case 'answer':
      return worded(name);
    case 'failure':
      return `${worded(name)} fails`;
    case 'word':
      return name;
    case 'resumption':
      return 'resumed';
    case 'time':
      return `after ${worded(name)}`;
    case 'itself':
      return '';
  }
}

/** A name of the code as words: `catchingUp` is `catching up`. */
function worded(name: string): string {
  return name.replace(
    /([a-z])([A-Z])/g,
    (_, before: string, after: string) => `${before} ${after.toLowerCase()}`,
  );
}

function stateOf(state: AnyStateNode, grave: readonly string[]): ChartState {
  const within = Object.values(state.states);
  const step = state.invoke[0]?.src;
  return {
    id: state.path.join('.'),
    name: worded(state.key),
    sentence: state.description ?? '',
    kind: kindOf(state),
    isGrave: state.type === 'final' && grave.includes(state.key),
    step: typeof step === 'string' ? step : null,
    states: within.map((one) => stateOf(one, grave)),
    initial: within.length === 0 ? null : idOf(state.initial.target?.[0]),
  };
}

function kindOf(state: AnyStateNode): ChartState['kind'] {
  if (state.type === 'final') return 'end';
  if (Object.keys(state.states).length > 0) return 'group';
  return state.invoke.length > 0 ? 'step' : 'waiting';
}

function arrowsOf(root: AnyStateNode): ChartArrow[] {
  const arrows = new Map<string, ChartArrow & { causes: Cause[] }>();
  for (const from of below(root)) {
    for (const [event, transitions] of [...from.transitions, ['', from.always ?? []] as const]) {
      const cause = causeOf(event);
      for (const target of transitions.flatMap(({ target }) => target ?? [])) {
        const [start, to] = [from.path.join('.'), target.path.join('.')];
        const id = `${start} -> ${to}`;
        const arrow = arrows.get(id) ?? { id, from: start, to, causes: [] };
        arrows.set(id, arrow);
        if (!arrow.causes.some(({ kind, name }) => kind === cause.kind && name === cause.name))
          arrow.causes.push(cause);
      }
    }
  }
  return [...arrows.values()];
}

/** XState's names of events; what it raises within itself is a time that has come. */
function causeOf(event: string): Cause {
  const [, kind, rest = ''] =
    /^xstate\.(done\.actor|error\.actor|done\.state|after)\.(.*)$/.exec(event) ?? [];
  if (kind === 'done.actor') return { kind: 'answer', name: rest };
  if (kind === 'error.actor') return { kind: 'failure', name: rest };
  if (kind === 'after') return { kind: 'time', name: rest.split('.')[0] ?? '' };
  if (kind === 'done.state' || event === '') return { kind: 'itself', name: '' };
  return event === 'resumed' ? { kind: 'resumption', name: '' } : { kind: 'word', name: event };
}

function below(state: AnyStateNode): AnyStateNode[] {
  return Object.values(state.states).flatMap((child) => [child, ...below(child)]);
}

function idOf(state: AnyStateNode | undefined): string | null {
  return state === undefined ? null : state.path.join('.');
}
