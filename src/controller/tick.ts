import { type Finding, isActionable } from '../analysis/finding.ts';
import type { Opening, Teller } from '../engine/ports.ts';
import type { Clock } from '../kernel/clock.ts';
import { spoken } from '../kernel/duration.ts';
import { messageOf } from '../kernel/errors.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';
import { gatesNow } from '../steps/gates-now.ts';
import type { StepWorld } from '../steps/step-world.ts';
import type { Cluster } from '../topology/cluster.ts';
import { type Instance, isCheckValid } from '../topology/snapshot.ts';
import { AllClears } from './all-clears.ts';
import { Announcements } from './announcements.ts';
import { Asking } from './asking.ts';
import type { CancelledFailures } from './cancelled-failures.ts';
import { Emergencies } from './emergencies.ts';
import type { Changelog } from './history/changelog.ts';
import type { LiveInventory } from './inventory.ts';
import { Muted } from './muted.ts';
import type { Supervisor } from './supervisor.ts';
import { type Suspicion, Suspicions } from './suspicions.ts';

/** A finding that is only announced has to last this long, and so has its absence, so that a hiccup wakes nobody. */
const announceAfterMs = 1_000;
const restMs = 1_000;

/** Turns what was just seen into findings, and findings into detections. */
export class Tick {
  readonly #suspicions = new Suspicions();
  readonly #announcements: Announcements;
  readonly #allClears: AllClears;
  readonly #emergencies: Emergencies;
  readonly #asking: Asking;
  readonly #muted: Muted;
  readonly #cancelled: CancelledFailures;
  readonly #world: StepWorld;
  readonly #inventory: LiveInventory;
  readonly #supervisor: Supervisor;
  readonly #clock: Clock;
  readonly #teller: Teller;
  readonly #blockMs: number;
  readonly #changelog: Changelog;
  /** Why a cluster could not be judged the last time; said once. */
  readonly #faults = new Map<string, string>();

  constructor(options: {
    world: StepWorld;
    inventory: LiveInventory;
    supervisor: Supervisor;
    clock: Clock;
    teller: Teller;
    cancelled: CancelledFailures;
    /** For how long a failure is not announced again (FailureDetectionPeriodBlockMinutes). */
    blockMs: number;
    changelog: Changelog;
    /** Has an instance looked at now, with its replicas. */
    lookAgain: (key: InstanceKey) => void;
  }) {
    this.#world = options.world;
    this.#inventory = options.inventory;
    this.#supervisor = options.supervisor;
    this.#announcements = new Announcements(options.world.journal);
    this.#allClears = new AllClears(this.#announcements, options.supervisor, announceAfterMs);
    this.#asking = new Asking(options);
    this.#muted = new Muted(options.teller);
    this.#cancelled = options.cancelled;
    this.#emergencies = new Emergencies(options.inventory, options.lookAgain);
    this.#clock = options.clock;
    this.#teller = options.teller;
    this.#blockMs = options.blockMs;
    this.#changelog = options.changelog;
  }

  load(unfinished: readonly Opening[]): Promise<void> {
    return this.#announcements.load(unfinished);
  }

  /** Everything that is wrong now, downtimed or not. */
  findings(): readonly Finding[] {
    return this.#world.settings.analyse(this.#inventory.instances, this.#clock.now());
  }

  /** Something new speaks against an instance: its replicas may be asked about it at once, whenever they were asked last. */
  askSoon(instance: InstanceKey): void {
    this.#asking.forget(instance);
  }

  /** Looks at what is known of the clusters of these instances and begins what is due. */
  evaluate(keys: readonly InstanceKey[]): void {
    const clusters = new Map(
      keys.flatMap((key) => this.#inventory.clusterOf(key) ?? []).map((one) => [one.id, one]),
    );
    for (const cluster of clusters.values()) {
      this.#evaluateCluster(cluster).then(
        () => this.#faults.delete(cluster.id),
        (error: unknown) => this.#tellFault(cluster, messageOf(error)),
      );
    }
  }

  #tellFault({ id, alias }: Cluster, because: string): void {
    if (this.#faults.get(id) === because) return;
    this.#faults.set(id, because);
    this.#teller.warn(`${alias} could not be judged: ${because}`, { cluster: alias });
  }

  /** A failure that was recovered from may be announced afresh the next time. */
  forgive(instance: InstanceKey): Promise<void> {
    return this.#announcements.forget(instance);
  }

  async #evaluateCluster(cluster: Cluster): Promise<void> {
    const now = this.#clock.now();
    const members = this.#inventory.members(cluster.id);
    if (this.#supervisor.isActing(cluster.id)) return this.#suspicions.break(members.map(({ key }) => key));
    const found = this.#world.settings.analyse(members, now);
    this.#changelog.note(members, found, now);
    for (const finding of found) this.#emergencies.seeTo(finding, now);
    for (const { key } of members.filter(isCheckValid)) await this.#cancelled.release(key, found);
    const findings = found.filter(isWorthALine);
    for (const member of members) {
      this.#forgetWhatIsOver(member, findings, cluster, now);
      this.#muted.say(member, found, cluster, now);
      if (member.checks.echo === 'answered') this.#asking.forget(member.key);
    }
    await Promise.all([
      ...findings.map((finding) => this.#consider(finding, cluster, now)),
      ...(this.#world.hooks.has('OnAllClearProcesses') ? members : []).map((member) =>
        this.#allClears.tell(member, findings, now),
      ),
    ]);
  }

  /** A finding goes when its instance is well again, and without a word when it was dealt with otherwise. */
  #forgetWhatIsOver(member: Instance, findings: readonly Finding[], cluster: Cluster, now: number): void {
    const { key } = member;
    const isFound = (treatment: Finding['treatment']) =>
      findings.some((one) => one.instance === key && one.treatment === treatment);
    for (const { code, since } of this.#suspicions.giveUp(key, isFound)) {
      if (!isCheckValid(member) || member.replaced !== null) continue;
      const sentence = `${key}: ${code} is over after ${spoken(now - since)}`;
      this.#teller.tell(sentence, { cluster: cluster.alias, instance: key });
    }
  }

  async #consider(finding: Finding, cluster: Cluster, now: number): Promise<void> {
    const suspicion = this.#suspicions.get(finding) ?? this.#suspect(finding, cluster, now);
    const isBroken = suspicion.isBroken || suspicion.since < this.#world.awakeSince();
    if (isBroken) Object.assign(suspicion, { since: now, isBroken: false });
    if (suspicion.busy || this.#supervisor.isSuspecting(cluster.id)) return;
    // A detection that may act listens to what replicas say by themselves, and has them try again itself.
    const mayAsk = now >= suspicion.restUntil && !this.#supervisor.isDetecting(cluster.id);
    if (mayAsk && this.#asking.isDue(finding, now)) return this.#askReplicas(finding, cluster, suspicion);
    if (finding.treatment === 'none' || now < suspicion.restUntil) return;
    suspicion.busy = true;
    try {
      await this.#detectIfDue(finding, cluster, suspicion, now);
    } finally {
      suspicion.busy = false;
      suspicion.restUntil = this.#clock.now() + restMs;
    }
  }

  #suspect(finding: Finding, cluster: Cluster, now: number): Suspicion {
    const { instance, code, evidence, troubles } = finding;
    // What replicas that we asked come to say counts from when they were asked.
    const asking = isActionable(finding) ? this.#asking.underWay(instance) : null;
    const suspicion: Suspicion = {
      since: asking?.since ?? now,
      askedIn: asking?.uid ?? null,
      code,
      busy: false,
      isBroken: false,
      restUntil: 0,
    };
    this.#suspicions.add(finding, suspicion);
    const sentence = [`${instance}: ${code}`, evidence, ...troubles.map(({ because }) => because)].join('; ');
    this.#teller[isActionable(finding) ? 'warn' : 'tell'](sentence, { cluster: cluster.alias, instance });
    return suspicion;
  }

  async #askReplicas(finding: Finding, cluster: Cluster, suspicion: Suspicion): Promise<void> {
    const { instance } = finding;
    suspicion.busy = true;
    suspicion.restUntil = this.#clock.now() + restMs;
    try {
      // Replicas that went and came back because we asked them are no failure that has held since.
      if (!(await this.#asking.ask(finding, cluster))) this.#suspicions.break([instance]);
    } finally {
      suspicion.busy = false;
      suspicion.isBroken = false;
    }
    this.evaluate([instance]);
  }

  async #detectIfDue(
    finding: Finding,
    cluster: Cluster,
    { since, askedIn }: Suspicion,
    now: number,
  ): Promise<void> {
    const acts = isActionable(finding);
    const last = this.#announcements.last(finding.instance, acts);
    const announce = now - (last?.at ?? Number.NEGATIVE_INFINITY) >= this.#blockMs;
    if (!acts && (!announce || now - since < announceAfterMs)) return;
    if (!announce && !(await gatesNow(this.#world, finding, cluster, now)).every(({ open }) => open)) return;
    if (acts && this.#supervisor.isDetecting(cluster.id)) return;
    const input = { finding, cluster, since, acts, announce, suspicion: askedIn };
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
