import { rejoin } from '../../../workflows/rejoin.ts';
import { ReturnInput, ReturnOutcome, returning } from '../../../workflows/returning.ts';
import type { Gate } from '../../analysis/gates/gates.ts';
import type { Journal, Opening, RunSummary, Teller } from '../../engine/ports.ts';
import type { Planned } from '../../engine/plan.ts';
import type { Order } from '../../engine/ports.ts';
import { Refused } from '../../engine/step-context.ts';
import { told } from '../../engine/telling.ts';
import type { Clock } from '../../kernel/clock.ts';
import { BatonError } from '../../kernel/errors.ts';
import type { InstanceKey } from '../../kernel/instance-key.ts';
import { shortUid } from '../../kernel/uid.ts';
import { planLines } from '../../steps/plan-lines.ts';
import { cloneGatesOf } from '../../steps/returning/clone.ts';
import { assess, type Returned } from '../../steps/returning/returned.ts';
import { whySetApart } from '../../steps/returning/set-apart.ts';
import type { StepSettings, StepWorld } from '../../steps/step-world.ts';
import type { Instance } from '../../topology/snapshot.ts';
import { instanceMeant } from '../instance-meant.ts';
import type { LiveInventory } from '../inventory.ts';
import type { Returns } from '../returns.ts';
import type { Asker } from './requests.ts';

/** How everything stands that a rejoin depends on, and what would be done, a sentence each; nothing has been touched. */
export interface RejoinPreview {
  readonly gates: readonly Gate[];
  readonly plan: readonly string[];
}

/** How a rejoin stands that was asked for. */
export interface RejoinReport {
  readonly uid: string;
  /** The end, `rejoined` where it follows its successor; null while it goes on. */
  readonly state: string | null;
  readonly sentence: string;
  readonly reason: string | null;
  /** What happened so far, a sentence each. */
  readonly story: readonly string[];
}

/** One return of a replaced primary, as the story of its recovery tells it. */
export interface ReturnReport {
  readonly instance: InstanceKey;
  readonly at: string;
  readonly state: string;
  readonly sentence: string;
  readonly reason: string | null;
  /** What it has and its successor lacks; null where nobody has compared them. */
  readonly assessment: ReturnOutcome['assessment'];
  /** The file in which that is written down. */
  readonly saved: string | null;
  /** How the rejoin stands that came of it; null where none did. */
  readonly rejoin: {
    readonly state: string;
    readonly sentence: string;
    readonly reason: string | null;
  } | null;
}

/** Returns of one recovery stand among the latest of its cluster. */
const returnsLookedAt = 1_000;

/** What people ask about replaced primaries. */
export class Rejoins {
  readonly #world: StepWorld;
  readonly #journal: Journal;
  readonly #inventory: LiveInventory;
  readonly #returns: Returns;
  readonly #clock: Clock;
  readonly #defaultPort: number;
  readonly #signal: AbortSignal;
  readonly #teller: Teller;

  constructor(options: {
    world: StepWorld;
    journal: Journal;
    inventory: LiveInventory;
    returns: Returns;
    clock: Clock;
    /** Of an instance that is named without one (DefaultInstancePort). */
    defaultPort: number;
    signal: AbortSignal;
    teller: Teller;
  }) {
    this.#world = options.world;
    this.#journal = options.journal;
    this.#inventory = options.inventory;
    this.#returns = options.returns;
    this.#clock = options.clock;
    this.#defaultPort = options.defaultPort;
    this.#signal = options.signal;
    this.#teller = options.teller;
  }

  /** Throws `instance-unknown`, `rejoin-refused`. */
  async begin(name: string, asked: { by: string; why: string; rebuilds: boolean }): Promise<string> {
    const { by, why, rebuilds } = asked;
    const request = { command: 'rejoin', who: by, why, isForced: false, runsHooks: true, designated: null };
    return this.#returns.ask(this.#meant(name).key, { request, rebuilds });
  }

  /** Throws `instance-unknown`, `rejoin-refused`. */
  async preview(name: string, { rebuilds }: { rebuilds: boolean }): Promise<RejoinPreview> {
    const instance = this.#replaced(name);
    const { key } = instance;
    const successor = this.#inventory.successorOf(key);
    const cluster = this.#inventory.clusterOf(key);
    if (successor === null || cluster === null) throw notReplaced(key);
    const found = await assess(this.#world, { instance: key, cluster, successor }, this.#signal);
    const holder = (await this.#journal.unfinished()).find(
      (one) => one.exclusive && one.subject === cluster.id,
    );
    const apart = whySetApart(instance, this.#clock.now());
    const canFollow = !(found instanceof Refused) && found.canFollow;
    const gates = [
      gate('set-apart', apart === null, apart ?? `no person has set ${key} apart`),
      gate('data', canFollow || rebuilds, found.because),
      ...(canFollow || !rebuilds ? [] : await this.#rebuildGates({ instance: key, cluster, successor })),
      gate(
        'turn',
        holder === undefined,
        holder === undefined ? 'nothing else changes the cluster' : `it waits for ${shortUid(holder.uid)}`,
      ),
    ];
    const by = rebuilds ? this.#world.settings.rebuild.by : null;
    const plan = planOf(key, successor, { canFollow, by });
    return { gates, plan: await planLines(this.#world, plan) };
  }

  /** Throws `run-unknown`. */
  async report(uid: string): Promise<RejoinReport> {
    const first = await this.#journal.read(uid);
    if (first === null || first.opening.workflow !== returning.name)
      throw new BatonError('run-unknown', `there is no rejoin "${uid}" in the journal`);
    const end = first.records.find((record) => record.kind === 'ended');
    const claimed = ReturnOutcome.partial().safeParse(end?.output).data?.rejoin ?? null;
    const second = claimed === null ? null : await this.#journal.read(claimed);
    const last = second === null ? end : second.records.find((record) => record.kind === 'ended');
    const records = [...first.records, ...(second?.records ?? [])];
    const { reason = null } = (last?.output ?? {}) as { reason?: string | null };
    return {
      uid,
      state: last?.state ?? null,
      sentence: last?.sentence ?? 'It goes on.',
      reason,
      story: [first, ...(second === null ? [] : [second])].flatMap((run) =>
        run.records.flatMap((record) => told(record, records) ?? []),
      ),
    };
  }

  /** Throws `instance-unknown`, `rejoin-refused`. */
  split(name: string, { by, why }: Asker): void {
    const { key } = this.#replaced(name);
    this.#inventory.split(key);
    this.#teller.tell(`${by} takes ${key} for a cluster of its own: ${why}`, { instance: key });
  }

  /** What that would mean, a sentence each. Throws `instance-unknown`, `rejoin-refused`. */
  previewSplit(name: string): readonly string[] {
    const { key } = this.#replaced(name);
    const following = this.#followersOf(key);
    const whole = following.length === 0 ? '' : `, with ${following.join(', ')} below it`;
    return [
      `${key} would be a cluster of its own${whole}`,
      `Baton would not keep ${key} from taking writes any more, and would recover it like any primary`,
    ];
  }

  #followersOf(key: InstanceKey): readonly InstanceKey[] {
    return this.#inventory.replicasOf(key).map((replica) => replica.key);
  }

  /** How all stands that only a rebuild depends on. */
  async #rebuildGates(story: Returned): Promise<Gate[]> {
    const { hooks } = this.#world;
    const has = hooks.has('RebuildCommand');
    const saves = hooks.has('SaveErrantCommand');
    const isCloned = this.#world.settings.rebuild.by === 'clone';
    return [
      ...(isCloned
        ? await cloneGatesOf(this.#world, story)
        : [gate('rebuild', has, has ? 'RebuildCommand is configured' : 'there is no RebuildCommand')]),
      gate(
        'save',
        true,
        saves
          ? 'SaveErrantCommand saves what only it has'
          : 'there is no SaveErrantCommand: nothing is rebuilt unless all of it can be read over SQL',
      ),
    ];
  }

  #replaced(name: string): Instance {
    const instance = this.#meant(name);
    if (instance.replaced === null) throw notReplaced(instance.key);
    return instance;
  }

  #meant(name: string): Instance {
    const key = instanceMeant(name, { inventory: this.#inventory, defaultPort: this.#defaultPort });
    const instance = this.#inventory.find(key);
    if (instance === null) throw new BatonError('instance-unknown', `${key} is not watched`);
    return instance;
  }
}

function gate(name: string, open: boolean, because: string): Gate {
  return { gate: name, open, because };
}

/** What became of the primary that a recovery replaced, the oldest first. */
export async function returnsOf(
  journal: Pick<Journal, 'list'>,
  { uid, subject }: Pick<Opening, 'uid' | 'subject'>,
): Promise<readonly ReturnReport[]> {
  const workflow = [returning.name, rejoin.name];
  const runs = await journal.list({ workflow, subject, limit: returnsLookedAt });
  return runs.flatMap((run) => returnReport(run, uid, runs) ?? []).toReversed();
}

function notReplaced(key: InstanceKey): BatonError {
  return new BatonError('rejoin-refused', `${key} was not replaced as the primary of a cluster`);
}

function planOf(
  key: InstanceKey,
  successor: InstanceKey,
  { canFollow, by }: { canFollow: boolean; by: StepSettings['rebuild']['by'] | null },
): readonly Planned[] {
  const asked = (order: Order): Planned => ({ kind: 'order', order });
  const said = (sentence: string): Planned => ({ kind: 'said', sentence });
  const silence = [
    asked({ verb: 'setReadOnly', instance: key, readOnly: true }),
    said(`where ${key} takes writes, the connections of applications to it are ended`),
  ];
  const follow = [
    said(`${key} takes part in semi-sync as a replica where its siblings do`),
    asked({ verb: 'follow', instance: key, source: successor }),
  ];
  if (canFollow) return [...silence, ...follow];
  if (by === null) return silence;
  const rebuild = [
    said(`what only ${key} has is written down beside the state file, and by SaveErrantCommand`),
    ...(by === 'command'
      ? [said('RebuildCommand is run')]
      : [
          asked({ verb: 'clone', instance: key, donor: successor }),
          said(`${key} restarts, or stops and is waited for`),
        ]),
  ];
  return [...silence, ...rebuild, ...follow];
}

/** Null where the run is no return, or is about another recovery. */
function returnReport(
  { opening, end }: RunSummary,
  recovery: string,
  runs: readonly RunSummary[],
): ReturnReport | null {
  const input = opening.workflow === returning.name ? ReturnInput.safeParse(opening.input).data : undefined;
  if (input?.recovery !== recovery) return null;
  const outcome = ReturnOutcome.safeParse(end?.output).data;
  const rejoining = runs.find((run) => run.opening.uid === outcome?.rejoin) ?? null;
  return {
    instance: input.instance,
    at: new Date(opening.at).toISOString(),
    state: end?.state ?? 'under way',
    sentence: end?.sentence ?? 'It is being dealt with.',
    reason: outcome?.reason ?? null,
    assessment: outcome?.assessment ?? null,
    saved: outcome?.saved ?? null,
    rejoin: rejoining === null ? null : rejoinStand(rejoining),
  };
}

function rejoinStand({ end }: RunSummary): NonNullable<ReturnReport['rejoin']> {
  if (end === null) return { state: 'under way', sentence: 'It is being made to follow.', reason: null };
  const { state, sentence, output } = end;
  const { reason = null } = (output ?? {}) as { reason?: string | null };
  return { state, sentence, reason };
}
