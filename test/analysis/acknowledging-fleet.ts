import fc from 'fast-check';
import { type Evidence, weigh, type Weighed } from '../../src/analysis/cost/data-verdict.ts';
import { lastMomentsOf, type LastMoments } from '../../src/analysis/cost/last-moments.ts';
import type { InstanceKey } from '../../src/kernel/instance-key.ts';
import { newInstance } from '../../src/topology/snapshot.ts';
import { primary, replica } from '../topology/instances.ts';

/** How a pretended primary waits for its replicas. */
export interface Rules {
  readonly wanted: number;
  readonly timeoutMs: number;
  readonly afterSync: boolean;
  readonly waitsForAbsent: boolean;
}

interface Member {
  readonly key: InstanceKey;
  readonly semiSync: boolean;
  alive: boolean;
  connected: boolean;
  received: number;
  applied: number;
  upSince: number;
  acknowledgedAt: number;
  diedAt: number;
}

/**
 * A primary that numbers its commits, replicas that receive some of them and may acknowledge, and all that can befall
 * them before and after they are looked at. It knows which commits an application was told of.
 */
export class AcknowledgingFleet {
  readonly #rules: Rules;
  readonly #members: Member[];
  #now = 1_000_000;
  #written = 0;
  /** Up to here applications were told; without semi-sync that is at once. */
  #acknowledged = 0;
  #inForce = true;
  #waitingSince: { readonly upTo: number; readonly since: number }[] = [];
  #moments: LastMoments | null = null;

  constructor(rules: Rules, semiSync: readonly boolean[]) {
    this.#rules = rules;
    this.#members = semiSync.map((semi, at) => ({
      key: `r${at}:1`,
      semiSync: semi,
      alive: true,
      connected: true,
      received: 0,
      applied: 0,
      upSince: 0,
      acknowledgedAt: 0,
      diedAt: 0,
    }));
    this.#settle();
    if (this.#clients < rules.wanted) this.#inForce = rules.waitsForAbsent;
  }

  write(): void {
    this.#written += 1;
    this.#waitingSince.push({ upTo: this.#written, since: this.#now });
    this.#settle();
  }

  pass(milliseconds: number): void {
    this.#now += milliseconds;
    this.#settle();
  }

  receive(at: number, count: number): void {
    const member = this.#member(at);
    if (member.connected) member.received = Math.min(this.#written, member.received + count);
    this.#settle();
  }

  apply(at: number): void {
    const member = this.#member(at);
    if (member.alive) member.applied = member.received;
  }

  connect(at: number): void {
    const member = this.#member(at);
    member.connected = member.alive;
    this.#settle();
  }

  disconnect(at: number): void {
    this.#member(at).connected = false;
    this.#settle();
  }

  /** What it had not applied is gone with its relay log. */
  restart(at: number): void {
    const member = this.#member(at);
    Object.assign(member, { alive: true, connected: false, received: member.applied, upSince: this.#now });
    this.#settle();
  }

  die(at: number): void {
    Object.assign(this.#member(at), { alive: false, connected: false, diedAt: this.#now });
    this.#settle();
  }

  poll(at: number): void {
    const member = this.#member(at);
    if (member.alive && member.connected && member.semiSync) member.acknowledgedAt = this.#now;
  }

  /** The primary is read, as it says itself what it has committed. */
  probe(): void {
    const { wanted, timeoutMs, afterSync, waitsForAbsent } = this.#rules;
    const committed = afterSync ? this.#acknowledged : this.#written;
    const [known, ...replicas] = [
      primary('p:1', {
        server: {
          executedGtid: gtid(committed),
          uptimeSeconds: Math.floor(this.#now / 1_000),
          listedReplicas: this.#members.filter(({ connected }) => connected).map(({ key }) => key),
          semiSync: {
            primaryEnabled: true,
            primaryStatus: this.#inForce,
            waitForReplicas: wanted,
            clients: this.#clients,
            timeoutMs,
            replicaEnabled: false,
            replicaStatus: false,
            waitPoint: afterSync ? 'after-sync' : 'after-commit',
            waitsForAbsent,
            waiting: this.#waitingSince.length,
          },
        },
      }),
      ...this.#members.map(({ key, semiSync, acknowledgedAt }) => ({
        ...newInstance(key),
        acknowledgedAt,
        server: semiSync ? null : replica(key, 'p:1').server,
      })),
    ];
    const read = { ...known, checks: { ...known.checks, seenAt: this.#now } };
    this.#moments = lastMomentsOf(read, replicas, { withinMs: 10_000, goneAt: null, isStill: false });
  }

  /** The primary dies here, and somebody is chosen: what is said of it, and what was truly lost. */
  end({ chosen, isGone }: { chosen: number; isGone: boolean }): { weighed: Weighed; lost: string[] } | null {
    const alive = this.#members.filter((member) => member.alive);
    const successor = alive[chosen % Math.max(1, alive.length)];
    if (successor === undefined) return null;
    const moments = this.#moments === null ? null : { ...this.#moments, goneAt: isGone ? this.#now : null };
    const evidence: Evidence = {
      moments,
      successor: successor.key,
      donor: null,
      tail: null,
      now: this.#now,
      reached: alive.map((member) => ({
        key: member.key,
        at: this.#now,
        errant: '',
        server: this.#read(member),
      })),
      unreached: this.#members
        .filter((member) => !member.alive)
        .map(({ key, diedAt }) => ({ key, isLongGone: moments !== null && diedAt < moments.at })),
    };
    const lost = Array.from({ length: this.#acknowledged }, (_, at) => at + 1).filter(
      (number) => number > successor.received,
    );
    return { weighed: weigh(evidence), lost: lost.map((number) => gtid(number)) };
  }

  #read({ key, received, applied, upSince }: Member) {
    const { server } = replica(key, 'p:1', { replication: { receivedGtid: gtid(received) } });
    if (server === null) throw new RangeError('it was read');
    const uptimeSeconds = Math.floor((this.#now - upSince) / 1_000);
    return { ...server, flavour: 'mysql' as const, uptimeSeconds, executedGtid: gtid(applied) };
  }

  get #clients(): number {
    return this.#members.filter(({ connected, semiSync }) => connected && semiSync).length;
  }

  #member(at: number): Member {
    const member = this.#members[at % this.#members.length];
    if (member === undefined) throw new RangeError('a fleet has replicas');
    return member;
  }

  /** As the servers do: acknowledged by enough, or left to itself once a commit has waited too long. */
  #settle(): void {
    const { wanted, timeoutMs, waitsForAbsent } = this.#rules;
    const ranked = this.#members
      .filter(({ connected, semiSync }) => connected && semiSync)
      .map(({ received }) => received)
      .sort((a, b) => b - a);
    const confirmed = ranked[wanted - 1] ?? 0;
    const [oldest] = this.#waitingSince;
    if (this.#clients < wanted && !waitsForAbsent) this.#inForce = false;
    if (oldest !== undefined && confirmed < oldest.upTo && this.#now - oldest.since >= timeoutMs)
      this.#inForce = false;
    else if (!this.#inForce && this.#clients >= wanted && confirmed >= this.#written) this.#inForce = true;
    this.#acknowledged = this.#inForce ? Math.max(this.#acknowledged, confirmed) : this.#written;
    this.#waitingSince = this.#waitingSince.filter(({ upTo }) => upTo > this.#acknowledged);
  }
}

function gtid(number: number): string {
  return number === 0 ? '' : `00000000-0000-0000-0000-000000000001:1-${number}`;
}

/** A life of such a fleet up to its primary's death. */
export const lives: fc.Arbitrary<{
  readonly rules: Rules;
  readonly semiSync: readonly boolean[];
  readonly deeds: readonly ((fleet: AcknowledgingFleet) => void)[];
  readonly chosen: number;
  readonly isGone: boolean;
}> = fc.record({
  rules: fc.record({
    wanted: fc.constantFrom(1, 1, 1, 2),
    timeoutMs: fc.constantFrom(3_000, 60_000, 1_000_000_000_000),
    afterSync: fc.constantFrom(true, true, false),
    waitsForAbsent: fc.constantFrom(true, true, false),
  }),
  semiSync: fc.array(fc.constantFrom(true, true, false), { minLength: 1, maxLength: 3 }),
  // Much happens; what decides is what comes after the last look.
  deeds: fc
    .tuple(fc.array(deed(), { maxLength: 20 }), fc.array(deed(), { maxLength: 8 }))
    .map(([before, after]) => [...before, lookAtAll, ...after]),
  chosen: fc.nat(2),
  isGone: fc.boolean(),
});

function deed(): fc.Arbitrary<(fleet: AcknowledgingFleet) => void> {
  const at = fc.nat(2);
  const on = (what: (fleet: AcknowledgingFleet, which: number) => void) =>
    at.map((which) => (fleet: AcknowledgingFleet) => what(fleet, which));
  return fc.oneof(
    { weight: 6, arbitrary: fc.constant((fleet: AcknowledgingFleet) => fleet.write()) },
    {
      weight: 6,
      arbitrary: fc.tuple(at, fc.integer({ min: 1, max: 3 })).map(
        ([which, count]) =>
          (fleet: AcknowledgingFleet) =>
            fleet.receive(which, count),
      ),
    },
    {
      weight: 3,
      arbitrary: fc
        .integer({ min: 1, max: 4_000 })
        .map((ms) => (fleet: AcknowledgingFleet) => fleet.pass(ms)),
    },
    { weight: 2, arbitrary: fc.constant((fleet: AcknowledgingFleet) => fleet.probe()) },
    { weight: 6, arbitrary: fc.constant(lookAtAll) },
    { weight: 4, arbitrary: fc.constant(flow) },
    { weight: 2, arbitrary: on((fleet, which) => fleet.poll(which)) },
    { weight: 2, arbitrary: on((fleet, which) => fleet.apply(which)) },
    { weight: 1, arbitrary: on((fleet, which) => fleet.connect(which)) },
    { weight: 1, arbitrary: on((fleet, which) => fleet.disconnect(which)) },
    { weight: 1, arbitrary: on((fleet, which) => fleet.restart(which)) },
    { weight: 1, arbitrary: on((fleet, which) => fleet.die(which)) },
  );
}

function lookAtAll(fleet: AcknowledgingFleet): void {
  for (const which of [0, 1, 2]) fleet.poll(which);
  fleet.probe();
}

function flow(fleet: AcknowledgingFleet): void {
  for (const which of [0, 1, 2]) fleet.receive(which, 1_000);
}
