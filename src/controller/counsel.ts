import { detection } from '../../workflows/detection.ts';
import { actingNames } from '../../workflows/acting.ts';
import { questionOf, standsOf } from '../analysis/advice/explain.ts';
import type { FencingLevel } from '../analysis/cost/fencing.ts';
import type { Finding } from '../analysis/finding.ts';
import type { Gate } from '../analysis/gates/gates.ts';
import { readinessOf } from '../analysis/advice/readiness.ts';
import { type Succession, successionOf } from '../analysis/choice/succession.ts';
import type { Clock } from '../kernel/clock.ts';
import { parseInstanceKey } from '../kernel/instance-key.ts';
import { gatesNow } from '../steps/gates-now.ts';
import type { StepWorld } from '../steps/step-world.ts';
import type { Cluster } from '../topology/cluster.ts';
import { clusterMeant } from './cluster-meant.ts';
import {
  type ExplanationReport,
  explanationReport,
  type ReadinessReport,
  type SuccessionReport,
  successionReport,
} from './counsel-reports.ts';
import { foldGates, type GateHistory } from './gate-history.ts';
import type { HostNews } from './history/host-news.ts';
import type { LiveInventory } from './inventory.ts';
import { recoveryReport } from './reports.ts';

/** How often the gates are asked so that it is known since when they stand as they stand. */
const noticeEveryMs = 10_000;
/** So much of what other systems told of its hosts is said of a cluster. */
const signalsTold = 10;

/** What people ask while nothing is wrong, and in the middle of the night: would it work, and why not? */
export class Counsel {
  readonly #world: StepWorld;
  readonly #inventory: LiveInventory;
  readonly #clock: Clock;
  readonly #defaultPort: number;
  readonly #signals: Pick<HostNews, 'report'>;
  #noticedAt = Number.NEGATIVE_INFINITY;
  #history: GateHistory = new Map();

  constructor(options: {
    world: StepWorld;
    inventory: LiveInventory;
    clock: Clock;
    /** Of an instance that is named without one (DefaultInstancePort). */
    defaultPort: number;
    signals: Pick<HostNews, 'report'>;
  }) {
    this.#world = options.world;
    this.#inventory = options.inventory;
    this.#clock = options.clock;
    this.#defaultPort = options.defaultPort;
    this.#signals = options.signals;
  }

  /**
   * Asks the gates of every cluster, every few seconds, to know when one opens or shuts. Who would be promoted is
   * worked out only for whoever asks: that reads GTID sets, which may be megabytes.
   */
  notice(): void {
    const now = this.#clock.now();
    if (now - this.#noticedAt < noticeEveryMs) return;
    this.#noticedAt = now;
    // A journal that cannot be read is told of by whoever needs it; a history may have a gap.
    for (const cluster of this.#inventory.clusters) this.#ask(cluster, null).catch(() => {});
  }

  /** Throws `cluster-unknown`. */
  async explain(wanted: string): Promise<ExplanationReport> {
    const cluster = this.clusterMeant(wanted);
    const succession = this.#successionOf(cluster);
    const { question, stands } = await this.#ask(cluster, succession);
    const { journal, settings } = this.#world;
    const last = async (workflow: string | readonly string[]) => {
      const [run] = await journal.list({ workflow, subject: cluster.id, limit: 1 });
      return run === undefined ? null : recoveryReport(run);
    };
    return explanationReport({
      cluster,
      question,
      succession,
      stands,
      history: this.#history,
      signals: this.#signals.report(
        this.#inventory.members(cluster.id).map(({ key }) => key),
        signalsTold,
      ),
      findings: settings.analyse(this.#inventory.members(cluster.id), this.#clock.now()),
      lastDetection: await last(detection.name),
      lastRecovery: await last(actingNames),
    });
  }

  /** Throws `cluster-unknown`. */
  succession(wanted: string): SuccessionReport {
    const cluster = this.clusterMeant(wanted);
    return successionReport(cluster, this.#successionOf(cluster));
  }

  /** How the gates stand for a failure that is there, and behind them what a change of primary would meet. */
  async gatesOf(finding: Finding, cluster: Cluster): Promise<readonly Gate[]> {
    const gates = await gatesNow(this.#world, finding, cluster, this.#clock.now());
    if (finding.treatment !== 'dead-primary') return gates;
    const { fencingRequired } = this.#world.settings;
    const fencingReachable = this.#fencingReachable(finding.instance);
    const succession = this.#successionOf(cluster);
    const stands = standsOf(gates, { isSupposed: false, succession, fencingRequired, fencingReachable });
    return stands.map(({ gate, state, because }) => ({ gate, open: state === 'open', because }));
  }

  /** Of one cluster or of all, the worst first. Throws `cluster-unknown`. */
  readiness(wanted: string | null): readonly ReadinessReport[] {
    const clusters = wanted === null ? this.#inventory.clusters : [this.clusterMeant(wanted)];
    return clusters.map((cluster) => this.readinessOf(cluster)).toSorted((a, b) => a.score - b.score);
  }

  readinessOf(cluster: Cluster): ReadinessReport {
    const { settings } = this.#world;
    const readiness = readinessOf({
      name: cluster.name,
      members: this.#inventory.members(cluster.id),
      now: this.#clock.now(),
      analyse: settings.analyse,
      promotion: settings.promotion,
      automatic: settings.autoMasterRecovery(cluster),
      disabledBecause: this.#world.holds.disabledBecause(),
      fencingRequired: settings.fencingRequired,
      fencingReachable: this.#fencingReachable(cluster.name),
    });
    const { id, name, alias } = cluster;
    return { id, name, alias, ...readiness };
  }

  async #ask(cluster: Cluster, succession: Succession | null) {
    const { settings } = this.#world;
    const now = this.#clock.now();
    const members = this.#inventory.members(cluster.id);
    const primary = this.#inventory.primaryOf(cluster);
    const question =
      primary === null ? null : questionOf(primary, { members, now, analyse: settings.analyseAll });
    const gates = question === null ? [] : await gatesNow(this.#world, question.finding, cluster, now);
    const { fencingRequired } = settings;
    const fencingReachable = this.#fencingReachable(cluster.name);
    const isSupposed = question?.isSupposed ?? false;
    const stands = standsOf(gates, { isSupposed, succession, fencingRequired, fencingReachable });
    this.#history = foldGates(this.#history, cluster.id, stands, now);
    return { question, stands };
  }

  /** A cluster manager that fences the host proves more than the configuration can. */
  #fencingReachable(name: string): FencingLevel {
    const { settings, signals } = this.#world;
    const primary = parseInstanceKey(name);
    return primary !== null && signals.fences(primary) ? 'proven' : settings.fencingReachable;
  }

  #successionOf(cluster: Cluster): Succession {
    const primary = this.#inventory.primaryOf(cluster);
    if (primary === null) return { successor: null, because: `the primary ${cluster.name} is not known` };
    const rules = this.#world.settings.promotion;
    return successionOf(primary, this.#inventory.members(cluster.id), { now: this.#clock.now(), rules });
  }

  /** Throws `cluster-unknown`. */
  clusterMeant(wanted: string): Cluster {
    return clusterMeant(wanted, {
      clusters: this.#inventory.clusters,
      clusterOf: (key) => this.#inventory.clusterOf(key),
      instances: this.#inventory.keys,
      defaultPort: this.#defaultPort,
    });
  }
}
