import type { ErrorCode } from '../kernel/errors.ts';
import type { Store } from './sqlite-store.ts';

/** What travels between the journal and its thread. */

/** Whether a state file is written to as a journal, filled with another one, or only read. */
export type FileUse = 'write' | 'fill' | 'read';

export interface Asked {
  readonly id: number;
  readonly verb: keyof Store;
  readonly args: readonly unknown[];
}

/** What was asked in one turn, in its order. `close` comes last: the thread answers what came before, frees the file and ends. */
export type Message = readonly (Asked | 'close')[];

/** A BatonError on its way between threads, where an object loses its class. */
export interface Failure {
  readonly code: ErrorCode;
  readonly message: string;
}

export type Reply =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly failure: Failure };

/** The thread's first word: the file is open, or why it is not. All later ones are lists of replies. */
export type Greeting = 'open' | Failure;
