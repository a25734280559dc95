import type { Workflow } from '../../../workflows/step.ts';
import { absorbEntry, begin, type Folding, sentenceOf, stateOf, whyNotTaken } from '../../engine/fold.ts';
import type { Answer, Entry, JournalRecord } from '../../engine/record.ts';

/** A way through a machine that somebody chooses by hand, as records of a journal that nobody wrote. */
export interface Walk {
  readonly workflow: Workflow;
  readonly input: unknown;
  readonly records: readonly JournalRecord[];
  readonly folding: Folding;
  /** The walk before the last choice; null at its beginning. */
  readonly before: Walk | null;
}

/** How a walk stands: where it is, in the words of the machine. */
export interface Standing {
  readonly state: string;
  readonly sentence: string;
  readonly isOver: boolean;
  /** What the machine gives at its end; null before. */
  readonly output: unknown;
}

/** What may come next. */
export type Choice =
  /** The machine waits for the answer of a step; `to` is the seq of its asking. */
  | { readonly kind: 'step'; readonly step: string; readonly to: number; readonly input: unknown }
  /** It has asked for an event at a date. */
  | { readonly kind: 'timer'; readonly id: string; readonly due: number }
  /** A person may say it; `because` says why it is not taken here, null where it is. */
  | { readonly kind: 'word'; readonly event: string; readonly because: string | null }
  /** The controller dies, and another continues. */
  | { readonly kind: 'death' };

/** Between two choices a second passes, so that dates are told apart. */
const betweenMs = 1_000;

/** Throws what the machine throws at an input that is none. */
export function begunWalk(workflow: Workflow, input: unknown, at = 0): Walk {
  const folding = begin(workflow, input);
  return asked({ workflow, input, records: [], folding, before: null }, at);
}

export function standingOf({ folding }: Walk): Standing {
  const { status, output } = folding.snapshot;
  const isOver = status === 'done';
  return { state: stateOf(folding), sentence: sentenceOf(folding), isOver, output: isOver ? output : null };
}

/** All that may come next; nothing where the walk is over. */
export function choicesOf({ workflow, folding }: Walk): readonly Choice[] {
  if (folding.snapshot.status === 'done') return [];
  const steps = [...folding.wants.values()].map(
    ({ step, asked: to, input }): Choice => ({ kind: 'step', step, to: to ?? 0, input }),
  );
  const timers = [...folding.timers.values()].map(
    ({ id, due }): Choice => ({ kind: 'timer', id, due: due ?? 0 }),
  );
  const words = workflow.machine.events
    .filter((event) => !event.startsWith('xstate.') && event !== 'resumed')
    .map(
      (event): Choice => ({
        kind: 'word',
        event,
        because: whyNotTaken(folding, { event, who: '', why: '' }),
      }),
    );
  return [...steps, ...timers, ...words, { kind: 'death' }];
}

/** What a step's schema has against a value, in its words; null where it lets it through. */
export function whyNoAnswer({ workflow }: Walk, step: string, value: unknown): string | null {
  const read = workflow.steps[step]?.output.safeParse(value);
  if (read === undefined) return `there is no step "${step}"`;
  return read.success
    ? null
    : read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
}

export function answered(walk: Walk, { step, to }: Extract<Choice, { kind: 'step' }>, answer: Answer): Walk {
  const parsed = answer.kind === 'ok' ? walk.workflow.steps[step]?.output.parse(answer.value) : null;
  return chosen(walk, {
    kind: 'answered',
    step,
    to,
    answer: answer.kind === 'ok' ? { kind: 'ok', value: parsed } : answer,
  });
}

export function fired(walk: Walk, { id, due }: Extract<Choice, { kind: 'timer' }>): Walk {
  return chosen(walk, { kind: 'fired', id }, due);
}

export function said(walk: Walk, event: string, who: string, why: string): Walk {
  return chosen(walk, { kind: 'said', event, who, why });
}

export function resumed(walk: Walk): Walk {
  return chosen(walk, { kind: 'resumed', because: 'the controller died, and another continues' });
}

function chosen(walk: Walk, entry: Entry, at = now(walk) + betweenMs): Walk {
  return asked({ ...written(walk, entry, at), before: walk }, at);
}

/** Writes down what the machine asks for from here on, as the engine does. */
function asked(walk: Walk, at: number): Walk {
  const { state, sentence, isOver, output } = standingOf(walk);
  if (isOver) return written(walk, { kind: 'ended', state, sentence, output }, at);
  let next = walk;
  for (const { id, delayMs, due } of walk.folding.timers.values())
    if (due === null) next = written(next, { kind: 'timer', id, due: at + delayMs }, at);
  for (const { step, input, asked: seq } of walk.folding.wants.values())
    if (seq === null) next = written(next, { kind: 'asked', step, state, sentence, input }, at);
  return next;
}

function written(walk: Walk, entry: Entry, at: number): Walk {
  const record = { ...entry, seq: walk.records.length + 1, at, token: 0 };
  return { ...walk, records: [...walk.records, record], folding: absorbEntry(walk.folding, record) };
}

function now({ records }: Walk): number {
  return records.at(-1)?.at ?? 0;
}
