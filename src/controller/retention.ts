import type { Config } from '../config/keys.ts';
import type { Journal, Opening, Teller } from '../engine/ports.ts';
import type { Archive, RunHead } from '../journal/archive.ts';
import type { Clock } from '../kernel/clock.ts';
import { messageOf } from '../kernel/errors.ts';
import { recoveryUidOf } from '../steps/hook-facts.ts';

/** How often the journal is looked through for what is old, and how soon after the start. */
const everyMs = 3_600_000;
const firstMs = 60_000;
/** Runs that are looked at, and left out, at one moment; whoever writes meanwhile waits for no more than that. */
const slice = 50;
/** Between two slices. */
const restMs = 200;
/** The newest so many of each workflow of a cluster stay, however old: as many as whoever weighs the past looks at. */
const stayOfEach = 20;

/** How long a run stays after its end: never less than any gate looks back. */
export function keptMsOf(config: Config): number {
  if (config.JournalRetentionDays === 0) return Number.POSITIVE_INFINITY;
  return Math.max(
    config.JournalRetentionDays * 86_400_000,
    config.RecoveryPeriodBlockSeconds * 1_000,
    config.FailureDetectionPeriodBlockMinutes * 60_000,
    config.BrakeWindowSeconds * 1_000,
  );
}

/** Leaves old runs out of the journal, little by little, for as long as the controller leads. */
export class Retention {
  readonly #journal: Pick<Journal, 'list' | 'unfinished'> & Archive;
  readonly #clock: Clock;
  readonly #teller: Teller;
  readonly #keptMs: number;
  readonly #token: () => number | null;

  constructor(options: {
    journal: Pick<Journal, 'list' | 'unfinished'> & Archive;
    clock: Clock;
    teller: Teller;
    /** After its end. Infinite for ever. */
    keptMs: number;
    /** Null while another leads. */
    token: () => number | null;
  }) {
    this.#journal = options.journal;
    this.#clock = options.clock;
    this.#teller = options.teller;
    this.#keptMs = options.keptMs;
    this.#token = options.token;
  }

  /** Until the signal ends it; never rejects. */
  async live(signal: AbortSignal): Promise<void> {
    if (this.#keptMs === Number.POSITIVE_INFINITY) return;
    for (let waitMs = firstMs; !signal.aborted; waitMs = everyMs) {
      await this.#clock.sleep(waitMs, signal).catch(() => {});
      if (signal.aborted || this.#token() === null) continue;
      await this.pass(signal).catch((error: unknown) => {
        if (!signal.aborted)
          this.#teller.warn(`old runs could not be left out of the journal: ${messageOf(error)}`, {});
      });
    }
  }

  /** Once through all that is old. Gives how many runs were left out. */
  async pass(signal: AbortSignal): Promise<number> {
    const before = this.#clock.now() - this.#keptMs;
    const stay = new Staying(this.#journal, await this.#named());
    let leftOut = 0;
    for (let after = 0; ; ) {
      const heads = await this.#journal.heads(after, slice);
      const old: string[] = [];
      for (const head of heads)
        if (head.endedAt !== null && head.endedAt < before && !(await stay.has(head))) old.push(head.uid);
      const token = this.#token();
      if (token === null) break;
      if (old.length > 0) await this.#journal.leaveOut(old, this.#clock.now(), token);
      leftOut += old.length;
      const last = heads.at(-1);
      // What was begun later has not ended before.
      if (last === undefined || last.at >= before) break;
      after = last.number;
      await this.#clock.sleep(restMs, signal);
    }
    if (leftOut > 0) this.#teller.tell(`${leftOut} old runs were left out of the journal`, {});
    return leftOut;
  }

  /** The uids that a run which goes on, or something that is remembered, speaks of. */
  async #named(): Promise<ReadonlySet<string>> {
    const [facts, going] = await Promise.all([this.#journal.facts(), this.#journal.unfinished()]);
    return new Set([
      ...facts.flatMap(({ name, value }) => [...uidsIn(name), ...uidsIn(value)]),
      ...going.flatMap((opening: Opening) => [...uidsIn(opening.uid), ...uidsIn(opening.input)]),
    ]);
  }
}

/** What stays though it is old. */
class Staying {
  readonly #journal: Pick<Journal, 'list'>;
  readonly #named: ReadonlySet<string>;
  readonly #newest = new Map<string, ReadonlySet<string>>();

  constructor(journal: Pick<Journal, 'list'>, named: ReadonlySet<string>) {
    this.#journal = journal;
    this.#named = named;
  }

  async has({ uid, subject, workflow }: RunHead): Promise<boolean> {
    if (this.#named.has(recoveryUidOf(uid))) return true;
    const key = JSON.stringify([subject, workflow]);
    const newest = this.#newest.get(key) ?? (await this.#newestOf(subject, workflow));
    this.#newest.set(key, newest);
    return newest.has(uid);
  }

  async #newestOf(subject: string, workflow: string): Promise<ReadonlySet<string>> {
    const runs = await this.#journal.list({ subject, workflow, limit: stayOfEach });
    return new Set(runs.map(({ opening }) => opening.uid));
  }
}

function uidsIn(value: unknown): readonly string[] {
  return JSON.stringify(value)?.match(/\d+:[0-9a-f]+/g) ?? [];
}
