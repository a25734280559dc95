import type { z } from 'zod';
import type { Step, Steps, Workflow } from '../../workflows/step.ts';
import type { Clock } from '../kernel/clock.ts';
import { BatonError, messageOf } from '../kernel/errors.ts';
import { actsOf } from './acts.ts';
import {
  absorbEntry,
  begin,
  Divergence,
  type Folding,
  sentenceOf,
  stateOf,
  type Timer,
  type Want,
} from './fold.ts';
import { Inbox } from './inbox.ts';
import { ledgerOf } from './ledger.ts';
import type { Journal, Lease, Opening, Servers, Teller } from './ports.ts';
import type { Answer, Entry, JournalRecord } from './record.ts';
import { Refused, type StepContext } from './step-context.ts';
import { mustBeSound } from './sound.ts';
import { asSentence, told } from './telling.ts';

/** What does a workflow's steps: a function for each, by the workflow's own names and types. */
export type StepFunctions<S extends Steps> = {
  readonly [Name in keyof S]: (
    input: z.output<S[Name]['input']>,
    context: StepContext,
  ) => Promise<z.input<S[Name]['output']> | Refused>;
};

export interface DriveWorld {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly lease: Lease;
  readonly teller: Teller;
  readonly servers: Servers;
  /** Bounds the look before each act. */
  readonly lookTimeoutMs: number;
  /**
   * Does what is owed when this build cannot continue a run that an earlier one began: its post hooks.
   * Answers how things stand, for whoever must look after them.
   */
  readonly settle?: (input: unknown, context: StepContext) => Promise<string>;
}

/** A run in progress. */
export interface Driving {
  /** Resolves when the run has ended and the journal says so; rejects when this controller must let go of it. */
  readonly end: Promise<End>;
  /** Takes a person's word to the machine, journalled first. */
  say(event: string, who: string, why: string): void;
}

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
  return { end: run.toItsEnd(), say: (event, who, why) => inbox.put({ kind: 'said', event, who, why }) };
}

type AnySteps = { readonly [name: string]: (input: unknown, context: StepContext) => Promise<unknown> };

type Message =
  | { readonly kind: 'answer'; readonly step: string; readonly to: number; readonly answer: Answer }
  | { readonly kind: 'said'; readonly event: string; readonly who: string; readonly why: string }
  | { readonly kind: 'due' }
  | { readonly kind: 'failed'; readonly error: unknown };

class Run {
  readonly #workflow: Workflow;
  readonly #steps: AnySteps;
  readonly #uid: string;
  readonly #world: DriveWorld;
  readonly #signal: AbortSignal;
  readonly #inbox: Inbox<Message>;
  readonly #records: JournalRecord[] = [];
  readonly #running = new Map<number, { step: string; abort: AbortController; done: Promise<void> }>();
  #resumedAt: number | null = null;
  #lastSaid = '';

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
    this.#signal = signal;
    this.#inbox = inbox;
  }

  async toItsEnd(): Promise<End> {
    mustBeSound(this.#workflow);
    const kept = await this.#world.journal.read(this.#uid);
    if (kept === null) throw new BatonError('run-unknown', `there is no run ${this.#uid} in the journal`);
    this.#records.push(...kept.records);
    const past = kept.records.at(-1);
    if (past?.kind === 'ended') return past;
    try {
      let folding = begin(this.#workflow, kept.opening.input);
      for (const record of kept.records) folding = absorbEntry(folding, this.#understood(record));
      if (kept.records.length > 0) folding = await this.#resume(folding);
      return await this.#follow(folding);
    } catch (error) {
      if (error instanceof Divergence) return await this.#letGo(kept.opening, error);
      throw error;
    } finally {
      for (const { abort } of this.#running.values()) abort.abort();
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
    this.#resumedAt = this.#world.clock.now();
    const because = `a controller continues this ${this.#workflow.name} in ${stateOf(folding)}`;
    this.#say(asSentence(because), {});
    return this.#absorb(folding, { kind: 'resumed', because });
  }

  async #follow(begun: Folding): Promise<End> {
    let folding = begun;
    while (folding.snapshot.status === 'active') {
      this.#mustHoldLease();
      await this.#leaveAbandoned(folding);
      folding = await this.#setTimers(folding);
      for (const want of folding.wants.values()) {
        if (want.asked === null) folding = await this.#ask(folding, want);
      }
      const message = await this.#nextMessage(folding);
      this.#mustHoldLease();
      folding = await this.#hear(folding, message);
    }
    await this.#leaveAbandoned(folding);
    for (let late = this.#inbox.take(); late?.kind === 'answer'; late = this.#inbox.take())
      folding = await this.#hear(folding, late);
    return this.#conclude(stateOf(folding), sentenceOf(folding), folding.snapshot.output ?? null);
  }

  async #hear(folding: Folding, message: Message): Promise<Folding> {
    switch (message.kind) {
      case 'answer': {
        this.#running.delete(message.to);
        const { step, to, answer } = message;
        const record = await this.#append({ kind: 'answered', step, to, answer });
        this.#sayAnswer(record, answer);
        return absorbEntry(folding, record);
      }
      case 'said': {
        const { event, who, why } = message;
        return this.#absorb(folding, { kind: 'said', event, who, why });
      }
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

  #sayAnswer(record: JournalRecord, { kind }: Answer): void {
    const sentence = told(record, this.#records);
    if (sentence !== null) this.#say(sentence, {}, kind === 'ok' ? 'tell' : 'warn');
  }

  #say(sentence: string, fields: Readonly<Record<string, unknown>>, how: 'tell' | 'warn' = 'tell'): void {
    this.#lastSaid = sentence;
    this.#world.teller[how](sentence, { ...this.#fields(), ...fields });
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
    if (!input.success && this.#resumedAt !== null)
      throw new Divergence(`"${want.step}" cannot be asked: ${firstIssue(input.error)}`);
    this.#say(sentence, { step: want.step, state });
    const record = await this.#append({
      kind: 'asked',
      step: want.step,
      state,
      sentence,
      input: input.success ? input.data : want.input,
    });
    const abort = new AbortController();
    const context = this.#context(want.step, AbortSignal.any([abort.signal, this.#signal]));
    const done = this.#perform(perform, shape, want.input, context).then(
      (answer) => this.#inbox.put({ kind: 'answer', step: want.step, to: record.seq, answer }),
      (error: unknown) => this.#inbox.put({ kind: 'failed', error }),
    );
    this.#running.set(record.seq, { step: want.step, abort, done });
    return absorbEntry(folding, record);
  }

  async #perform(
    perform: (input: unknown, context: StepContext) => Promise<unknown>,
    shape: Step,
    input: unknown,
    context: StepContext,
  ): Promise<Answer> {
    try {
      const value = await perform(parsed(shape.input, input, 'was asked'), context);
      if (value instanceof Refused) return { kind: 'refused', code: value.code, because: value.because };
      return { kind: 'ok', value: parsed(shape.output, value, 'answered') };
    } catch (error) {
      // Whoever lost the right to act, or is being stopped, must not tell the machine anything.
      if (this.#signal.aborted) throw this.#signal.reason;
      const code = error instanceof BatonError ? error.code : 'act-failed';
      if (code === 'lease-lost') throw error;
      return { kind: 'error', code, because: messageOf(error) };
    }
  }

  /** Steps whose state was left are aborted; one that does not end in time is recorded as abandoned. */
  async #leaveAbandoned(folding: Folding): Promise<void> {
    for (const [to, { step, abort, done }] of this.#running) {
      if (!folding.left.has(to)) continue;
      abort.abort(new Error('the machine has left the state that asked'));
      const ended = await this.#within(abandonAfterMs, done);
      this.#running.delete(to);
      if (ended) continue;
      await this.#append({
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
    this.#say(asSentence(because), {}, 'warn');
    let stands: string;
    try {
      stands = (await this.#world.settle?.(opening.input, this.#context(interrupted, this.#signal))) ?? '';
    } catch (failure) {
      this.#mustHoldLease();
      stands = `what was still owed could not be done: ${messageOf(failure)}`;
    }
    const sentence = stands === '' ? 'Nothing more was done.' : asSentence(stands);
    return this.#conclude(interrupted, sentence, { reason: because });
  }

  async #conclude(state: string, sentence: string, output: unknown): Promise<End> {
    await this.#append({ kind: 'ended', state, sentence, output });
    const reason = reasonIn(output);
    const isKnown = reason === null || state === interrupted || this.#lastSaid.includes(reason);
    this.#say(isKnown ? sentence : `${sentence} ${asSentence(reason)}`, { state });
    return { state, sentence, output };
  }

  #context(step: string, signal: AbortSignal): StepContext {
    const { clock, teller, servers, lease, lookTimeoutMs } = this.#world;
    const fields = { ...this.#fields(), step };
    const telling: Teller = {
      tell: (sentence, more) => teller.tell(sentence, { ...fields, ...more }),
      warn: (sentence, more) => teller.warn(sentence, { ...fields, ...more }),
    };
    const append = (entry: Entry) => this.#append(entry);
    const history = () => this.#records;
    return {
      uid: this.#uid,
      signal,
      clock,
      teller: telling,
      acts: actsOf({ step, servers, lease, teller: telling, lookTimeoutMs, signal, append }),
      ledger: ledgerOf({ uid: this.#uid, history, append, now: () => clock.now() }),
      history,
      resumedAt: this.#resumedAt,
    };
  }

  async #absorb(folding: Folding, entry: Entry): Promise<Folding> {
    return absorbEntry(folding, await this.#append(entry));
  }

  async #append(entry: Entry): Promise<JournalRecord> {
    const { journal, clock, lease } = this.#world;
    const record = await journal.append(this.#uid, entry, clock.now(), lease.token);
    this.#records.push(record);
    return record;
  }

  #mustHoldLease(): void {
    if (this.#signal.aborted) throw this.#signal.reason;
    if (this.#world.lease.remainingMs() > 0) return;
    throw new BatonError(
      'lease-lost',
      `the lease ran out during ${this.#workflow.name} ${this.#uid}; nothing more was done`,
    );
  }

  #fields(): Record<string, unknown> {
    return { [this.#workflow.name]: this.#uid };
  }
}

function parsed(schema: z.ZodType, value: unknown, what: string): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new BatonError(
    'step-broke-its-word',
    `it ${what} with a value that its schema does not allow: ${firstIssue(result.error)}`,
  );
}

function firstIssue({ issues: [issue] }: z.ZodError): string {
  return `${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim();
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
