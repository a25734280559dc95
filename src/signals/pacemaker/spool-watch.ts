import { createHash } from 'node:crypto';
import type { Teller } from '../../engine/ports.ts';
import type { Clock } from '../../kernel/clock.ts';
import { messageOf } from '../../kernel/errors.ts';
import { ToldBefore } from '../../protocols/pacemaker/same-signal.ts';
import type { Signal } from '../../protocols/pacemaker/signals.ts';
import { putAside, readSpool, type Spooled, taken } from './spool.ts';

const lookEveryMs = 200;
/** What could not be put on record is told again after so long. */
const againAfterMs = 10_000;

/**
 * Tells what agents leave in their spool. A file goes when what it told is on record, and not before, so a life that ends in between
 * leaves it to the next one; `identity` is the same then.
 */
export class SpoolWatch {
  readonly #directory: string;
  readonly #told: (signal: Signal, identity: string) => Promise<boolean>;
  readonly #clock: Clock;
  readonly #teller: Teller;
  readonly #before = new ToldBefore();
  /** Files that were told and are still there: when they are to be told again, in milliseconds since 1970; never while they are in hand. */
  readonly #againAt = new Map<string, number>();
  readonly #done = new Set<string>();
  #fault: string | null = null;

  constructor(options: {
    directory: string;
    /** Resolves with whether it is on record. */
    told: (signal: Signal, identity: string) => Promise<boolean>;
    clock: Clock;
    teller: Teller;
  }) {
    this.#directory = options.directory;
    this.#told = options.told;
    this.#clock = options.clock;
    this.#teller = options.teller;
  }

  /** Until the signal ends it. Never rejects. */
  async live(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#look().catch((error: unknown) => this.#fail(messageOf(error)));
      await this.#clock.sleep(lookEveryMs, signal).catch(() => {});
    }
    await this.#takeDone().catch((error: unknown) => this.#fail(messageOf(error)));
  }

  async #look(): Promise<void> {
    await this.#takeDone();
    const { spooled, refused } = await readSpool(this.#directory);
    this.#fault = null;
    for (const { file, because } of refused) {
      await putAside(this.#directory, file);
      this.#teller.warn(`${this.#directory}/${file} was put aside: ${because}`, {});
    }
    for (const one of spooled) this.#hear(one);
    await this.#takeDone();
  }

  #hear({ file, signal }: Spooled): void {
    const now = this.#clock.now();
    const againAt = this.#againAt.get(file) ?? null;
    if (againAt === null ? this.#before.isRepeated(signal, now) : false) this.#done.add(file);
    else if (againAt === null || againAt <= now) void this.#tell(file, signal);
  }

  async #tell(file: string, signal: Signal): Promise<void> {
    this.#againAt.set(file, Number.POSITIVE_INFINITY);
    const isOnRecord = await this.#told(signal, identityOf(file, signal)).catch(() => false);
    if (isOnRecord) this.#done.add(file);
    else this.#againAt.set(file, this.#clock.now() + againAfterMs);
  }

  async #takeDone(): Promise<void> {
    for (const file of this.#done) {
      await taken(this.#directory, file);
      this.#done.delete(file);
      this.#againAt.delete(file);
    }
  }

  #fail(because: string): void {
    if (this.#fault === because) return;
    this.#fault = because;
    this.#teller.warn(`the spool of Pacemaker's agents cannot be read: ${because}`, {});
  }
}

/** A fencing is the same in every file that tells of it; anything else is what this file says. 64 hexadecimal digits. */
function identityOf(file: string, signal: Signal): string {
  const isNamed = signal.kind === 'fencing' && signal.reference !== null;
  const told = isNamed ? ['fencing', signal.reference] : [file, signal];
  return createHash('sha256').update(JSON.stringify(told)).digest('hex');
}
