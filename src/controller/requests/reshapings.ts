import type { Operation } from '../../../workflows/operation.ts';
import { type ReshapingInput, reshaping } from '../../../workflows/reshaping.ts';
import type { Gate } from '../../analysis/gates/gates.ts';
import { digestOf } from '../../engine/digest.ts';
import type { Journal } from '../../engine/ports.ts';
import { told } from '../../engine/telling.ts';
import type { Chance, Clock } from '../../kernel/clock.ts';
import { BatonError } from '../../kernel/errors.ts';
import { hostOf, type InstanceKey } from '../../kernel/instance-key.ts';
import { makeUid, shortUid } from '../../kernel/uid.ts';
import { planLines } from '../../steps/plan-lines.ts';
import { planNow } from '../../steps/reshaping/steps.ts';
import type { StepWorld } from '../../steps/step-world.ts';
import type { Cluster } from '../../topology/cluster.ts';
import type { LiveInventory } from '../inventory.ts';
import { didYouMean } from '../port-alone.ts';
import type { Supervisor } from '../supervisor.ts';

/** What would be done, a sentence for each order and under it its statements, further in; or every reason why not; nothing has been touched. */
export interface OperationPreview {
  readonly plan: readonly string[];
  readonly refusals: readonly string[];
  /** Every condition of a move, open or shut; empty where the operation is none. */
  readonly gates: readonly Gate[];
}

/** How an operation stands that was begun. */
export interface OperationReport {
  readonly uid: string;
  /** `done`, `refused` or `failed`; null while it goes on. */
  readonly state: string | null;
  readonly reason: string | null;
  /** What happened so far, a sentence each. */
  readonly story: readonly string[];
}

/** Operations on topologies that work, as people ask for them. */
export class Reshapings {
  readonly #world: StepWorld;
  readonly #journal: Journal;
  readonly #inventory: LiveInventory;
  readonly #supervisor: Supervisor;
  readonly #clock: Clock;
  readonly #chance: Chance;
  readonly #token: () => number;
  readonly #signal: AbortSignal;

  constructor(options: {
    world: StepWorld;
    journal: Journal;
    inventory: LiveInventory;
    supervisor: Supervisor;
    clock: Clock;
    chance: Chance;
    token: () => number;
    signal: AbortSignal;
  }) {
    this.#world = options.world;
    this.#journal = options.journal;
    this.#inventory = options.inventory;
    this.#supervisor = options.supervisor;
    this.#clock = options.clock;
    this.#chance = options.chance;
    this.#token = options.token;
    this.#signal = options.signal;
  }

  /** Throws `instance-unknown`. */
  async preview(operation: Operation): Promise<OperationPreview> {
    const plan = await planNow(this.#world, { operation, cluster: this.#clusterOf(operation) }, this.#signal);
    const { actions, refusals, gates = [] } = plan;
    return { plan: await planLines(this.#world, actions), refusals, gates };
  }

  /** Begins it and answers with its uid. Throws `instance-unknown`, and `cluster-busy` while another run holds the cluster. */
  async begin(operation: Operation, asker: { by: string; why: string }): Promise<string> {
    return (await this.#begin(operation, asker)).uid;
  }

  /** Begins it and answers when it has ended. Throws what `begin` throws. */
  async carryOut(operation: Operation, asker: { by: string; why: string }): Promise<OperationReport> {
    const { uid, ended } = await this.#begin(operation, asker);
    await ended;
    return this.report(uid);
  }

  async #begin(
    operation: Operation,
    { by, why }: { by: string; why: string },
  ): Promise<{ readonly uid: string; readonly ended: Promise<unknown> }> {
    const cluster = this.#clusterOf(operation);
    const input: ReshapingInput = {
      operation,
      cluster,
      request: { command: operation.verb, who: by, why, isForced: false, runsHooks: true, designated: null },
    };
    const opening = {
      uid: makeUid(this.#clock, this.#chance),
      workflow: reshaping.name,
      digest: digestOf(reshaping.machine),
      subject: cluster.id,
      exclusive: true,
      input,
      at: this.#clock.now(),
      token: this.#token(),
    };
    const opened = await this.#journal.open(opening);
    if (!opened.opened)
      throw new BatonError(
        'cluster-busy',
        `${cluster.alias} is held by ${shortUid(opened.by)}; nothing was touched`,
      );
    return { uid: opening.uid, ended: this.#supervisor.follow(opening) };
  }

  /** Throws `run-unknown`. */
  async report(uid: string): Promise<OperationReport> {
    const run = await this.#journal.read(uid);
    if (run === null || run.opening.workflow !== reshaping.name)
      throw new BatonError('run-unknown', `there is no operation "${uid}" in the journal`);
    const end = run.records.find((record) => record.kind === 'ended');
    const { reason = null } = (end?.output ?? {}) as { reason?: string | null };
    const story = run.records.flatMap((record) => told(record, run.records) ?? []);
    return { uid, state: end?.state ?? null, reason, story };
  }

  /** Throws `instance-unknown`, also for a port alone, which reads like the name of a host. */
  #clusterOf(operation: Operation): Cluster {
    const { instance } = operation;
    const cluster = this.#inventory.clusterOf(instance);
    const hintAt = (key: InstanceKey) => didYouMean(hostOf(key), this.#inventory.keys);
    if (cluster === null)
      throw new BatonError(
        'instance-unknown',
        `${instance} is not watched, so nothing is done to it${hintAt(instance)}`,
      );
    const below = 'below' in operation ? operation.below : null;
    if (below !== null && this.#inventory.find(below) === null && hintAt(below) !== '')
      throw new BatonError('instance-unknown', `${below} is not watched${hintAt(below)}`);
    return cluster;
  }
}
