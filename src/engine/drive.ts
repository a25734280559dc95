import type { z } from 'zod';
import type { Steps, Workflow } from '../../workflows/step.ts';
import { BatonError, messageOf } from '../kernel/errors.ts';
import {
  absorbEntry,
  begin,
  Divergence,
  type Folding,
  sentenceOf,
  stateOf,
  type Timer,
  type Want,
  whyNotTaken,
} from './fold.ts';
import { Inbox } from './inbox.ts';
import { type AnyStep, firstIssue, performed } from './perform.ts';
import type { Opening } from './ports.ts';
import type { Answer, Entry, JournalRecord } from './record.ts';
import { type DriveWorld, RunBook } from './run-book.ts';
import { mustBeSound } from './sound.ts';
import type { Refused, StepContext } from './step-context.ts';
import { asSentence } from './telling.ts';

/** What does a workflow's steps: a function for each, by the workflow's own names and types. */
export type StepFunctions<S extends Steps> = {
  readonly [Name in keyof S]: (
    input: z.output<S[Name]['input']>,
    context: StepContext,
  ) => Promise<z.input<S[Name]['output']> | Refused>;
};

/** A run in progress. */
export interface Driving {
  /** Resolves when the run has ended and the journal says so; rejects when this controller must let go of it. */
  readonly end: Promise<End>;
  /**
   * Takes a person's word to the machine, journalled first. A word that the machine does not take where it stands is
   * not written down. Rejects where the run ends, or this controller lets go of it, before it is heard.
   */
  say(event: string, who: string, why: string): Promise<Heard>;
}

/** What became of a person's word: its place in the journal and where the machine stands after it, or why it does not take it there. */
export type Heard =
  | { readonly taken: true; readonly seq: number; readonly state: string; readonly sentence: string }
  | { readonly taken: false; readonly state: string; readonly because: string };

export interface End {
  readonly state: string;
  readonly sentence: string;
  readonly output: unknown;
}

export const interrupted = 'interruptedByUpgrade';

/** How long a step that was left may take to notice before its outcome is called unknown. */
const abandonAfterMs = 2_000;

/**
 * Runs an opened workflow to its end: ask the machine what it wants, write that down, do it, write
 * down the answer, tell the machine. Nothing is told before it is written, so a controller that dies
 * here is continued by another from the records alone.
 */
export function drive<S extends Steps>(
  workflow: Workflow<S>,
  steps: StepFunctions<S>,
  uid: string,
  world: DriveWorld,
  signal: AbortSignal,
): Driving {
  const inbox = new Inbox<Message>();
  // The schemas that each step's values pass are the workflow's own, so the types agree by construction.
  const run = new Run(workflow, steps as unknown as AnySteps, uid, world, signal, inbox);
  return {
    end: run.toItsEnd(),
    say: (event, who, why) =>
      new Promise((heard, unheard) => {
        if (run.isOver) unheard(overBefore(uid));
        else inbox.put({ kind: 'said', event, who, why, heard, unheard });
      }),
  };
}

type AnySteps = { readonly [name: string]: AnyStep };

type Message =
  | { readonly kind: 'answer'; readonly step: string; readonly to: number; readonly answer: Answer }
  | {
      readonly kind: 'said';
      readonly event: string;
      readonly who: string;
      readonly why: string;
      readonly heard: (heard: Heard) => void;
      readonly unheard: (error: unknown) => void;
    }
  | { readonly kind: 'due' }
  | { readonly kind: 'failed'; readonly error: unknown };

class Run {
  readonly #workflow: Workflow;
  readonly #steps: AnySteps;
  readonly #uid: string;
  readonly #world: DriveWorld;
  readonly #book: RunBook;
  readonly #signal: AbortSignal;
  readonly #inbox: Inbox<Message>;
  /** Nothing that is said is heard any more. */
  isOver = false;
  readonly #running = new Map<number, { step: string; abort: AbortController; done: Promise<void> }>();

  constructor(
    workflow: Workflow,
    steps: AnySteps,
    uid: string,
    world: DriveWorld,
    signal: AbortSignal,
    inbox: Inbox<Message>,
  ) {
    this.#workflow = workflow;
    this.#steps = steps;
    this.#uid = uid;
    this.#world = world;
    this.#book = new RunBook(workflow.name, uid, world);
    this.#signal = signal;
    this.#inbox = inbox;
  }

  async toItsEnd(): Promise<End> {
    mustBeSound(this.#workflow);
    const kept = await this.#world.journal.read(this.#uid);
    if (kept === null) throw new BatonError('run-unknown', `there is no run ${this.#uid} in the journal`);
    this.#book.recall(kept.opening, kept.records);
    const past = kept.records.find((record) => record.kind === 'ended');
    if (past !== undefined) {
      this.#hearNoMore();
      return past;
    }
    try {
      let folding = begin(this.#workflow, kept.opening.input);
      for (const record of kept.records) folding = absorbEntry(folding, this.#understood(record));
      if (kept.records.length > 0) folding = await this.#resume(folding);
      return await this.#follow(folding);
    } catch (error) {
      if (error instanceof Divergence) return await this.#letGo(kept.opening, error);
      throw error;
    } finally {
      this.#hearNoMore();
      for (const { abort } of this.#running.values())
        abort.abort(new Error('this controller lets go of the run'));
      // Whoever continues it must not meet our own acts, still on their way.
      if (!this.#signal.aborted) await Promise.all([...this.#running.values()].map(({ done }) => done));
    }
  }

  /** A record that an older build wrote may mean something else to this one, or nothing. */
  #understood(record: JournalRecord): JournalRecord {
    if (record.kind !== 'answered' || record.answer.kind !== 'ok') return record;
    const read = this.#workflow.steps[record.step]?.output.safeParse(record.answer.value);
    if (read === undefined) throw new Divergence(`there is no step "${record.step}"`);
    if (!read.success)
      throw new Divergence(`the answer of "${record.step}" does not fit: ${firstIssue(read.error)}`);
    return { ...record, answer: { kind: 'ok', value: read.data } };
  }

  async #resume(folding: Folding): Promise<Folding> {
    this.#book.resumedAt = this.#world.clock.now();
    const because = `a controller continues this ${this.#workflow.name} in ${stateOf(folding)}`;
    this.#book.say(asSentence(because), {});
    return this.#absorb(folding, { kind: 'resumed', because });
  }

  async #follow(begun: Folding): Promise<End> {
    let folding = begun;
    while (folding.snapshot.status === 'active') {
      this.#book.mustBeOurs(this.#signal);
      await this.#leaveAbandoned(folding);
      folding = await this.#setTimers(folding);
      for (const want of folding.wants.values()) {
        if (want.asked === null) folding = await this.#ask(folding, want);
      }
      const message = await this.#nextMessage(folding);
      this.#book.mustBeOurs(this.#signal);
      folding = await this.#hear(folding, message);
    }
    await this.#leaveAbandoned(folding);
    for (let late = this.#inbox.take(); late !== undefined; late = this.#inbox.take()) {
      if (late.kind === 'answer') folding = await this.#hear(folding, late);
      if (late.kind === 'said') late.unheard(overBefore(this.#uid));
    }
    return this.#conclude(stateOf(folding), sentenceOf(folding), folding.snapshot.output ?? null);
  }

  async #hear(folding: Folding, message: Message): Promise<Folding> {
    switch (message.kind) {
      case 'answer': {
        this.#running.delete(message.to);
        const { step, to, answer } = message;
        const record = await this.#book.append({ kind: 'answered', step, to, answer });
        this.#book.sayAnswer(record, answer);
        return absorbEntry(folding, record);
      }
      case 'said':
        return this.#hearWord(folding, message);
      case 'due': {
        const now = this.#world.clock.now();
        let fired = folding;
        for (const { id, due } of folding.timers.values()) {
          if (due !== null && due <= now && fired.timers.has(id))
            fired = await this.#absorb(fired, { kind: 'fired', id });
        }
        return fired;
      }
      case 'failed':
        throw message.error;
    }
  }

  async #hearWord(folding: Folding, word: Extract<Message, { kind: 'said' }>): Promise<Folding> {
    const { event, who, why, heard, unheard } = word;
    try {
      const because = whyNotTaken(folding, word);
      if (because !== null) {
        heard({ taken: false, state: stateOf(folding), because: because || sentenceOf(folding) });
        return folding;
      }
      this.#book.say(`${who} said ${event}: ${why}`, {});
      const record = await this.#book.append({ kind: 'said', event, who, why });
      const told = absorbEntry(folding, record);
      heard({ taken: true, seq: record.seq, state: stateOf(told), sentence: sentenceOf(told) });
      return told;
    } catch (error) {
      unheard(error);
      throw error;
    }
  }

  #hearNoMore(): void {
    this.isOver = true;
    for (let left = this.#inbox.take(); left !== undefined; left = this.#inbox.take())
      if (left.kind === 'said') left.unheard(overBefore(this.#uid));
  }

  async #ask(folding: Folding, want: Want): Promise<Folding> {
    const shape = this.#workflow.steps[want.step];
    const perform = this.#steps[want.step];
    if (shape === undefined || perform === undefined) {
      throw new BatonError(
        'step-missing',
        `${this.#workflow.name} asks for "${want.step}", which nobody supplied`,
      );
    }
    const [state, sentence] = [stateOf(folding), sentenceOf(folding)];
    const input = shape.input.safeParse(want.input);
    if (!input.success && this.#book.resumedAt !== null)
      throw new Divergence(`"${want.step}" cannot be asked: ${firstIssue(input.error)}`);
    this.#book.say(sentence, { step: want.step, state });
    const record = await this.#book.append({
      kind: 'asked',
      step: want.step,
      state,
      sentence,
      input: input.success ? input.data : want.input,
    });
    const abort = new AbortController();
    const context = this.#book.contextFor(want.step, AbortSignal.any([abort.signal, this.#signal]));
    const done = performed(perform, { shape, input: want.input, context, stopping: this.#signal }).then(
      (answer) => this.#inbox.put({ kind: 'answer', step: want.step, to: record.seq, answer }),
      (error: unknown) => this.#inbox.put({ kind: 'failed', error }),
    );
    this.#running.set(record.seq, { step: want.step, abort, done });
    return absorbEntry(folding, record);
  }

  /** Steps whose state was left are aborted; one that does not end in time is recorded as abandoned. */
  async #leaveAbandoned(folding: Folding): Promise<void> {
    for (const [to, { step, abort, done }] of this.#running) {
      if (!folding.left.has(to)) continue;
      abort.abort(new Error('the machine has left the state that asked'));
      const ended = await this.#within(abandonAfterMs, done);
      this.#running.delete(to);
      if (ended) continue;
      await this.#book.append({
        kind: 'abandoned',
        step,
        to,
        because: 'the machine left the state; what was done is looked up on the servers',
      });
    }
  }

  /** Whether it was done within the time. */
  async #within(milliseconds: number, done: Promise<void>): Promise<boolean> {
    const stop = new AbortController();
    const time = this.#world.clock.sleep(milliseconds, AbortSignal.any([stop.signal, this.#signal]));
    try {
      return await Promise.race([done.then(() => true), time.then(() => false)]);
    } finally {
      stop.abort(new Error('it was done in time'));
    }
  }

  async #setTimers(folding: Folding): Promise<Folding> {
    let timed = folding;
    for (const timer of folding.timers.values()) {
      if (timer.due !== null) continue;
      timed = await this.#absorb(timed, {
        kind: 'timer',
        id: timer.id,
        due: this.#world.clock.now() + timer.delayMs,
      });
    }
    return timed;
  }

  async #nextMessage(folding: Folding): Promise<Message> {
    const first = earliest(folding.timers);
    if (first === null) await this.#inbox.arrival(this.#signal);
    else await this.#arrivalUntil(first);
    return this.#inbox.take() ?? { kind: 'due' };
  }

  async #arrivalUntil(date: number): Promise<void> {
    const stop = new AbortController();
    const either = AbortSignal.any([stop.signal, this.#signal]);
    const { clock } = this.#world;
    try {
      await Promise.race([this.#inbox.arrival(either), clock.sleep(Math.max(0, date - clock.now()), either)]);
    } finally {
      stop.abort(new Error('something came first'));
    }
  }

  async #letGo(opening: Opening, error: Divergence): Promise<End> {
    const because = `this build cannot continue what another began: ${error.message}`;
    this.#book.say(asSentence(because), {}, 'warn');
    let stands: string;
    try {
      stands =
        (await this.#world.settle?.(opening.input, this.#book.contextFor(interrupted, this.#signal))) ?? '';
    } catch (failure) {
      this.#book.mustBeOurs(this.#signal);
      stands = `what was still owed could not be done: ${messageOf(failure)}`;
    }
    const sentence = stands === '' ? 'Nothing more was done.' : asSentence(stands);
    return this.#conclude(interrupted, sentence, { reason: because });
  }

  async #conclude(state: string, sentence: string, output: unknown): Promise<End> {
    await this.#book.append({ kind: 'ended', state, sentence, output });
    const reason = reasonIn(output);
    const isGrave = state === interrupted || this.#workflow.grave?.includes(state) === true;
    // Whoever is woken by a warning reads nothing but that line.
    const isKnown = reason === null || state === interrupted || (!isGrave && this.#book.hasJustSaid(reason));
    const words = isKnown ? sentence : `${sentence} ${asSentence(reason)}`;
    this.#book.say(words, { state }, isGrave ? 'warn' : 'tell');
    return { state, sentence, output };
  }

  async #absorb(folding: Folding, entry: Entry): Promise<Folding> {
    return absorbEntry(folding, await this.#book.append(entry));
  }
}

function overBefore(uid: string): BatonError {
  return new BatonError(
    'run-ended',
    `run ${uid} does not go on here any more, so nothing that is said reaches it`,
  );
}

/** Why it ended as it did, where the machine's output says so. */
function reasonIn(output: unknown): string | null {
  const reason = (output as { reason?: unknown } | null)?.reason;
  return typeof reason === 'string' ? reason : null;
}

function earliest(timers: ReadonlyMap<string, Timer>): number | null {
  let first: number | null = null;
  for (const { due } of timers.values()) if (due !== null && (first === null || due < first)) first = due;
  return first;
}
