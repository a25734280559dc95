import { z } from 'zod';
import type { Testimony } from '../analysis/verdict.ts';
import type { Colleagues, FoundDead, Teller } from '../engine/ports.ts';
import type { Etcd, Pair } from '../etcd/etcd.ts';
import type { Clock } from '../kernel/clock.ts';
import { messageOf } from '../kernel/errors.ts';
import { InstanceKey } from '../kernel/instance-key.ts';

/** What a controller says, of all that it found dead, at one moment. Ages are milliseconds by its own clock. */
const Said = z.object({
  name: z.string(),
  /** Grows with each word, so that one who says the same again is known to live. */
  beat: z.number(),
  dead: z.array(z.object({ instance: InstanceKey, because: z.string(), ageMs: z.number() })),
});
type Said = z.output<typeof Said>;

interface Heard extends Said {
  /** When this word was first seen here, by our own clock that never goes back. */
  readonly seenAt: number;
  /** It is newer than what lay there when we began to listen, which may be from another day. */
  readonly isNew: boolean;
}

/** How often each listens, and says what it finds dead; a word older than three times that is none. */
const listenEveryMs = 1_000;
const holdsMs = 3 * listenEveryMs;
/** One that finds nothing dead says so now and then: each word is a revision that etcd keeps until it is compacted. */
const sayAllIsWellEveryMs = 60_000;
/** A controller that has said nothing for so long is known no more. */
const forgetAfterMs = 3_600_000;

/**
 * What the controllers of one etcd say of servers. Each has a key of its own, which stays when it dies: one
 * that is silent still counts among those that are known, and has not said that anything is dead.
 */
export class EtcdColleagues implements Colleagues {
  readonly #etcd: Etcd;
  readonly #prefix: string;
  readonly #name: string;
  readonly #clock: Clock;
  readonly #teller: Teller;
  #heard: ReadonlyMap<string, Heard> = new Map();
  #beat = 0;
  #saidAt = Number.NEGATIVE_INFINITY;
  #saidDead = 0;

  constructor(options: {
    etcd: Etcd;
    /** What the keys of all observers begin with. */
    prefix: string;
    /** Our own. */
    name: string;
    clock: Clock;
    teller: Teller;
  }) {
    this.#etcd = options.etcd;
    this.#prefix = options.prefix;
    this.#name = options.name;
    this.#clock = options.clock;
    this.#teller = options.teller;
  }

  testimonies(instance: InstanceKey): readonly Testimony[] {
    const now = this.#clock.monotonic();
    return [...this.#heard.values()].map((heard) => testimonyIn(heard, instance, now));
  }

  /** Says what we found, again and again, and hears the others, until the signal ends it. */
  async exchange(found: () => readonly FoundDead[], signal: AbortSignal): Promise<void> {
    let isCutOff = false;
    while (!signal.aborted) {
      try {
        await this.#sayIfDue(found());
        await this.#listen();
        isCutOff = false;
      } catch (error) {
        if (signal.aborted) return;
        if (!isCutOff) this.#teller.warn(`the other controllers cannot be heard: ${messageOf(error)}`, {});
        isCutOff = true;
      }
      await this.#clock.sleep(listenEveryMs, signal).catch(() => {});
    }
  }

  async #sayIfDue(dead: readonly FoundDead[]): Promise<void> {
    const now = this.#clock.monotonic();
    const isNothingNew = dead.length === 0 && this.#saidDead === 0;
    if (isNothingNew && now - this.#saidAt < sayAllIsWellEveryMs) return;
    await this.#say(dead);
    this.#saidAt = now;
    this.#saidDead = dead.length;
  }

  async #say(dead: readonly FoundDead[]): Promise<void> {
    this.#beat += 1;
    const said: Said = { name: this.#name, beat: this.#beat, dead: [...dead] };
    await this.#etcd.transact({ change: [{ put: this.#prefix + this.#name, value: JSON.stringify(said) }] });
  }

  async #listen(): Promise<void> {
    const { pairs } = await this.#etcd.read({ prefix: this.#prefix });
    const now = this.#clock.monotonic();
    const heard = new Map<string, Heard>();
    for (const pair of pairs) {
      const said = saidIn(pair);
      if (said === null || said.name === this.#name) continue;
      const before = this.#heard.get(said.name);
      const isSame = before?.beat === said.beat;
      const seenAt = isSame ? before.seenAt : now;
      const isNew = before !== undefined && (before.isNew || !isSame);
      if (now - seenAt > forgetAfterMs) await this.#forget(pair);
      else heard.set(said.name, { ...said, seenAt, isNew });
    }
    this.#heard = heard;
  }

  async #forget({ key, created }: Pair): Promise<void> {
    await this.#etcd.transact({ when: [{ key, created }], change: [{ remove: key }] });
  }
}

function testimonyIn({ name, dead, seenAt, isNew }: Heard, instance: InstanceKey, now: number): Testimony {
  const agoMs = now - seenAt;
  const found = isNew && agoMs <= holdsMs ? dead.find((one) => one.instance === instance) : undefined;
  if (found === undefined)
    return { observer: name, says: 'unknown', because: 'it does not say so', ageMs: isNew ? agoMs : null };
  return { observer: name, says: 'dead', because: found.because, ageMs: found.ageMs + agoMs };
}

function saidIn({ value }: Pair): Said | null {
  try {
    return Said.parse(JSON.parse(value));
  } catch {
    return null;
  }
}
