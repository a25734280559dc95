import type { FencingLevel } from '../analysis/cost/fencing.ts';
import type { Clock } from '../kernel/clock.ts';
import { BatonError } from '../kernel/errors.ts';
import { whenAborted } from '../kernel/when-aborted.ts';
import { actsOf } from './acts.ts';
import type { Asks } from './asks.ts';
import { ledgerOf } from './ledger.ts';
import type { Journal, Lease, Opening, Publisher, Servers, Teller } from './ports.ts';
import { publicationsOf } from './publications.ts';
import type { Answer, Entry, JournalRecord } from './record.ts';
import type { StepContext } from './step-context.ts';
import { told } from './telling.ts';

export interface DriveWorld {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly lease: Lease;
  readonly teller: Teller;
  readonly servers: Pick<Servers, 'look' | 'act'>;
  /** How sure a run must be that the old primary takes no writes before it makes another one; where none is given, that it was tried. */
  readonly fencingRequired?: FencingLevel;
  /** Who tells the world of primaries; without it nobody does. */
  readonly publisher?: Publisher | null;
  /** Bounds the look before each act. */
  readonly lookTimeoutMs: number;
  /** Where hooks that wait for a person are put; without it nobody can answer for them. */
  readonly asks?: Asks;
  /**
   * Does what is owed when this build cannot continue a run that an earlier one began: its post hooks.
   * Answers how things stand, for whoever must look after them.
   */
  readonly settle?: (input: unknown, context: StepContext) => Promise<string>;
}

/** One run's records as they are written, what its steps are given, and what is said of it. */
export class RunBook {
  readonly #workflow: string;
  readonly #uid: string;
  readonly #world: DriveWorld;
  readonly #records: JournalRecord[] = [];
  readonly #waiting = new Set<() => void>();
  #holds: string | null = null;
  #lastSaid = '';
  /** When this controller continued the run, milliseconds since 1970; null where it began it. */
  resumedAt: number | null = null;

  constructor(workflow: string, uid: string, world: DriveWorld) {
    this.#workflow = workflow;
    this.#uid = uid;
    this.#world = world;
  }

  /** Takes in what was written before this controller took the run up. */
  recall(opening: Opening, records: readonly JournalRecord[]): void {
    this.#holds = opening.exclusive ? opening.subject : null;
    this.#records.push(...records);
  }

  async append(entry: Entry): Promise<JournalRecord> {
    const { journal, clock, lease } = this.#world;
    const record = await journal.append(this.#uid, entry, clock.now(), lease.token);
    this.#records.push(record);
    for (const wake of this.#waiting) wake();
    return record;
  }

  /** Resolves when another record was written; rejects with the signal's reason when that comes first. */
  #next(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const wake = () => {
        this.#waiting.delete(wake);
        rise();
        resolve();
      };
      const rise = whenAborted(signal, () => {
        this.#waiting.delete(wake);
        reject(signal.reason);
      });
      this.#waiting.add(wake);
    });
  }

  say(sentence: string, fields: Readonly<Record<string, unknown>>, how: 'tell' | 'warn' = 'tell'): void {
    this.#lastSaid = sentence;
    this.#world.teller[how](sentence, { ...this.#fields(), ...fields });
  }

  sayAnswer(record: JournalRecord, { kind }: Answer): void {
    const sentence = told(record, this.#records);
    if (sentence !== null) this.say(sentence, {}, kind === 'ok' ? 'tell' : 'warn');
  }

  /** Whether whoever follows the log has just read these words. */
  hasJustSaid(words: string): boolean {
    return this.#lastSaid.includes(words);
  }

  /** Throws the signal's reason, or `lease-lost`, when nothing more may be written or done. */
  mustBeOurs(signal: AbortSignal): void {
    if (signal.aborted) throw signal.reason;
    if (this.#world.lease.remainingMs() > 0) return;
    throw new BatonError(
      'lease-lost',
      `the lease ran out during ${this.#workflow} ${this.#uid}; nothing more was done`,
    );
  }

  contextFor(step: string, signal: AbortSignal): StepContext {
    const { journal, clock, teller, servers, lease, lookTimeoutMs, publisher = null } = this.#world;
    const fields = { ...this.#fields(), step };
    const telling: Teller = {
      tell: (sentence, more) => teller.tell(sentence, { ...fields, ...more }),
      warn: (sentence, more) => teller.warn(sentence, { ...fields, ...more }),
    };
    const append = (entry: Entry) => this.append(entry);
    const history = () => this.#records;
    return {
      uid: this.#uid,
      signal,
      clock,
      lease,
      teller: telling,
      acts: actsOf({
        step,
        servers,
        lease,
        teller: telling,
        lookTimeoutMs,
        signal,
        fencingRequired: this.#world.fencingRequired ?? 'attempted',
        history,
        append,
      }),
      ledger: ledgerOf({
        uid: this.#uid,
        holds: this.#holds,
        journal,
        clock,
        history,
        append,
        next: (stop) => this.#next(stop),
        asks: this.#world.asks ?? new Set(),
      }),
      publications:
        publisher === null
          ? null
          : publicationsOf({
              uid: this.#uid,
              step,
              publisher,
              clock,
              lease,
              teller: telling,
              signal,
              history,
              append,
            }),
      history,
      resumedAt: this.resumedAt,
    };
  }

  #fields(): Record<string, unknown> {
    return { [this.#workflow]: this.#uid };
  }
}
