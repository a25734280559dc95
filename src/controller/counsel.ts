import { detection } from '../../workflows/detection.ts';
import { recovery } from '../../workflows/recovery.ts';
import { questionOf, standsOf } from '../analysis/explain.ts';
import { readinessOf } from '../analysis/readiness.ts';
import { type Succession, successionOf } from '../analysis/succession.ts';
import type { Clock } from '../kernel/clock.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';
import { gatesNow } from '../steps/gates-now.ts';
import type { StepWorld } from '../steps/step-world.ts';
import type { Cluster } from '../topology/cluster.ts';
import { clusterMeant } from './cluster-meant.ts';
import { type ExplanationReport, explanationReport, type ReadinessReport } from './counsel-reports.ts';
import { foldGates, type GateHistory } from './gate-history.ts';
import type { LiveInventory } from './inventory.ts';
import { recoveryReport } from './reports.ts';

/** How often the gates are asked so that it is known since when they stand as they stand. */
const noticeEveryMs = 10_000;

/** What people ask while nothing is wrong, and in the middle of the night: would it work, and why not? */
export class Counsel {
  readonly #world: StepWorld;
  readonly #inventory: LiveInventory;
  readonly #clock: Clock;
  readonly #defaultPort: number;
  readonly #noticedAt = new Map<string, number>();
  #history: GateHistory = new Map();

  constructor(options: {
    world: StepWorld;
    inventory: LiveInventory;
    clock: Clock;
    /** Of an instance that is named without one (DefaultInstancePort). */
    defaultPort: number;
  }) {
    this.#world = options.world;
    this.#inventory = options.inventory;
    this.#clock = options.clock;
    this.#defaultPort = options.defaultPort;
  }

  /** Asks the gates of the clusters of these instances, every few seconds, to know when one opens or shuts. */
  notice(keys: readonly InstanceKey[]): void {
    const now = this.#clock.now();
    const clusters = new Map(
      keys.flatMap((key) => this.#inventory.clusterOf(key) ?? []).map((one) => [one.id, one]),
    );
    for (const cluster of clusters.values()) {
      if (now - (this.#noticedAt.get(cluster.id) ?? Number.NEGATIVE_INFINITY) < noticeEveryMs) continue;
      this.#noticedAt.set(cluster.id, now);
      // A journal that cannot be read is told of by whoever needs it; a history may have a gap.
      this.#ask(cluster).catch(() => {});
    }
  }

  /** Throws `cluster-unknown`. */
  async explain(wanted: string): Promise<ExplanationReport> {
    const cluster = this.#meant(wanted);
    const { question, succession, stands } = await this.#ask(cluster);
    const { journal, settings } = this.#world;
    const last = async (workflow: string) => {
      const [run] = await journal.list({ workflow, subject: cluster.id, limit: 1 });
      return run === undefined ? null : recoveryReport(run);
    };
    return explanationReport({
      cluster,
      question,
      succession,
      stands,
      history: this.#history,
      findings: settings.analyse(this.#inventory.members(cluster.id), this.#clock.now()),
      lastDetection: await last(detection.name),
      lastRecovery: await last(recovery.name),
    });
  }

  /** Of one cluster or of all, the worst first. Throws `cluster-unknown`. */
  readiness(wanted: string | null): readonly ReadinessReport[] {
    const clusters = wanted === null ? this.#inventory.clusters : [this.#meant(wanted)];
    return clusters.map((cluster) => this.#readinessOf(cluster)).toSorted((a, b) => a.score - b.score);
  }

  #readinessOf(cluster: Cluster): ReadinessReport {
    const { settings } = this.#world;
    const readiness = readinessOf({
      name: cluster.name,
      members: this.#inventory.members(cluster.id),
      now: this.#clock.now(),
      analyse: settings.analyse,
      ignoredHosts: settings.promotionIgnoredHosts,
      automatic: settings.autoMasterRecovery(cluster),
      disabledBecause: settings.disabledBecause(),
      fencingRequired: settings.fencingRequired,
    });
    const { id, name, alias } = cluster;
    return { id, name, alias, ...readiness };
  }

  async #ask(cluster: Cluster) {
    const { settings } = this.#world;
    const now = this.#clock.now();
    const members = this.#inventory.members(cluster.id);
    const primary = members.find(({ key }) => key === cluster.name) ?? null;
    const question =
      primary === null ? null : questionOf(primary, { members, now, analyse: settings.analyse });
    const succession: Succession =
      primary === null
        ? { successor: null, because: `the primary ${cluster.name} is not known` }
        : successionOf(primary, members, { now, ignoredHosts: settings.promotionIgnoredHosts });
    const gates = question === null ? [] : await gatesNow(this.#world, question.finding, cluster, now);
    const { fencingRequired } = settings;
    const isSupposed = question?.isSupposed ?? false;
    const stands = standsOf(gates, { isSupposed, succession, fencingRequired });
    this.#history = foldGates(this.#history, cluster.id, stands, now);
    return { question, succession, stands };
  }

  #meant(wanted: string): Cluster {
    return clusterMeant(wanted, {
      clusters: this.#inventory.clusters,
      clusterOf: (key) => this.#inventory.clusterOf(key),
      defaultPort: this.#defaultPort,
    });
  }
}
