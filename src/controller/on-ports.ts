import { actingNames } from '../../workflows/acting.ts';
import { detection } from '../../workflows/detection.ts';
import type { Config } from '../config/keys.ts';
import type { Leader } from '../engine/ports.ts';
import type { HookAnswer } from '../engine/record.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';
import { verdictNow } from '../steps/step-world.ts';
import type { Cluster } from '../topology/cluster.ts';
import { topologyText } from '../topology/tree.ts';
import type { Acting } from './acting.ts';
import { BinaryLogs } from './binary-logs.ts';
import type { ExplanationReport, ReadinessReport, SuccessionReport } from './counsel-reports.ts';
import type { Discovery } from './discovery.ts';
import { type AuditEntry, auditOf } from './history/audit.ts';
import type { Changelog } from './history/changelog.ts';
import type { SignalReport } from './history/host-news.ts';
import { cutOffText, notLeader } from './followed-journal.ts';
import { instanceMeant } from './instance-meant.ts';
import type { AskedOnce } from './kept/asked-once.ts';
import { type IncidentReport, incidentReport, namedIn } from './incident-report.ts';
import type { Kept } from './kept/kept.ts';
import { Life, type Renewal } from './life.ts';
import type { ControllerPorts } from './ports.ts';
import {
  type PublicationPreview,
  type PublicationReport,
  publicationPreviews,
  publicationReports,
} from './publication-reports.ts';
import {
  type ClusterReport,
  clusterReport,
  type FindingReport,
  type RecoveryReport,
  type RecoveryStoryReport,
  recoveryReport,
} from './reports.ts';
import { type Acknowledged, runNamed } from './requests/acknowledgements.ts';
import type { Rejoins } from './requests/rejoins.ts';
import type { Requests } from './requests/requests.ts';
import type { Reshapings } from './requests/reshapings.ts';
import type { Restraints } from './requests/restraints.ts';
import { storyReport } from './story-report.ts';
import { type View, viewOf } from './view.ts';

/** What happened to instances, and what was found of them. */
interface History {
  /** Who did what to which instance, or to all where it is null; newest first. */
  audit(query: { instance: InstanceKey | null; skip: number; limit: number }): Promise<readonly AuditEntry[]>;
  /** Failures that were detected, newest first. */
  detections(limit: number): Promise<readonly RecoveryReport[]>;
  /** What analysis came to say of each instance. Throws `not-leader`, for whoever follows judges nothing. */
  changelog(): ReturnType<Changelog['report']>;
}

/** A controller at work: what it knows, and what people may ask of it. While another leads, whatever would change something throws `not-leader`. */
export interface Controller {
  /** All that is known, for whoever says it in the words of another system. */
  readonly view: View;
  clusters(): readonly ClusterReport[];
  /** One of them, by its id. */
  cluster(id: string): ClusterReport;
  /** What is wrong now, each with how the gates stand. */
  findings(): Promise<readonly FindingReport[]>;
  /** How every gate of a cluster stands and since when, whether or not anything is wrong. Throws `cluster-unknown`. */
  explain(cluster: string): Promise<ExplanationReport>;
  /** Throws `cluster-unknown`. */
  succession(cluster: string): SuccessionReport;
  /** How well a failover would go, of one cluster or of all, the worst first. Throws `cluster-unknown`. */
  readiness(cluster: string | null): readonly ReadinessReport[];
  /** Newest first: runs of these workflows, by name; recoveries and takeovers where none is named. */
  recoveries(limit: number, kinds?: readonly string[]): Promise<readonly RecoveryReport[]>;
  /** By its uid or the beginning of its hexadecimal part. Throws `run-unknown`. */
  recovery(name: string): Promise<RecoveryStoryReport>;
  /** The same, with where each machine stood after each record. */
  incident(name: string): Promise<IncidentReport>;
  /** A person has seen how these ended, so they hold nothing back any more. Gives their uids. Throws `run-unknown`. */
  acknowledge(what: Acknowledged, by: string, why: string): Promise<readonly string[]>;
  /** What people forbid, and allow again. */
  readonly restraints: Restraints;
  /** What people tell it to keep: tags, promotion rules, pools, aliases of clusters. Whoever follows may read them. */
  readonly kept: Pick<Kept, 'tags' | 'candidates' | 'pools' | 'aliases' | 'snapshots'>;
  /** What people ask for with a key, so that it is done once. Throws `not-leader`. */
  readonly askedOnce: Pick<AskedOnce, 'ask'>;
  /** What binary logs have, read when it is asked. */
  readonly logs: Pick<BinaryLogs, 'errantFiles' | 'lastMark'>;
  /** Which instances it watches. */
  readonly discovery: Discovery;
  /** What happened, as the journal has it and as the leader has seen it. */
  readonly history: History;
  /** What other systems told of hosts, the latest first: of one cluster, or of all. Throws `cluster-unknown`. */
  signals(cluster: string | null, limit: number): readonly SignalReport[];
  /** The instance that a person means. Throws `instance-unknown`. */
  instanceMeant(wanted: string): InstanceKey;
  /** The cluster that a person means. Throws `cluster-unknown`. */
  clusterMeant(wanted: string): Cluster;
  /** A person's word about a hook whose outcome nobody saw. Throws `nothing-asked`. */
  approve(name: string, answer: HookAnswer, by: string, why: string): Promise<void>;
  readonly operations: Pick<Reshapings, 'preview' | 'begin' | 'carryOut' | 'report'>;
  /** What people ask to be done to a cluster. */
  readonly requests: Requests;
  /** What becomes of primaries that were replaced. */
  readonly rejoins: Rejoins;
  /** Tells the world of the primary of one cluster, or of all, where it is told something else. Throws `cluster-unknown`, `request-refused`. */
  publish(cluster: string | null): Promise<readonly PublicationReport[]>;
  /** What would be written; tells nobody. Throws `cluster-unknown`, `request-refused`. */
  previewPublication(cluster: string | null): Promise<readonly PublicationPreview[]>;
  /** Who leads, as far as is known; null where nobody does. */
  leader(): Leader | null;
  /** Since when and why this controller knows nothing of who leads; null where it does. */
  cutOffBecause(): string | null;
  /**
   * Goes on with another configuration once nothing is under way, so that a recovery ends with the lists and settings
   * that it was begun with. Resolves when it does; rejects, and goes on as it was, where it cannot look around with it.
   */
  renew(changed: Renewal): Promise<void>;
  /** What is under way, and so goes before a renewal: the uids of runs. */
  underWay(): readonly string[];
  /** Leaves everything as it stands; what was under way is continued by the next start. */
  stop(): Promise<void>;
}

/**
 * Starts watching, and acting where it may. Resolves when the first look around is done; throws
 * `nothing-to-watch` when no seed answers and nothing is known from before.
 */
export async function startOnPorts(ports: ControllerPorts): Promise<Controller> {
  const { leadership, clock } = ports;
  const life = await Life.begin(ports);

  /** Throws `not-leader`. */
  function leading(): Acting {
    if (life.part.acting === null || !life.part.mayAct()) throw notLeader(leadership);
    return life.part.acting;
  }

  /** All where none is named. Throws `cluster-unknown`. */
  function clustersMeant(cluster: string | null): readonly Cluster[] {
    const { counsel, inventory } = life.part.observing;
    return cluster === null ? inventory.clusters : [counsel.clusterMeant(cluster)];
  }

  function clusterReported(cluster: Cluster): ClusterReport {
    const { inventory, counsel } = life.part.observing;
    const instances = inventory.members(cluster.id);
    const tree = topologyText(instances, { ...treeViewOf(life.part.config), now: clock.now() });
    const { score } = counsel.readinessOf(cluster);
    return clusterReport(cluster, instances, { tree, readiness: score });
  }

  return {
    get view() {
      return viewOf(life.part, clock);
    },
    clusters: () => life.part.observing.inventory.clusters.map(clusterReported),
    cluster: (id) => clusterReported(life.part.observing.inventory.cluster(id)),
    async findings() {
      const { inventory, counsel, world } = life.part.observing;
      const now = clock.now();
      return Promise.all(
        world.settings.analyse(inventory.instances, now).map(async (finding) => {
          const cluster = inventory.clusterOf(finding.instance);
          return {
            ...finding,
            verdict: verdictNow(world, cluster ?? { id: '' }, finding, now),
            gates: cluster === null ? [] : await counsel.gatesOf(finding, cluster),
          };
        }),
      );
    },
    explain: (cluster) => life.part.observing.counsel.explain(cluster),
    succession: (cluster) => life.part.observing.counsel.succession(cluster),
    readiness: (cluster) => life.part.observing.counsel.readiness(cluster),
    async recoveries(limit, kinds = actingNames) {
      return (await ports.journal.list({ workflow: kinds, limit })).map(recoveryReport);
    },
    async recovery(name) {
      return storyReport(await runNamed(ports.journal, name), ports.journal);
    },
    async incident(name) {
      const { hostNews, inventory } = life.part.observing;
      const summary = await runNamed(ports.journal, name);
      // Who was replaced may be in another cluster by now.
      const members = inventory.members(summary.opening.subject).map(({ key }) => key);
      const keys = [...members, ...namedIn(summary)];
      return incidentReport(summary, ports.journal, hostNews.report(keys, Number.POSITIVE_INFINITY));
    },
    async acknowledge(what, by, why) {
      return leading().acknowledgements.acknowledge(what, by, why);
    },
    get restraints() {
      return life.part.observing.restraints;
    },
    get kept() {
      return life.part.observing.kept;
    },
    get logs() {
      const { servers, inventory, world } = life.part.observing;
      return new BinaryLogs({ servers, inventory, pseudoGtid: world.settings.pseudoGtid });
    },
    history: {
      audit: (query) => auditOf(ports.journal, query),
      detections: async (limit) =>
        (await ports.journal.list({ workflow: detection.name, limit })).map(recoveryReport),
      changelog: () => leading().changelog.report(),
    },
    signals(cluster, limit) {
      const { hostNews, inventory } = life.part.observing;
      const of = cluster === null ? null : clustersMeant(cluster);
      const keys = of?.flatMap(({ id }) => inventory.members(id).map(({ key }) => key)) ?? null;
      return hostNews.report(keys, limit);
    },
    get discovery() {
      return leading().discovery;
    },
    get askedOnce() {
      return leading().askedOnce;
    },
    instanceMeant: (wanted) =>
      instanceMeant(wanted, {
        inventory: life.part.observing.inventory,
        defaultPort: life.part.config.DefaultInstancePort,
      }),
    clusterMeant: (wanted) => life.part.observing.counsel.clusterMeant(wanted),
    async approve(name, answer, by, why) {
      await leading().approve(name, answer, by, why);
    },
    get operations() {
      return leading().operations;
    },
    get requests() {
      return leading().requests;
    },
    get rejoins() {
      return leading().rejoins;
    },
    publish: async (cluster) => publicationReports(leading().publishing, clustersMeant(cluster)),
    previewPublication: async (cluster) => publicationPreviews(leading().publishing, clustersMeant(cluster)),
    leader: () => leadership.leader(),
    cutOffBecause() {
      const cutOff = leadership.cutOff();
      return cutOff === null ? null : cutOffText(cutOff);
    },
    renew: (changed) => life.renew(changed),
    underWay: () => life.part.acting?.underWay() ?? [],
    stop: () => life.stop(),
  };
}

function treeViewOf({ InstancePollSeconds, ReasonableMaintenanceReplicationLagSeconds }: Config) {
  return {
    instancePollSeconds: InstancePollSeconds,
    reasonableMaintenanceReplicationLagSeconds: ReasonableMaintenanceReplicationLagSeconds,
  };
}
