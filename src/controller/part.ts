import type { Config } from '../config/keys.ts';
import type { Lease, Opening, Term } from '../engine/ports.ts';
import { type Acting, act } from './acting.ts';
import { followedJournal } from './followed-journal.ts';
import { type Observing, observe } from './observing.ts';
import type { ControllerPorts } from './ports.ts';

/** What a controller is for as long as it leads, or follows: what it sees, and what it does. */
export interface Part {
  /** What it goes by. */
  readonly config: Config;
  /** Null while another leads. */
  readonly term: Term | null;
  readonly observing: Observing;
  /** Null while another leads. */
  readonly acting: Acting | null;
  mayAct(): boolean;
  /** Resolves when nothing of it is under way any more; rejects where what it has learned could not be kept. */
  end(because?: Error): Promise<void>;
}

/** A part in the making: it has looked around and does nothing yet. */
export interface Looking extends Pick<Part, 'config' | 'observing'> {
  readonly ending: AbortController;
  readonly signal: AbortSignal;
}

/** A follower has no right to act. */
const noLease: Lease = { token: 0, remainingMs: () => 0 };

/** A part that acts. The signal ends it, as its term’s end does. Throws what `observe` throws. */
export async function lead(ports: ControllerPorts, term: Term, signal: AbortSignal): Promise<Part> {
  const looking = await look(ports, signal, term.lease);
  return leadWith(looking, ports, { ...term, unfinished: looking.observing.unfinished });
}

/** A part that watches and reads what the leader writes. Throws what `observe` throws. */
export async function follow(ports: ControllerPorts, signal: AbortSignal): Promise<Part> {
  const journal = followedJournal(ports.journal, ports.leadership);
  const { config, observing, ending, ...looking } = await look({ ...ports, journal }, signal, noLease);
  const everyMs = config.InstancePollSeconds * 1_000;
  void keepUp(observing, ports, { everyMs, signal: looking.signal });
  observing.hostNews.listen(looking.signal);
  return {
    config,
    observing,
    acting: null,
    term: null,
    mayAct: () => false,
    async end() {
      ending.abort(new Error('this controller follows no more'));
      await observing.stop();
    },
  };
}

/** Looks around as the configuration of these ports has it. */
export async function look(ports: ControllerPorts, stopping: AbortSignal, lease: Lease): Promise<Looking> {
  const { config, journal } = ports;
  const ending = new AbortController();
  const signal = AbortSignal.any([stopping, ending.signal]);
  const observing = await observe(ports, { journal, lease, signal });
  return { config, observing, ending, signal };
}

/** Begins to act upon what has been looked at, and goes on with what is `unfinished`. */
export async function leadWith(
  { ending, ...looking }: Looking,
  ports: ControllerPorts,
  { unfinished, ...term }: Term & { readonly unfinished: readonly Opening[] },
): Promise<Part> {
  const { observing, signal } = looking;
  const { lease, over } = term;
  const acting = await act(observing, ports, { lease, signal: AbortSignal.any([signal, over]), unfinished });
  // What was told before anybody could act upon it was kept until now.
  observing.hostNews.listen(signal);
  return {
    ...looking,
    acting,
    term,
    mayAct: () => !signal.aborted && lease.remainingMs() > 0,
    async end(because = new Error('this controller leads no more')) {
      ending.abort(because);
      await acting.idle();
      await observing.stop();
    },
  };
}

/** A follower learns of what the leader has found and what people have told it since. */
async function keepUp(
  { inventory, restraints, kept, watcher }: Observing,
  { clock }: Pick<ControllerPorts, 'clock'>,
  { everyMs, signal }: { everyMs: number; signal: AbortSignal },
): Promise<void> {
  while (!signal.aborted) {
    try {
      await clock.sleep(everyMs, signal);
      const found = await inventory.loadNew();
      if (found.length > 0) await watcher.discover(found);
      await restraints.load();
      await kept.load();
    } catch {
      // What cannot be read now is read the next time; that etcd is lost is told by whoever holds a lease.
    }
  }
}
