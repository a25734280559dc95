import type { Clock } from '../kernel/clock.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';
import type { Observation } from '../topology/observation.ts';
import type { Kept } from './plan.ts';
import type { HookLedger, Lease, Order, Teller } from './ports.ts';
import type { Publications } from './publications.ts';
import type { JournalRecord } from './record.ts';

/** What a step is given besides its input. */
export interface StepContext {
  /** The run's uid. */
  readonly uid: string;
  /** Aborted when the machine leaves the state that asked. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** The right to act, of whoever carries this run out now. */
  readonly lease: Lease;
  /** Tells with the run's and the step's names already in the fields. */
  readonly teller: Teller;
  readonly acts: Acts;
  readonly ledger: HookLedger;
  /** Null where nobody tells the world of primaries. */
  readonly publications: Publications | null;
  /** Everything the journal holds of this run so far. */
  readonly history: () => readonly JournalRecord[];
  /** When a controller last continued this run, milliseconds since 1970; null if it never was interrupted. */
  readonly resumedAt: number | null;
}

/** What became of one act. A failed one has the server's own words. */
export interface ActResult {
  readonly outcome: 'done' | 'skipped' | 'failed';
  readonly because: string | null;
  /** The server as it was looked at before the act; null where it did not answer. */
  readonly seen: Observation | null;
}

export interface Acts {
  /**
   * Looks at the server, writes the act and what an undo needs, does it, writes what came of it. A
   * server that is already as wanted is left alone. Throws only when the right to act is lost.
   *
   * One that would lose what it has received and not applied fails instead, untouched (P4), unless that is in
   * `kept`: what the successor has, or what is given up knowingly. Where `kept` is not given, the source that the
   * server would ask again is looked at.
   *
   * `seen` is a look that the step has taken this very moment, and that is not taken again.
   */
  perform(
    order: Order,
    known?: { readonly kept?: Kept | null; readonly seen?: Observation | undefined },
  ): Promise<ActResult>;
  /**
   * Several orders to one server, with one look before the first of them, and all of them written down by then: where nobody
   * takes writes meanwhile, the disk and the network are waited for once. Nothing is tried after one that failed.
   */
  performInTurn(
    instance: InstanceKey,
    orders: readonly Order[],
    known?: { readonly seen?: Observation | undefined },
  ): Promise<readonly ActResult[]>;
}

/** A step's expected no. */
export class Refused {
  readonly code: string;
  readonly because: string;
  constructor(code: string, because: string) {
    this.code = code;
    this.because = because;
  }
}

export function refuse(code: string, because: string): Refused {
  return new Refused(code, because);
}
