import type { HookRunner } from '../hooks/runner.ts';
import type { Clock } from '../kernel/clock.ts';
import type { SoleJournal, Teller } from '../engine/ports.ts';

/**
 * One life of a controller. When it is cut the controller is dead at once: what it had begun in the
 * world goes on, but no answer ever comes back to it, and nothing that it says is heard. While it is
 * paused, as by SIGSTOP, the world goes on too, and it hears of all that afterwards.
 */
export class Lifeline {
  #isCut = false;
  /** What it will hear when it goes on; null while it is not paused. */
  #unheard: { readonly kind: Heard; readonly hear: () => void }[] | null = null;

  cut(): void {
    this.#isCut = true;
  }

  get isCut(): boolean {
    return this.#isCut;
  }

  pause(): void {
    this.#unheard ??= [];
  }

  /** All its timers that are due go off before it reads what came meanwhile, as Node has it. */
  async goOn(breathe: () => Promise<void>): Promise<void> {
    const unheard = this.#unheard ?? [];
    this.#unheard = null;
    for (const kind of ['timer', 'answer'] as const) {
      for (const { hear } of unheard.filter((one) => one.kind === kind)) {
        hear();
        await breathe();
      }
    }
  }

  through<T>(answer: Promise<T>, kind: Heard = 'answer'): Promise<T> {
    return new Promise((resolve, reject) => {
      answer.then(
        (value) => this.tell(() => resolve(value), kind),
        (error: unknown) => this.tell(() => reject(error), kind),
      );
    });
  }

  /** Has it hear something as soon as it can, and never once it is dead. */
  tell(hear: () => void, kind: Heard = 'answer'): void {
    if (this.#isCut) return;
    if (this.#unheard === null) hear();
    else this.#unheard.push({ kind, hear: () => this.tell(hear) });
  }
}

type Heard = 'timer' | 'answer';

export function mortalClock(clock: Clock, life: Lifeline): Clock {
  return {
    now: () => clock.now(),
    monotonic: () => clock.monotonic(),
    sleep: (milliseconds, signal) => life.through(clock.sleep(milliseconds, signal), 'timer'),
  };
}

/** `onRecord` is called after each record that was written, an opening included, before the controller hears of it. */
export function mortalJournal(journal: SoleJournal, life: Lifeline, onRecord: () => void): SoleJournal {
  const never = new Promise<never>(() => {});
  const ask = <T>(question: () => Promise<T>): Promise<T> => (life.isCut ? never : life.through(question()));
  const write = <T>(question: () => Promise<T>): Promise<T> =>
    ask(async () => {
      const answer = await question();
      onRecord();
      return answer;
    });
  return {
    open: (opening) => write(() => journal.open(opening)),
    append: (...record) => write(() => journal.append(...record)),
    read: (uid) => ask(() => journal.read(uid)),
    unfinished: () => ask(() => journal.unfinished()),
    list: (query) => ask(() => journal.list(query)),
    acknowledge: (...word) => ask(() => journal.acknowledge(...word)),
    keep: (...fact) => ask(() => journal.keep(...fact)),
    kept: (room) => ask(() => journal.kept(room)),
    drop: (...fact) => ask(() => journal.drop(...fact)),
    nextToken: () => ask(() => journal.nextToken()),
    close: () => ask(() => journal.close()),
  };
}

export function mortalRunner(runner: HookRunner, life: Lifeline): HookRunner {
  return {
    run: (run, signal, said) => life.through(runner.run(run, signal, said)),
    outcomeOf: (key, signal) => life.through(runner.outcomeOf(key, signal)),
    known: (key) => {
      if (!life.isCut) runner.known(key);
    },
  };
}

export function mortalTeller(teller: Teller, life: Lifeline): Teller {
  return {
    tell: (sentence, fields) => {
      if (!life.isCut) teller.tell(sentence, fields);
    },
    warn: (sentence, fields) => {
      if (!life.isCut) teller.warn(sentence, fields);
    },
  };
}
