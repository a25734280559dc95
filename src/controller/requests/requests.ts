import { z } from 'zod';
import { remedies } from '../../../workflows/acting.ts';
import { recovery, type RecoveryInput } from '../../../workflows/recovery.ts';
import type { Request } from '../../../workflows/request.ts';
import type { Workflow } from '../../../workflows/step.ts';
import { takeover, type TakeoverInput } from '../../../workflows/takeover.ts';
import type { Finding } from '../../analysis/finding.ts';
import { type Gate, whyShut } from '../../analysis/gates/gates.ts';
import { digestOf } from '../../engine/digest.ts';
import type { End } from '../../engine/drive.ts';
import type { Opening, Teller } from '../../engine/ports.ts';
import type { HookStage } from '../../engine/record.ts';
import type { Chance, Clock } from '../../kernel/clock.ts';
import { BatonError } from '../../kernel/errors.ts';
import { asWritten, type InstanceKey, parseInstanceKey } from '../../kernel/instance-key.ts';
import { makeUid, shortUid } from '../../kernel/uid.ts';
import { gatesNow } from '../../steps/gates-now.ts';
import type { StepWorld } from '../../steps/step-world.ts';
import { planLines } from '../../steps/plan-lines.ts';
import { takeoverNow } from '../../steps/takeover/check.ts';
import { takeoverPlan } from '../../steps/takeover/plan.ts';
import type { Cluster } from '../../topology/cluster.ts';
import { clusterMeant } from '../cluster-meant.ts';
import type { LiveInventory } from '../inventory.ts';
import { didYouMean } from '../port-alone.ts';
import type { Supervisor } from '../supervisor.ts';
import { asAsked, failoverPreview, type TakeoverPreview } from './failover-preview.ts';
import { type Cancelled, openRunMeant, titleOf } from './open-run-meant.ts';

/** Who asks, and in whose words. */
export const Asker = z.object({ by: z.string().trim().min(1), why: z.string().trim().min(1) });
export type Asker = z.infer<typeof Asker>;

/** What was begun for a person. `ended` resolves with null where this controller could not follow it. */
export interface Begun {
  readonly uid: string;
  readonly workflow: string;
  readonly ended: Promise<End | null>;
}

/** What people ask to be done to a cluster: each is opened like anything else that Baton does, and followed to its end. */
export class Requests {
  readonly #world: StepWorld;
  readonly #inventory: LiveInventory;
  readonly #supervisor: Supervisor;
  readonly #clock: Clock;
  readonly #chance: Chance;
  readonly #token: () => number;
  readonly #defaultPort: number;
  readonly #compatibility: 'sane' | 'strict';
  readonly #teller: Teller;
  readonly #acknowledge: (instance: InstanceKey, why: string) => Promise<unknown>;

  constructor(options: {
    world: StepWorld;
    inventory: LiveInventory;
    supervisor: Supervisor;
    clock: Clock;
    chance: Chance;
    token: () => number;
    /** Of an instance that is named without one (DefaultInstancePort). */
    defaultPort: number;
    /** HookCompatibility. */
    compatibility: 'sane' | 'strict';
    teller: Teller;
    /** Somebody has seen how the earlier runs about this instance ended. */
    acknowledge: (instance: InstanceKey, why: string) => Promise<unknown>;
  }) {
    this.#world = options.world;
    this.#inventory = options.inventory;
    this.#supervisor = options.supervisor;
    this.#clock = options.clock;
    this.#chance = options.chance;
    this.#token = options.token;
    this.#defaultPort = options.defaultPort;
    this.#compatibility = options.compatibility;
    this.#teller = options.teller;
    this.#acknowledge = options.acknowledge;
  }

  /** A planned change of primary. Throws `cluster-unknown`, `cluster-busy`, `request-refused`. */
  async takeover(wanted: string, wish: TakeoverWish): Promise<Begun> {
    return this.#begin(takeover, this.#takeoverInput(wanted, wish));
  }

  /** How every gate of such a takeover stands, and who would be the new primary; nothing is touched. */
  async previewTakeover(wanted: string, wish: TakeoverWish): Promise<TakeoverPreview> {
    const input = this.#takeoverInput(wanted, wish);
    const signal = new AbortController().signal;
    const answer = await takeoverNow(this.#world, input, { now: this.#clock.now(), signal });
    const busy = this.#busyGate(input.cluster);
    const gates = [...answer.gates, busy];
    if (!busy.open) return { ...answer, gates, successor: null, because: busy.because, plan: [] };
    const { successor } = answer;
    const hasHooks = (stage: HookStage) => this.#world.hooks.has(stage);
    const plan = successor === null ? [] : takeoverPlan(input, successor, hasHooks);
    return { ...answer, gates, plan: await planLines(this.#world, plan) };
  }

  /**
   * Replaces the primary as if it were dead, whatever it says itself; `to`, one of its own replicas, is to take its
   * place where one is named.
   */
  async force(wanted: string, to: string | null, asker: Asker): Promise<Begun> {
    return this.#beginAnother(recovery, this.#forcedInput(wanted, to, asker));
  }

  /** What that would do, and who would be promoted by what the replicas say now; nothing is touched. */
  async previewForced(wanted: string, to: string | null, asker: Asker): Promise<TakeoverPreview> {
    const input = this.#forcedInput(wanted, to, asker);
    const gates = [this.#busyGate(input.cluster)];
    return failoverPreview(this.#world, input, { gates, now: this.#clock.now() });
  }

  #forcedInput(wanted: string, to: string | null, asker: Asker): RecoveryInput {
    const { cluster, finding } = this.#primaryOf(wanted);
    const forced = { isForced: true, designated: null };
    if (to === null) return { cluster, finding, request: requestOf('force-master-failover', asker, forced) };
    const designated = this.#instanceMeant(to);
    if (!finding.replicas.includes(designated))
      throw new BatonError(
        'request-refused',
        `${designated} does not replicate from ${finding.instance}, and only a direct replica can take its place`,
      );
    const request = requestOf('force-master-takeover', asker, { ...forced, designated });
    return { cluster, finding, request };
  }

  /** Recovers an instance that is found to have failed, though Baton would leave it alone by itself. */
  async recover(instance: string, asker: Asker, wish: RecoverWish = {}): Promise<Begun> {
    const { remedy, input, gates } = await this.#recoveryWanted(instance, asker, wish);
    const shut = whyShut(gates);
    if (shut.length > 0) throw new BatonError('request-refused', shut.join('; '));
    return this.#beginAnother(remedy, input);
  }

  /** How every gate of that stands, who would be promoted and what would be done; nothing is touched. */
  async previewRecover(instance: string, asker: Asker, wish: RecoverWish = {}): Promise<TakeoverPreview> {
    const { remedy, input, gates } = await this.#recoveryWanted(instance, asker, wish);
    const nobody = { gates, successor: null, comparisons: [], plan: [] };
    const shut = whyShut(gates);
    if (shut.length > 0) return { ...nobody, because: shut.join('; ') };
    if (remedy === recovery) return failoverPreview(this.#world, input, { gates, now: this.#clock.now() });
    // Who goes where is chosen by what each has when it has stopped receiving.
    const because = gates.find(({ gate }) => gate === 'treatment')?.because ?? input.finding.code;
    return { ...nobody, because, plan: [because] };
  }

  async #recoveryWanted(
    instance: string,
    asker: Asker,
    { runsHooks = true, candidate = null }: RecoverWish,
  ): Promise<{ remedy: Workflow; input: RecoveryInput; gates: readonly Gate[] }> {
    const key = this.#instanceMeant(instance);
    const cluster = this.#inventory.clusterOf(key);
    if (cluster === null) throw new BatonError('cluster-unknown', `${key} is in no cluster that is watched`);
    const now = this.#clock.now();
    const finding = this.#world.settings
      .analyseAll(this.#inventory.members(cluster.id), now)
      .find((one) => one.instance === key);
    const remedy = finding === undefined ? undefined : remedies[finding.treatment];
    if (finding === undefined || remedy === undefined)
      throw new BatonError(
        'request-refused',
        finding === undefined
          ? `nothing is found to be wrong with ${key}`
          : `${finding.code} of ${key} is nothing that Baton recovers`,
      );
    const gates = asAsked(await gatesNow(this.#world, finding, cluster, now));
    const designated = candidate === null ? null : this.#instanceMeant(candidate);
    const command = runsHooks ? 'recover' : 'recover-lite';
    const request = requestOf(command, asker, { runsHooks, designated });
    return { remedy, input: { cluster, finding, request }, gates };
  }

  /**
   * Stops what changes a cluster, and has put back what it has changed: by its uid or the beginning of it, by its
   * cluster or any instance of that; the only one that goes on where nothing is named. Throws `cancel-refused`,
   * `run-ended`.
   */
  async cancel(wanted: string | null, { by, why }: Asker): Promise<Cancelled> {
    const opening = openRunMeant(wanted, {
      open: (await this.#world.journal.unfinished()).filter(({ exclusive }) => exclusive),
      clusterOf: (name) => this.#clusterMeant(name),
    });
    const { uid, workflow } = opening;
    const heard = await this.#supervisor.say(uid, 'cancel', { who: by, why });
    if (heard.taken) {
      const { state, sentence, seq: records } = heard;
      return { uid, workflow, state, sentence, records };
    }
    const refusal = `${titleOf(opening)} cannot be cancelled any more: ${heard.because}`;
    this.#teller.warn(`${by} wanted to cancel it (${why}); ${refusal}`, { [workflow]: uid });
    throw new BatonError('cancel-refused', refusal);
  }

  #takeoverInput(wanted: string, { to, auto, ...asker }: TakeoverWish): TakeoverInput {
    const { cluster, finding } = this.#primaryOf(wanted);
    const designated = to === null ? null : this.#instanceMeant(to);
    const command = auto ? 'graceful-master-takeover-auto' : 'graceful-master-takeover';
    return {
      cluster,
      finding,
      request: requestOf(command, asker, { designated }),
      auto,
      compatibility: this.#compatibility,
    };
  }

  /** The cluster that is meant, and its primary as it stands. */
  #primaryOf(wanted: string): { cluster: Cluster; finding: Finding } {
    const cluster = this.#clusterMeant(wanted);
    const members = this.#inventory.members(cluster.id);
    const primary = this.#inventory.primaryOf(cluster);
    const finding =
      primary === null ? null : this.#world.settings.forced(primary, members, this.#clock.now());
    if (finding === null)
      throw new BatonError(
        'request-refused',
        `the primary of ${cluster.alias}, ${cluster.name}, was never read`,
      );
    return { cluster, finding };
  }

  #clusterMeant(wanted: string): Cluster {
    return clusterMeant(wanted, {
      clusters: this.#inventory.clusters,
      clusterOf: (key) => this.#inventory.clusterOf(key),
      instances: this.#inventory.keys,
      defaultPort: this.#defaultPort,
    });
  }

  #instanceMeant(wanted: string): InstanceKey {
    const key = parseInstanceKey(wanted, this.#defaultPort);
    if (key === null) throw new BatonError('usage', `${asWritten(wanted)} is no host:port`);
    const known = this.#inventory.find(key)?.key ?? null;
    const hint = known === null ? didYouMean(wanted, this.#inventory.keys) : '';
    if (hint !== '')
      throw new BatonError(
        'instance-unknown',
        `no instance that is watched is called ${asWritten(wanted)}${hint}`,
      );
    return known ?? key;
  }

  #busyGate({ id, alias }: Cluster): Gate {
    const isBusy = this.#supervisor.isActing(id);
    return {
      gate: 'active',
      open: !isBusy,
      because: isBusy
        ? `another change of ${alias} is under way`
        : `no other change of ${alias} is under way`,
    };
  }

  /** Whoever asks for another recovery of an instance has seen how the last ones ended (orchestrator 3.2.6, section 2.7). */
  async #beginAnother(workflow: Workflow, input: RecoveryInput): Promise<Begun> {
    const begun = await this.#begin(workflow, input);
    const { finding, request } = input;
    await this.#acknowledge(
      finding.instance,
      `${request?.who} has asked for another recovery of ${finding.instance} (${request?.command})`,
    );
    return begun;
  }

  async #begin(workflow: Workflow, input: RecoveryInput | TakeoverInput): Promise<Begun> {
    const { cluster } = input;
    const opening: Opening = {
      uid: makeUid(this.#clock, this.#chance),
      workflow: workflow.name,
      digest: digestOf(workflow.machine),
      subject: cluster.id,
      exclusive: true,
      input,
      at: this.#clock.now(),
      token: this.#token(),
    };
    const opened = await this.#world.journal.open(opening);
    if (!opened.opened)
      throw new BatonError(
        'cluster-busy',
        `${cluster.alias} is being changed already, by ${shortUid(opened.by)}`,
      );
    return { uid: opening.uid, workflow: workflow.name, ended: this.#supervisor.follow(opening) };
  }
}

export interface TakeoverWish extends Asker {
  /** Null where nobody is named. */
  readonly to: string | null;
  readonly auto: boolean;
}

interface RecoverWish {
  readonly runsHooks?: boolean;
  /** Who shall take the place of a failed one; null leaves the choice to Baton. */
  readonly candidate?: string | null;
}

function requestOf(
  command: string,
  { by, why }: Asker,
  more: Partial<Pick<Request, 'isForced' | 'runsHooks' | 'designated'>>,
): Request {
  return { command, who: by, why, isForced: false, runsHooks: true, designated: null, ...more };
}
