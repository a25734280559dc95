import { type Finding, isActionable } from '../analysis/finding.ts';
import type { Teller } from '../engine/ports.ts';
import type { Clock } from '../kernel/clock.ts';
import { spoken } from '../kernel/duration.ts';
import { messageOf } from '../kernel/errors.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';
import { gatesNow } from '../steps/gates-now.ts';
import type { StepWorld } from '../steps/step-world.ts';
import type { Cluster } from '../topology/cluster.ts';
import { type Checks, type Instance, isCheckValid } from '../topology/snapshot.ts';
import { Announcements } from './announcements.ts';
import type { LiveInventory } from './inventory.ts';
import { isLost } from './lost.ts';
import type { Supervisor } from './supervisor.ts';

/** A finding that has been there without a break. Lives in memory: a restart forgets suspicions. */
interface Suspicion {
  since: number;
  readonly code: string;
  /** A detection of it is under way. */
  busy: boolean;
  /** When replicas may next be asked about a silent source, and after how long once more. */
  askAt: number;
  askEveryMs: number;
  /** The run in which replicas were asked, where this is what they came to say. */
  readonly suspicion: string | null;
  /** It was gone meanwhile, or nobody looked: its time begins anew should it come back. */
  isBroken: boolean;
  /** No detection before this moment, however the gates stand. */
  restUntil: number;
}

/** A finding that is only announced has to last this long, and so has its absence, so that a hiccup wakes nobody. */
const announceAfterMs = 1_000;
const restMs = 1_000;
/** Replicas that could connect are asked again so much later at first, then twice that, at most so much. */
const askAgainMs = 30_000;
const askAtMostEveryMs = 600_000;

/** Turns what was just seen into findings, and findings into detections. */
export class Tick {
  /** By the instance, then by what would be done about it: in a wide outage there are thousands. */
  readonly #suspicions = new Map<InstanceKey, Map<Finding['treatment'], Suspicion>>();
  readonly #announcements: Announcements;
  /** Since when a failure that was announced is not to be seen any more, by the uid of its announcement. */
  readonly #clearSince = new Map<string, number>();
  /** Replaced primaries that are known to be back. */
  readonly #returned = new Set<InstanceKey>();
  /** Silent sources whose replicas are being asked: since when they are suspected, and the run's uid. */
  readonly #asking = new Map<InstanceKey, { readonly since: number; readonly uid: string }>();
  /** When an emergency was last seen to, by the instance that was looked at. */
  readonly #lookedAt = new Map<InstanceKey, number>();
  readonly #world: StepWorld;
  readonly #inventory: LiveInventory;
  readonly #supervisor: Supervisor;
  readonly #clock: Clock;
  readonly #teller: Teller;
  readonly #blockMs: number;
  readonly #lookAgain: (key: InstanceKey) => void;

  constructor(options: {
    world: StepWorld;
    inventory: LiveInventory;
    supervisor: Supervisor;
    clock: Clock;
    teller: Teller;
    /** For how long a failure is not announced again (FailureDetectionPeriodBlockMinutes). */
    blockMs: number;
    /** Has an instance looked at now, with its replicas. */
    lookAgain: (key: InstanceKey) => void;
  }) {
    this.#world = options.world;
    this.#inventory = options.inventory;
    this.#supervisor = options.supervisor;
    this.#announcements = new Announcements(options.world.journal);
    this.#clock = options.clock;
    this.#teller = options.teller;
    this.#blockMs = options.blockMs;
    this.#lookAgain = options.lookAgain;
  }

  load(): Promise<void> {
    return this.#announcements.load();
  }

  /** Everything that is wrong now, downtimed or not. */
  findings(): readonly Finding[] {
    return this.#world.settings.analyse(this.#inventory.instances, this.#clock.now());
  }

  /** Looks at what is known of the clusters of these instances and begins what is due. */
  evaluate(keys: readonly InstanceKey[]): void {
    const clusters = new Map(
      keys.flatMap((key) => this.#inventory.clusterOf(key) ?? []).map((one) => [one.id, one]),
    );
    for (const cluster of clusters.values()) {
      this.#evaluateCluster(cluster).catch((error: unknown) =>
        this.#teller.warn(`${cluster.alias} could not be judged: ${messageOf(error)}`, {
          cluster: cluster.alias,
        }),
      );
    }
  }

  /** A failure that was recovered from may be announced afresh the next time. */
  forgive(instance: InstanceKey): Promise<void> {
    return this.#announcements.forget(instance);
  }

  async #evaluateCluster(cluster: Cluster): Promise<void> {
    const now = this.#clock.now();
    const members = this.#inventory.members(cluster.id);
    if (this.#supervisor.isRecovering(cluster.id)) return this.#breakSuspicions(members);
    const found = this.#world.settings.analyse(members, now);
    for (const finding of found) this.#seeTo(finding, now);
    const findings = found.filter(isWorthALine);
    const present = new Set(findings.map(suspicionName));
    for (const member of members) {
      this.#forgetWhatIsOver(member, present, cluster, now);
      this.#sayReturned(member, cluster);
    }
    await Promise.all([
      ...findings.map((finding) => this.#consider(finding, cluster, now)),
      ...members.map((member) => this.#tellAllClear(member, findings, now)),
    ]);
  }

  /** What hooks were told of is over, and no recovery has told them so. */
  async #tellAllClear(member: Instance, findings: readonly Finding[], now: number): Promise<void> {
    if (!this.#world.hooks.has('OnAllClearProcesses')) return;
    for (const announcement of this.#announcements.of(member.key)) {
      const { uid, cleared, cluster } = announcement;
      const isThere = findings.some((one) => one.instance === member.key && one.treatment !== 'none');
      const isTold = this.#supervisor.isAnnouncing(uid) || this.#supervisor.isDetecting(cluster.id);
      if (cleared || isThere || !isCheckValid(member) || isTold) {
        this.#clearSince.delete(uid);
        continue;
      }
      const since = this.#clearSince.get(uid) ?? now;
      this.#clearSince.set(uid, since);
      if (now - since < announceAfterMs) continue;
      this.#clearSince.delete(uid);
      // Kept once it stands in the journal, as with an announcement; there it is opened once under its uid.
      await this.#supervisor.tellAllClear(announcement);
      await this.#announcements.keep({ ...announcement, cleared: true });
    }
  }

  #suspicionsOf(instance: InstanceKey): Map<Finding['treatment'], Suspicion> {
    return this.#suspicions.get(instance) ?? new Map<Finding['treatment'], Suspicion>();
  }

  #breakSuspicions(members: readonly Pick<Instance, 'key'>[]): void {
    for (const { key } of members)
      for (const suspicion of this.#suspicionsOf(key).values()) suspicion.isBroken = true;
  }

  /** A finding goes when its instance is well again, and without a word when it was dealt with otherwise. */
  #forgetWhatIsOver(member: Instance, present: ReadonlySet<string>, cluster: Cluster, now: number): void {
    const { key } = member;
    const suspicions = this.#suspicionsOf(key);
    for (const [treatment, suspicion] of suspicions) {
      if (present.has(suspicionName({ instance: key, treatment }))) continue;
      if (suspicion.busy) {
        suspicion.isBroken = true;
        continue;
      }
      suspicions.delete(treatment);
      if (!isCheckValid(member)) continue;
      const sentence = `${key}: ${suspicion.code} is over after ${spoken(now - suspicion.since)}`;
      this.#teller.tell(sentence, { cluster: cluster.alias, instance: key });
    }
  }

  /** Two servers take writes then, and only a person can say which of them is to stop. */
  #sayReturned(member: Instance, cluster: Cluster): void {
    const { key, server } = member;
    const isBack = isLost(member) && isCheckValid(member) && server?.replication === null && !server.readOnly;
    if (!isBack) return void this.#returned.delete(key);
    if (this.#returned.has(key)) return;
    this.#returned.add(key);
    const sentence = `${key}, which was replaced as the primary, is back and takes writes: stop it or make it read-only before an application finds it`;
    this.#teller.warn(sentence, { cluster: cluster.alias, instance: key });
  }

  async #consider(finding: Finding, cluster: Cluster, now: number): Promise<void> {
    const { instance, treatment } = finding;
    const suspicions = this.#suspicionsOf(instance);
    // What replicas that we asked come to say counts from when their source went silent.
    const asking = isActionable(finding) ? this.#asking.get(instance) : undefined;
    const suspicion = suspicions.get(treatment) ?? {
      since: asking?.since ?? now,
      suspicion: asking?.uid ?? null,
      code: finding.code,
      busy: false,
      isBroken: false,
      restUntil: 0,
      askAt: 0,
      askEveryMs: askAgainMs,
    };
    if (!suspicions.has(treatment)) {
      this.#suspicions.set(instance, suspicions.set(treatment, suspicion));
      this.#teller.tell(
        [`${finding.instance}: ${finding.code}`, finding.evidence, ...sentences(finding)].join('; '),
        {
          cluster: cluster.alias,
          instance: finding.instance,
        },
      );
    }
    const isBroken = suspicion.isBroken || suspicion.since < this.#world.awakeSince();
    if (isBroken) Object.assign(suspicion, { since: now, isBroken: false });
    if (suspicion.busy || this.#supervisor.isSuspecting(cluster.id)) return;
    const checks = this.#inventory.find(instance)?.checks ?? null;
    if (finding.emergency === 'ask-replicas' && maySpeak(checks) && now >= suspicion.askAt)
      return this.#askReplicas(finding, cluster, suspicion);
    if (finding.treatment === 'none' || now < suspicion.restUntil) return;
    suspicion.busy = true;
    try {
      await this.#detectIfDue(finding, cluster, suspicion, now);
    } finally {
      suspicion.busy = false;
      suspicion.restUntil = this.#clock.now() + restMs;
    }
  }

  async #askReplicas(finding: Finding, cluster: Cluster, suspicion: Suspicion): Promise<void> {
    const { instance } = finding;
    suspicion.busy = true;
    // It may have been silent to nobody but us until now.
    const since = this.#clock.now();
    try {
      const { uid, isLost } = await this.#supervisor.suspect({ finding, cluster });
      this.#asking.set(instance, { since, uid });
      // Replicas that went and came back because we asked them are no failure that has held since.
      if (!(await isLost)) this.#breakSuspicions([{ key: instance }]);
    } finally {
      this.#asking.delete(instance);
      suspicion.busy = false;
      suspicion.isBroken = false;
      suspicion.askAt = this.#clock.now() + suspicion.askEveryMs;
      suspicion.askEveryMs = Math.min(2 * suspicion.askEveryMs, askAtMostEveryMs);
    }
    this.evaluate([instance]);
  }

  /** A fresh look may show at once what a poll would show in some seconds. */
  #seeTo({ emergency, instance, skippedForDowntime }: Finding, now: number): void {
    const key = emergency === 'look-at-source' ? this.#sourceOf(instance) : instance;
    const isDue = emergency === 'look-again' || emergency === 'look-at-source';
    if (!isDue || skippedForDowntime || key === null || now - (this.#lookedAt.get(key) ?? 0) < restMs) return;
    this.#lookedAt.set(key, now);
    this.#lookAgain(key);
  }

  #sourceOf(instance: InstanceKey): InstanceKey | null {
    return this.#inventory.find(instance)?.server?.replication?.source ?? null;
  }

  async #detectIfDue(
    finding: Finding,
    cluster: Cluster,
    { since, suspicion }: Suspicion,
    now: number,
  ): Promise<void> {
    const acts = isActionable(finding);
    const last = this.#announcements.last(finding.instance, acts);
    const announce = now - (last?.at ?? Number.NEGATIVE_INFINITY) >= this.#blockMs;
    if (!acts && (!announce || now - since < announceAfterMs)) return;
    if (!announce && !(await gatesNow(this.#world, finding, cluster, now)).every(({ open }) => open)) return;
    if (acts && this.#supervisor.isDetecting(cluster.id)) return;
    const input = { finding, cluster, since, acts, announce, suspicion };
    const running = await this.#supervisor.detect(input);
    // Kept once the detection stands in the journal: from there on its hooks are owed, whoever lives.
    if (announce)
      await this.#announcements.keep({ uid: running.uid, at: now, acts, finding, cluster, cleared: false });
    await running.ended;
  }
}

/** What replicas say of a source they have lost is told of the source already. */
function isWorthALine({ code, treatment, emergency, isPrimary, skippedForDowntime }: Finding): boolean {
  if (skippedForDowntime || code === 'NoProblem') return false;
  return treatment !== 'none' || emergency === 'ask-replicas' || isPrimary;
}

/**
 * Replicas are asked about a source that fell silent over a connection that had served, or that this life of the
 * controller never heard. Where only new connections get no answer, theirs may serve, and to give it up would
 * be to cut them off; and an end that was plain they have heard of themselves.
 */
function maySpeak(checks: Checks | null): boolean {
  if (checks === null || checks.echo !== 'silent') return false;
  return checks.fellSilent || checks.heardAt === 0;
}

function sentences({ troubles }: Finding): string[] {
  return troubles.map(({ because }) => because);
}

function suspicionName({ instance, treatment }: Pick<Finding, 'instance' | 'treatment'>): string {
  return `${instance} ${treatment}`;
}
