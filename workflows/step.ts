import { type AnyStateMachine, fromPromise, type PromiseActorLogic } from 'xstate';
import type { z } from 'zod';

/**
 * One thing that a machine may ask for: what it is given and what it answers, each with a schema
 * that is applied both when it is written in the journal and when it is read from there.
 */
export interface Step<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  readonly input: Input;
  readonly output: Output;
}

export function step<Input extends z.ZodType, Output extends z.ZodType>(
  input: Input,
  output: Output,
): Step<Input, Output> {
  return { input, output };
}

export type Steps = { readonly [name: string]: Step };

/** A machine together with the steps it names: everything the engine needs to know of it. */
export interface Workflow<S extends Steps = Steps> {
  readonly name: string;
  readonly machine: AnyStateMachine;
  readonly steps: S;
  /** Final states that a person should hear of; the log warns of them. */
  readonly grave?: readonly string[];
}

/**
 * What a machine hears in `onError`. A refusal is an expected no, with its reason; an error is what
 * should not have happened. `code` tells a veto from a lost lease from a crash.
 */
export interface StepFailure {
  readonly kind: 'refused' | 'error';
  readonly code: string;
  readonly because: string;
}

type ActorsOf<S extends Steps> = {
  [Name in keyof S]: PromiseActorLogic<z.output<S[Name]['output']>, z.input<S[Name]['input']>>;
};

/** Declares a machine's steps to XState by name. The machine never runs them: the engine does. */
export function actorsOf<S extends Steps>(steps: S): ActorsOf<S> {
  const names = Object.keys(steps).map((name) => [
    name,
    fromPromise(async () => {
      throw new Error(`step "${name}" is run by the engine, not by XState`);
    }),
  ]);
  // The entries above are built from the same names, which TypeScript cannot follow.
  return Object.fromEntries(names) as ActorsOf<S>;
}

/** Reads the failure out of an `onError` event. */
export function failureOf({ event }: { event: { error: unknown } }): StepFailure {
  // Only the engine sends these events, and it sends StepFailure.
  return event.error as StepFailure;
}

/** For `onError` transitions that treat an expected no otherwise than a mishap. */
export function wasRefused(args: { event: { error: unknown } }): boolean {
  return failureOf(args).kind === 'refused';
}
