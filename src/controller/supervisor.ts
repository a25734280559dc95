import { isActing } from '../../workflows/acting.ts';
import { type AllClearInput, allClear } from '../../workflows/all-clear.ts';
import type { DetectionInput } from '../../workflows/detection.ts';
import { detection } from '../../workflows/detection.ts';
import { rejoin } from '../../workflows/rejoin.ts';
import { returning } from '../../workflows/returning.ts';
import type { Workflow as AnyWorkflow } from '../../workflows/step.ts';
import { type SuspicionInput, suspicion } from '../../workflows/suspicion.ts';
import { digestOf } from '../engine/digest.ts';
import { type Driving, drive, type End, type Heard } from '../engine/drive.ts';
import type { Opening, Teller } from '../engine/ports.ts';
import type { DriveWorld } from '../engine/run-book.ts';
import type { Chance } from '../kernel/clock.ts';
import { spoken } from '../kernel/duration.ts';
import { BatonError, messageOf } from '../kernel/errors.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';
import { makeUid } from '../kernel/uid.ts';
import { allClearUid, detectionUid, suspicionUid } from '../steps/hook-facts.ts';
import type { StepWorld } from '../steps/step-world.ts';
import type { Cluster } from '../topology/cluster.ts';
import { type Repertoire, repertoireOn } from './repertoire.ts';

/** How long a run rests that could not go on: first so long, then twice, at most so long. */
const restAtFirstMs = 1_000;
const restAtMostMs = 60_000;

/** Runs workflows: begins them, continues those of an earlier life, hands a detection's cluster to its recovery. */
export class Supervisor {
  readonly #world: DriveWorld;
  readonly #repertoire: Repertoire;
  readonly #chance: Chance;
  readonly #signal: AbortSignal;
  readonly #running = new Map<string, Running>();
  readonly #lives = new Set<Promise<unknown>>();
  readonly #onEnd: (opening: Opening, end: End) => Promise<void>;

  constructor(options: {
    world: DriveWorld;
    steps: StepWorld;
    chance: Chance;
    signal: AbortSignal;
    /** Told of every run that ends here, before it is forgotten. */
    onEnd: (opening: Opening, end: End) => Promise<void>;
  }) {
    this.#world = options.world;
    this.#chance = options.chance;
    this.#signal = options.signal;
    this.#onEnd = options.onEnd;
    this.#repertoire = repertoireOn(options.steps, () => options.world.lease.token);
    for (const { workflow } of this.#repertoire.values()) digestOf(workflow.machine);
  }

  /** Continues what an earlier life of the controller left unfinished. */
  resume(unfinished: readonly Opening[]): void {
    for (const opening of unfinished) void this.#run(opening);
  }

  /**
   * Opens a detection and follows it to its end; a recovery that it claims goes on by itself. Resolves
   * when the detection stands in the journal.
   */
  async detect(input: DetectionInput): Promise<{ readonly uid: string; readonly ended: Promise<unknown> }> {
    const uid = makeUid(this.#world.clock, this.#chance);
    const opening = await this.open(detection, detectionUid(uid), input);
    return { uid, ended: this.#run(opening) };
  }

  /** Asks the replicas of a silent source whether they can reach it. `isLost` when they have said so, and none can. */
  async suspect(input: SuspicionInput): Promise<{ readonly uid: string; readonly isLost: Promise<boolean> }> {
    const uid = suspicionUid(makeUid(this.#world.clock, this.#chance));
    const opening = await this.open(suspicion, uid, input);
    return { uid, isLost: this.#run(opening).then((end) => end?.state === 'lost') };
  }

  /** Tells the hooks that a failure is over, under the uid that it was announced with. Resolves when that is owed. */
  async tellAllClear({ uid, finding, cluster }: AllClearInput & { uid: string }): Promise<void> {
    const input: AllClearInput = { finding, cluster };
    void this.#run(await this.open(allClear, allClearUid(uid), input));
  }

  /** Opens a run that holds nothing. Resolves when it stands in the journal; nobody follows it yet. */
  async open(workflow: AnyWorkflow, uid: string, input: { readonly cluster: Cluster }): Promise<Opening> {
    const { journal, clock, lease } = this.#world;
    const opening: Opening = {
      uid,
      workflow: workflow.name,
      digest: digestOf(workflow.machine),
      subject: input.cluster.id,
      exclusive: false,
      input,
      at: clock.now(),
      token: lease.token,
    };
    await journal.open(opening);
    return opening;
  }

  /** Opens any run that holds nothing. Resolves when it stands in the journal; `ended` as follow does. */
  async begin(
    workflow: AnyWorkflow,
    uid: string,
    input: { readonly cluster: Cluster },
  ): Promise<{ readonly ended: Promise<End | null> }> {
    return { ended: this.#run(await this.open(workflow, uid, input)) };
  }

  /** A replaced primary is being dealt with. */
  isReturning(instance: InstanceKey): boolean {
    return this.#openings.some(
      ({ workflow, input }) =>
        (workflow === returning.name || workflow === rejoin.name) &&
        (input as { instance?: InstanceKey }).instance === instance,
    );
  }

  /** A run that changes some cluster for good is under way. */
  get isActingAnywhere(): boolean {
    return this.#openings.some(({ workflow }) => isActing(workflow));
  }

  /** A run that changes this cluster for good is under way. */
  isActing(clusterId: string): boolean {
    return this.#openings.some(({ workflow, subject }) => subject === clusterId && isActing(workflow));
  }

  /** Follows a run that somebody else has opened. Resolves with its end; null where it could not be followed. */
  follow(opening: Opening): Promise<End | null> {
    return this.#run(opening);
  }

  /** Replicas of this cluster are being asked; what they say meanwhile is of our making. */
  isSuspecting(clusterId: string): boolean {
    return this.#openings.some(
      ({ workflow, subject }) => workflow === suspicion.name && subject === clusterId,
    );
  }

  /** A detection that may lead to a recovery of this cluster is under way. */
  isDetecting(clusterId: string): boolean {
    return this.#openings.some(
      ({ workflow, subject, input }) =>
        workflow === detection.name && subject === clusterId && (input as DetectionInput).acts,
    );
  }

  /** The hooks are still being told of the failure that is announced under this uid of a recovery. */
  isAnnouncing(uid: string): boolean {
    return this.#running.has(detectionUid(uid));
  }

  /** Takes a person's word to a run. Throws `run-ended` where it does not go on here. */
  async say(uid: string, event: string, { who, why }: { who: string; why: string }): Promise<Heard> {
    const driving = this.#running.get(uid)?.driving ?? null;
    if (driving === null)
      throw new BatonError('run-ended', `run ${uid} does not go on here, so nothing that is said reaches it`);
    return driving.say(event, who, why);
  }

  get #openings(): readonly Opening[] {
    return [...this.#running.values()].map(({ opening }) => opening);
  }

  /** The uids of the runs that go on here, and of those whose ends have not been followed up yet. */
  get underWay(): readonly string[] {
    return [...this.#running.keys()];
  }

  /** Resolves when nothing runs any more, and what follows the end of a run has been done. */
  async idle(): Promise<void> {
    while (this.#lives.size > 0) await Promise.allSettled(this.#lives);
  }

  /** Null where it could not be followed to its end. */
  #run(opening: Opening): Promise<End | null> {
    const life = this.#live(opening).finally(() => this.#lives.delete(life));
    this.#lives.add(life);
    return life;
  }

  async #live(opening: Opening): Promise<End | null> {
    const { uid } = opening;
    if (this.#running.has(uid) || this.#signal.aborted) return null;
    try {
      const end = await this.#untilItEnds(opening);
      await this.#onEnd(opening, end);
      const claimed = claimedIn(opening, end);
      if (claimed !== null) await this.#handOver(claimed);
      return end;
    } catch (error) {
      if (this.#signal.aborted) return null;
      const because = `what follows the end of this ${opening.workflow} could not be done: ${messageOf(error)}`;
      this.#tellerOf(opening).warn(because, { [opening.workflow]: uid });
      return null;
    } finally {
      this.#running.delete(uid);
    }
  }

  /** A run that cannot go on, for its journal cannot be written, is continued as after a restart, again and again. */
  async #untilItEnds(opening: Opening): Promise<End> {
    const running: Running = { opening, driving: null };
    this.#running.set(opening.uid, running);
    for (let restMs = restAtFirstMs; ; restMs = Math.min(2 * restMs, restAtMostMs)) {
      try {
        running.driving = this.#drive(opening);
        return await running.driving.end;
      } catch (error) {
        if (this.#signal.aborted) throw error;
        const because = `${opening.workflow} cannot go on and is tried again in ${spoken(restMs)}: ${messageOf(error)}`;
        this.#tellerOf(opening).warn(because, { [opening.workflow]: opening.uid });
        await this.#world.clock.sleep(restMs, this.#signal);
      }
    }
  }

  /** What was claimed goes on by itself: whoever claimed it has ended. */
  async #handOver(uid: string): Promise<void> {
    const run = await this.#world.journal.read(uid);
    if (run !== null) void this.#run(run.opening);
  }

  #drive(opening: Opening): Driving {
    const { uid, workflow } = opening;
    const part = this.#repertoire.get(workflow);
    if (part === undefined)
      throw new BatonError('step-missing', `this version of Baton knows no workflow "${workflow}"`);
    const world = { ...this.#world, teller: this.#tellerOf(opening), settle: part.settle };
    return drive(part.workflow, part.steps, uid, world, this.#signal);
  }

  /** Every line of a run says which cluster it is about. */
  #tellerOf({ input }: Opening): Teller {
    const { teller } = this.#world;
    const cluster = (input as { cluster?: Cluster }).cluster?.alias;
    return {
      tell: (sentence, fields) => teller.tell(sentence, { cluster, ...fields }),
      warn: (sentence, fields) => teller.warn(sentence, { cluster, ...fields }),
    };
  }
}

interface Running {
  readonly opening: Opening;
  /** Null before its machine is driven. */
  driving: Driving | null;
}

/** The run that this one has claimed the cluster for; null for none. */
function claimedIn({ workflow }: Opening, { output }: End): string | null {
  const { recovery = null, rejoin: joining = null } = (output ?? {}) as {
    recovery?: string | null;
    rejoin?: string | null;
  };
  if (workflow === detection.name) return recovery;
  return workflow === returning.name ? joining : null;
}
