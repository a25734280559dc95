import type { JournalRecord } from '../engine/record.ts';

/** A part of a run that has an end: a step, or a run of a hook. Milliseconds since 1970. */
export interface Span {
  readonly uid: string;
  readonly kind: 'step' | 'hook' | 'command';
  /** The step’s name, the hook’s stage, or the command’s key. */
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** `ok`, `refused`, `error`, `abandoned` of a step; the class of a hook. */
  readonly outcome: string;
  /** One sentence where it did not end well. */
  readonly because: string | null;
}

/** Finds the beginning of each end in the records of the runs that go on. */
export class Spans {
  readonly #begun = new Map<string, Map<number, Pick<Span, 'kind' | 'name' | 'from'>>>();

  /** The span that ends with this record; null where none does. */
  take(uid: string, record: JournalRecord): Span | null {
    const begun = this.#begunOf(uid);
    const { seq, at } = record;
    switch (record.kind) {
      case 'asked':
        begun.set(seq, { kind: 'step', name: record.step, from: at });
        return null;
      case 'hook':
        begun.set(seq, { kind: 'hook', name: record.stage, from: at });
        return null;
      case 'command':
        begun.set(seq, { kind: 'command', name: record.name, from: at });
        return null;
      case 'answered': {
        const { answer } = record;
        const because = answer.kind === 'ok' ? null : answer.because;
        return this.#ended(uid, record.to, { to: at, outcome: answer.kind, because });
      }
      case 'abandoned':
        return this.#ended(uid, record.to, { to: at, outcome: 'abandoned', because: record.because });
      case 'hooked':
        return this.#ended(uid, record.run, {
          to: at,
          outcome: record.class,
          because: record.outcome.because,
        });
      case 'commanded': {
        const { ended, exitCode, because } = record.outcome;
        const outcome = ended === 'exited' && exitCode === 0 ? 'ok' : 'failure';
        return this.#ended(uid, record.run, { to: at, outcome, because });
      }
      case 'ended':
        this.#begun.delete(uid);
        return null;
      default:
        return null;
    }
  }

  #begunOf(uid: string): Map<number, Pick<Span, 'kind' | 'name' | 'from'>> {
    const begun = this.#begun.get(uid) ?? new Map();
    this.#begun.set(uid, begun);
    return begun;
  }

  /** Null where it began in another life of the controller, or has ended already. */
  #ended(uid: string, seq: number, end: Pick<Span, 'to' | 'outcome' | 'because'>): Span | null {
    const begun = this.#begunOf(uid);
    const from = begun.get(seq);
    begun.delete(seq);
    return from === undefined ? null : { uid, ...from, ...end };
  }
}
