import { z } from 'zod';
import type { Etcd, Pair } from '../etcd/etcd.ts';
import type { CutOff, Leader, Leadership, Teller, Term } from '../engine/ports.ts';
import type { Clock } from '../kernel/clock.ts';
import { messageOf } from '../kernel/errors.ts';

/** What stands in the leader’s key. `id` tells one life of a controller from another of the same name. */
const Standing = z.object({
  name: z.string(),
  id: z.string(),
  lease: z.string(),
  since: z.number(),
  // Absent where an older build leads.
  address: z.string().nullable().default(null),
});

/** Of the time that etcd promised, counted from before we asked: what is left is for clocks that run unlike. */
const trusted = 0.9;
/** How often a lease is renewed within its time, and the leader’s key looked at where no watch told of it. */
const renewals = 4;

/**
 * Leadership by a key in etcd that hangs on a lease. The key’s create revision is the token: it grows
 * with each leadership, and what is written is written only while the key is still that one. A term is
 * over when 0.9 of the lease’s time have passed since the last renewal was asked for, whatever etcd or
 * its client say of it; no event of theirs is waited for.
 */
export class EtcdLeadership implements Leadership {
  readonly #etcd: Etcd;
  readonly #key: string;
  readonly #seconds: number;
  readonly #self: { readonly name: string; readonly id: string; readonly address: string | null };
  readonly #clock: Clock;
  readonly #teller: Teller;
  readonly #closing = new AbortController();
  #leader: Leader | null = null;
  #cutOff: CutOff | null = null;
  #lease: Held | null = null;
  #token: number | null = null;
  /** The revision of etcd at which we last saw that another leads. */
  #seenAt = 0;
  #campaigning: Promise<unknown> = Promise.resolve();

  constructor(options: {
    etcd: Etcd;
    /** The leader’s key. */
    key: string;
    /** How long a lease lasts. */
    seconds: number;
    /** `id` is this life’s alone; `address` is where its API is reached. */
    self: { readonly name: string; readonly id: string; readonly address?: string | null };
    clock: Clock;
    teller: Teller;
  }) {
    this.#etcd = options.etcd;
    this.#key = options.key;
    this.#seconds = options.seconds;
    this.#self = { address: null, ...options.self };
    this.#clock = options.clock;
    this.#teller = options.teller;
  }

  token(): number | null {
    return this.#lease !== null && this.#lease.remainingMs() > 0 ? this.#token : null;
  }

  leader(): Leader | null {
    return this.#cutOff === null ? this.#leader : null;
  }

  cutOff(): CutOff | null {
    return this.#cutOff;
  }

  async stand(): Promise<Term | null> {
    return this.#tryToLead(await this.#ownLease());
  }

  lead(signal: AbortSignal): Promise<Term> {
    const either = AbortSignal.any([signal, this.#closing.signal]);
    const campaign = this.#campaign(either);
    this.#campaigning = campaign.catch(() => {});
    return campaign;
  }

  async close(): Promise<void> {
    this.#closing.abort(new Error('this controller gives up leading'));
    await this.#campaigning;
    const lease = this.#lease;
    this.#lease = null;
    lease?.end('this controller gave it up');
    if (lease !== null) await this.#etcd.revoke(lease.id).catch(() => {});
  }

  async #campaign(signal: AbortSignal): Promise<Term> {
    let hasSaid = false;
    for (;;) {
      signal.throwIfAborted();
      try {
        const lease = await this.#ownLease();
        const term = await this.#tryToLead(lease);
        if (term !== null) return term;
        hasSaid = false;
        await this.#untilItGoes(signal);
      } catch (error) {
        signal.throwIfAborted();
        this.#cutOff ??= { since: this.#clock.now(), because: messageOf(error) };
        if (!hasSaid) this.#teller.warn(`this controller cannot stand for leader: ${messageOf(error)}`, {});
        hasSaid = true;
        await this.#clock.sleep(this.#renewalMs, signal);
      }
    }
  }

  /** Null when another leads, or our own former key was in the way. */
  async #tryToLead(lease: Held): Promise<Term | null> {
    const since = this.#clock.now();
    const standing: z.output<typeof Standing> = { ...this.#self, lease: lease.id, since };
    const { done, revision, found } = await this.#etcd.transact({
      when: [{ key: this.#key, created: 0 }],
      change: [{ put: this.#key, value: JSON.stringify(standing), lease: lease.id }],
      elseRead: [{ key: this.#key }],
    });
    this.#cutOff = null;
    const held = found[0]?.[0];
    const other = held === undefined ? null : standingIn(held);
    // With our lease it is ours, and we never heard that it was written.
    const isOurs = done || other?.lease === lease.id;
    if (!isOurs) {
      this.#seenAt = revision;
      this.#leader = held === undefined ? null : { ...this.#leaderIn(held), isOurs: false };
      if (held !== undefined && other?.id === this.#self.id) await this.#leaveFormer(held);
      return null;
    }
    const token = done ? revision : (held?.created ?? 0);
    if (lease.remainingMs() <= 0) return null;
    this.#token = token;
    this.#leader = { name: this.#self.name, since, isOurs: true, address: this.#self.address };
    lease.over.addEventListener('abort', () => (this.#leader = null), { once: true });
    return { lease: { token, remainingMs: () => lease.remainingMs() }, over: lease.over };
  }

  /** A term of ours that we let run out, and whose lease etcd still counts, is in nobody’s way. */
  async #leaveFormer({ created }: Pair): Promise<void> {
    await this.#etcd.transact({ when: [{ key: this.#key, created }], change: [{ remove: this.#key }] });
  }

  /** Until the leader’s key has gone since we saw it last, or it is time to look again. */
  async #untilItGoes(signal: AbortSignal): Promise<void> {
    const enough = new AbortController();
    const either = AbortSignal.any([signal, enough.signal]);
    const gone = async () => {
      for await (const { events } of this.#etcd.watch(this.#key, this.#seenAt + 1, either))
        if (events.some((event) => 'removed' in event)) return;
    };
    try {
      await Promise.race([gone(), this.#clock.sleep(this.#renewalMs, either)]);
    } catch (error) {
      signal.throwIfAborted();
      // A watch that breaks off says nothing of the leader; the next look does.
      this.#teller.tell(`the watch over the leader was broken off: ${messageOf(error)}`, {});
      await this.#clock.sleep(this.#renewalMs, signal);
    } finally {
      enough.abort(new Error('that was waited for'));
    }
  }

  #leaderIn(pair: Pair): Omit<Leader, 'isOurs'> {
    const nobody = { name: 'a controller that cannot be named', since: 0, address: null };
    const { name, since, address } = standingIn(pair) ?? nobody;
    return { name, since, address };
  }

  /** The lease that is ours and lasts, or a new one. */
  async #ownLease(): Promise<Held> {
    const held = this.#lease;
    if (held !== null && held.remainingMs() > 0) return held;
    const asked = this.#clock.monotonic();
    const id = await this.#etcd.grant(this.#seconds);
    const lease = new Held(id, this.#clock, asked + this.#trustedMs);
    this.#lease = lease;
    void this.#renew(lease);
    void this.#expire(lease);
    return lease;
  }

  /** Ends the lease when its time is over, whatever becomes of its renewal. */
  async #expire(lease: Held): Promise<void> {
    const { signal } = this.#closing;
    for (let left = lease.remainingMs(); left > 0 && !signal.aborted; left = lease.remainingMs())
      await this.#clock.sleep(left, signal).catch(() => {});
  }

  async #renew(lease: Held): Promise<void> {
    const { signal } = this.#closing;
    while (lease.remainingMs() > 0) {
      try {
        await this.#clock.sleep(Math.min(this.#renewalMs, lease.remainingMs()), signal);
        const asked = this.#clock.monotonic();
        const seconds = await this.#etcd.keepAlive(lease.id, Math.max(1, lease.remainingMs()));
        if (seconds <= 0) return lease.end('etcd says that the lease has run out');
        lease.extendTo(asked + 1_000 * trusted * Math.min(seconds, this.#seconds));
      } catch (error) {
        if (signal.aborted) return;
        this.#teller.warn(`the lease could not be renewed: ${messageOf(error)}`, {});
      }
    }
    lease.end('the lease was not renewed in time');
  }

  get #trustedMs(): number {
    return 1_000 * trusted * this.#seconds;
  }

  get #renewalMs(): number {
    return (1_000 * this.#seconds) / renewals;
  }
}

/** A lease as far as we may trust it. */
class Held {
  readonly id: string;
  readonly #clock: Clock;
  readonly #over = new AbortController();
  #until: number;
  #wallUntil: number;

  constructor(id: string, clock: Clock, until: number) {
    this.id = id;
    this.#clock = clock;
    this.#until = until;
    this.#wallUntil = this.#onTheWall(until);
  }

  /** By the clock that never goes back; a wall clock that has leapt ahead, as after a sleep of the whole machine, only shortens it. */
  remainingMs(): number {
    if (this.#over.signal.aborted) return 0;
    const left = Math.min(this.#until - this.#clock.monotonic(), this.#wallUntil - this.#clock.now());
    if (left > 0) return left;
    this.end('the lease was not renewed in time');
    return 0;
  }

  extendTo(until: number): void {
    this.#until = until;
    this.#wallUntil = this.#onTheWall(until);
  }

  end(because: string): void {
    this.#over.abort(new Error(because));
  }

  get over(): AbortSignal {
    return this.#over.signal;
  }

  #onTheWall(until: number): number {
    return this.#clock.now() + (until - this.#clock.monotonic());
  }
}

function standingIn({ value }: Pair): z.output<typeof Standing> | null {
  try {
    return Standing.parse(JSON.parse(value));
  } catch {
    return null;
  }
}
