import { actingNames } from '../../workflows/acting.ts';
import { ownVote } from '../analysis/verdict.ts';
import type { Config } from '../config/keys.ts';
import type { FoundDead, Journal, Leader, Lease, Term } from '../engine/ports.ts';
import type { HookAnswer } from '../engine/record.ts';
import { Stopping } from '../engine/stopping.ts';
import { BatonError, messageOf } from '../kernel/errors.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';
import { Turns } from '../kernel/turns.ts';
import { verdictNow } from '../steps/step-world.ts';
import type { Cluster } from '../topology/cluster.ts';
import { topologyText } from '../topology/tree.ts';
import { type Acting, act } from './acting.ts';
import type { ExplanationReport, ReadinessReport, SuccessionReport } from './counsel-reports.ts';
import { followedJournal, notLeader } from './followed-journal.ts';
import { instanceMeant } from './instance-meant.ts';
import { type Observing, observe } from './observing.ts';
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

/** A controller at work: what it knows, and what people may ask of it. While another leads, whatever would change something throws `not-leader`. */
export interface Controller {
  clusters(): readonly ClusterReport[];
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
  /** A person has seen how these ended, so they hold nothing back any more. Gives their uids. Throws `run-unknown`. */
  acknowledge(what: Acknowledged, by: string, why: string): Promise<readonly string[]>;
  /** What people forbid, and allow again. */
  readonly restraints: Restraints;
  /** The instance that a person means. Throws `instance-unknown`. */
  instanceMeant(wanted: string): InstanceKey;
  /** The cluster that a person means. Throws `cluster-unknown`. */
  clusterMeant(wanted: string): Cluster;
  /** A person's word about a hook whose outcome nobody saw. Throws `nothing-asked`. */
  approve(name: string, answer: HookAnswer, by: string, why: string): Promise<void>;
  readonly operations: Pick<Reshapings, 'preview' | 'begin' | 'report'>;
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

/** The ports that a configuration makes. */
export type Renewal = Pick<ControllerPorts, 'config' | 'hooks' | 'connect'>;

/** What a controller is for as long as it leads, or follows: what it sees, and what it does. */
interface Part {
  /** What it goes by. */
  readonly config: Config;
  /** Null while another leads. */
  readonly term: Term | null;
  readonly observing: Observing;
  /** Null while another leads. */
  readonly acting: Acting | null;
  mayAct(): boolean;
  /** Resolves when nothing of it is under way any more; rejects where what it has learned could not be kept. */
  end(because?: Error): Promise<void>;
}

/** A part in the making: it has looked around and does nothing yet. */
interface Looking extends Pick<Part, 'config' | 'observing'> {
  readonly ending: AbortController;
  readonly signal: AbortSignal;
}

/** A follower has no right to act. */
const noLease: Lease = { token: 0, remainingMs: () => 0 };

/** How long a controller rests that could not become what it should be. */
const restMs = 1_000;

/**
 * Starts watching, and acting where it may. Resolves when the first look around is done; throws
 * `nothing-to-watch` when no seed answers and nothing is known from before.
 */
export async function startOnPorts(ports: ControllerPorts): Promise<Controller> {
  const { leadership, teller, clock } = ports;
  let current = ports;
  const turns = new Turns();
  const stopping = new AbortController();
  const first = await leadership.stand();
  let part = await (first === null ? follow() : lead(first)).catch(async (error: unknown) => {
    stopping.abort(error);
    throw error;
  });
  if (first === null)
    teller.tell(
      `${leadership.leader()?.name ?? 'another controller'} leads, and this controller follows`,
      {},
    );
  void live(first);
  void ports.colleagues.exchange(foundDead, stopping.signal);

  /** What this controller finds dead by its own looks. */
  function foundDead(): readonly FoundDead[] {
    const now = clock.now();
    return part.observing.inventory.instances.flatMap((instance) => {
      const { says, because, ageMs } = ownVote(instance, ports.hostname, now);
      return says === 'dead' ? [{ instance: instance.key, because, ageMs: ageMs ?? 0 }] : [];
    });
  }

  /** Leads and follows by turns until the controller is stopped. */
  async function live(begun: Term | null): Promise<void> {
    for (let term = begun; !stopping.signal.aborted; ) {
      try {
        if (term !== null) {
          await untilOver(term, stopping.signal);
          teller.warn(
            `this controller leads no more and does nothing more: ${messageOf(term.over.reason)}`,
            {},
          );
          // Without etcd it cannot even follow, and goes on watching as it is.
          term = null;
          await become(follow).catch((error: unknown) =>
            teller.warn(`what the leader knows cannot be read: ${messageOf(error)}`, {}),
          );
        }
        const next = await leadership.lead(stopping.signal);
        teller.tell('this controller leads from now on', {});
        await become(() => lead(next));
        term = next;
      } catch (error) {
        if (stopping.signal.aborted) return;
        teller.warn(`this controller goes on as it was, for it could not change: ${messageOf(error)}`, {});
        await clock.sleep(restMs, stopping.signal).catch(() => {});
      }
    }
  }

  /** The new part looks around before the old one ends, so that whoever asks is answered all the time. */
  function become(begin: () => Promise<Part>): Promise<void> {
    return inTurn(async () => {
      const before = part;
      part = await begin();
      await before.end().catch((error: unknown) => {
        if (!isWithoutRight(error)) throw error;
      });
    });
  }

  /** One change of parts after another. */
  function inTurn<Value>(change: () => Promise<Value>): Promise<Value> {
    return turns.take('part', change);
  }

  async function lead(term: Term): Promise<Part> {
    return leadWith(await look(ports.journal, term.lease), term);
  }

  /** Looks around as the configuration of now has it. */
  async function look(journal: Journal, lease: Lease): Promise<Looking> {
    const { config } = current;
    const ending = new AbortController();
    const signal = AbortSignal.any([stopping.signal, ending.signal]);
    const observing = await observe(current, { journal, lease, signal });
    return { config, observing, ending, signal };
  }

  async function leadWith({ ending, ...looking }: Looking, term: Term): Promise<Part> {
    const { observing, signal } = looking;
    const { lease, over } = term;
    const acting = await act(observing, current, { lease, signal: AbortSignal.any([signal, over]) });
    return {
      ...looking,
      acting,
      term,
      mayAct: () => !signal.aborted && lease.remainingMs() > 0,
      async end(because = new Error('this controller leads no more')) {
        ending.abort(because);
        await acting.idle();
        await observing.stop();
      },
    };
  }

  /** Runs go on to their ends, and those that are begun meanwhile too; between them the new part takes over. */
  async function renew(changed: Renewal): Promise<void> {
    const before = current;
    current = { ...current, ...changed };
    try {
      while (!(await isRenewed())) await part.acting?.idle();
    } catch (error) {
      current = before;
      throw error;
    }
  }

  /** False where something is under way by now. */
  async function isRenewed(): Promise<boolean> {
    const { acting, term } = part;
    stopping.signal.throwIfAborted();
    if (acting === null || term === null || term.over.aborted) {
      await replace(await follow());
      return true;
    }
    if (acting.underWay().length > 0) return false;
    const looking = await look(ports.journal, term.lease);
    if (acting.underWay().length > 0 || term.over.aborted) {
      looking.ending.abort(new Stopping('something is under way by now'));
      await looking.observing.stop();
      return false;
    }
    const before = part;
    // Hooks that nobody waits for are left to the new part.
    const ended = before.end(new Stopping('this controller goes on with another configuration'));
    part = await leadAgain(term, async () => {
      await ended.catch((error: unknown) => teller.warn(messageOf(error), {}));
      await succeed(looking.observing, before.observing);
      return leadWith(looking, term);
    });
    return true;
  }

  /** The old part has ended, so that there must be a new one. */
  async function leadAgain(term: Term, begin: () => Promise<Part>): Promise<Part> {
    try {
      return await begin();
    } catch (error) {
      stopping.signal.throwIfAborted();
      if (term.over.aborted) return follow();
      teller.warn(`this controller does nothing until it can begin anew: ${messageOf(error)}`, {});
      await clock.sleep(restMs, stopping.signal);
      return leadAgain(term, () => lead(term));
    }
  }

  async function replace(next: Part): Promise<void> {
    const before = part;
    part = next;
    await before.end();
  }

  async function follow(): Promise<Part> {
    const looking = await look(followedJournal(ports.journal, leadership), noLease);
    const { config, observing, ending, signal } = looking;
    void keepUp(observing, { everyMs: config.InstancePollSeconds * 1_000, signal });
    return {
      config,
      observing,
      acting: null,
      term: null,
      mayAct: () => false,
      async end() {
        ending.abort(new Error('this controller follows no more'));
        await observing.stop();
      },
    };
  }

  /** A follower learns of what the leader has found and what people have told it since. */
  async function keepUp(
    { inventory, restraints, watcher }: Observing,
    { everyMs, signal }: { everyMs: number; signal: AbortSignal },
  ): Promise<void> {
    while (!signal.aborted) {
      try {
        await clock.sleep(everyMs, signal);
        const found = await inventory.loadNew();
        if (found.length > 0) await watcher.discover(found);
        await restraints.load();
      } catch {
        // What cannot be read now is read the next time; that etcd is lost is told by whoever holds a lease.
      }
    }
  }

  /** Throws `not-leader`. */
  function leading(): Acting {
    if (part.acting === null || !part.mayAct()) throw notLeader(leadership);
    return part.acting;
  }

  /** All where none is named. Throws `cluster-unknown`. */
  function clustersMeant(cluster: string | null): readonly Cluster[] {
    const { counsel, inventory } = part.observing;
    return cluster === null ? inventory.clusters : [counsel.clusterMeant(cluster)];
  }

  return {
    clusters() {
      const { inventory, counsel } = part.observing;
      return inventory.clusters.map((cluster) => {
        const instances = inventory.members(cluster.id);
        const tree = topologyText(instances, { ...treeViewOf(part.config), now: clock.now() });
        const { score } = counsel.readinessOf(cluster);
        return clusterReport(cluster, instances, { tree, readiness: score });
      });
    },
    async findings() {
      const { inventory, counsel, world } = part.observing;
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
    explain: (cluster) => part.observing.counsel.explain(cluster),
    succession: (cluster) => part.observing.counsel.succession(cluster),
    readiness: (cluster) => part.observing.counsel.readiness(cluster),
    async recoveries(limit, kinds = actingNames) {
      return (await ports.journal.list({ workflow: kinds, limit })).map(recoveryReport);
    },
    async recovery(name) {
      return storyReport(await runNamed(ports.journal, name), ports.journal);
    },
    async acknowledge(what, by, why) {
      return leading().acknowledgements.acknowledge(what, by, why);
    },
    get restraints() {
      return part.observing.restraints;
    },
    instanceMeant: (wanted) =>
      instanceMeant(wanted, {
        inventory: part.observing.inventory,
        defaultPort: part.config.DefaultInstancePort,
      }),
    clusterMeant: (wanted) => part.observing.counsel.clusterMeant(wanted),
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
    renew: (changed) => inTurn(() => renew(changed)),
    underWay: () => part.acting?.underWay() ?? [],
    async stop() {
      stopping.abort(new Stopping('the controller is being stopped'));
      await part.end().finally(() => leadership.close());
    },
  };
}

/** What people said to the old part while the new one looked around. */
async function succeed(next: Observing, before: Observing): Promise<void> {
  await next.inventory.loadNew();
  await next.restraints.load();
  for (const { key, downtime } of before.inventory.instances)
    if (JSON.stringify(next.inventory.find(key)?.downtime) !== JSON.stringify(downtime))
      next.inventory.setDowntime(key, downtime);
}

function treeViewOf({ InstancePollSeconds, ReasonableMaintenanceReplicationLagSeconds }: Config) {
  return {
    instancePollSeconds: InstancePollSeconds,
    reasonableMaintenanceReplicationLagSeconds: ReasonableMaintenanceReplicationLagSeconds,
  };
}

/** Rejects with the signal's reason where that comes first. */
function untilOver({ over }: Term, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (over.aborted) return resolve();
    over.addEventListener('abort', () => resolve(), { once: true });
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

/** What could not be written because another leads by now is the other's to write. */
function isWithoutRight(error: unknown): boolean {
  return error instanceof BatonError && (error.code === 'lease-lost' || error.code === 'not-leader');
}
