import { actingNames, isActing } from '../../workflows/acting.ts';
import { detection } from '../../workflows/detection.ts';
import { reshaping } from '../../workflows/reshaping.ts';
import { rejoin } from '../../workflows/rejoin.ts';
import { type ReturnInput, returning } from '../../workflows/returning.ts';
import { suspicion } from '../../workflows/suspicion.ts';
import type { Config } from '../config/keys.ts';
import type { Asks } from '../engine/asks.ts';
import type { End } from '../engine/drive.ts';
import type { Evidence, Hooks, Opening, SoleJournal, Teller } from '../engine/ports.ts';
import type { HookAnswer } from '../engine/record.ts';
import { Stopping } from '../engine/stopping.ts';
import type { Chance, Clock } from '../kernel/clock.ts';
import { BatonError } from '../kernel/errors.ts';
import { type InstanceKey, parseInstanceKey } from '../kernel/instance-key.ts';
import { shortUid } from '../kernel/uid.ts';
import { holdsOf } from '../steps/holds.ts';
import { type StepWorld, verdictNow } from '../steps/step-world.ts';
import type { Cluster } from '../topology/cluster.ts';
import { type Instance, isCheckValid } from '../topology/snapshot.ts';
import { topologyText } from '../topology/tree.ts';
import { type Acknowledged, Acknowledgements } from './requests/acknowledgements.ts';
import { Aftermath } from './aftermath.ts';
import { CancelledFailures } from './cancelled-failures.ts';
import { Counsel } from './counsel.ts';
import type { ExplanationReport, ReadinessReport, SuccessionReport } from './counsel-reports.ts';
import { toldEnd } from './ends.ts';
import { instanceMeant } from './instance-meant.ts';
import { LiveInventory } from './inventory.ts';
import { Labels } from './names/labels.ts';
import { followLeftBehind } from './left-behind.ts';
import { nameService } from './names/name-service.ts';
import { Naming } from './names/naming.ts';
import {
  type ClusterReport,
  clusterReport,
  type FindingReport,
  type RecoveryReport,
  type RecoveryStoryReport,
  recoveryReport,
} from './reports.ts';
import { Requests } from './requests/requests.ts';
import { Restraints } from './requests/restraints.ts';
import { Reshapings } from './requests/reshapings.ts';
import { Rejoins } from './requests/rejoins.ts';
import { Returns } from './returns.ts';
import { storyReport } from './story-report.ts';
import { admissionOf, aliasIn, stepSettingsOf } from './step-settings.ts';
import { Supervisor } from './supervisor.ts';
import { Tick } from './tick.ts';
import { Wakefulness } from './wakefulness.ts';
import { type WatchedServers, Watcher } from './watcher.ts';

/** A controller at work: what it knows, and what people may ask of it. */
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
  /** Leaves everything as it stands; what was under way is continued by the next start. */
  stop(): Promise<void>;
}

/** Servers as a controller holds them. */
export interface ControlledServers extends WatchedServers {
  /** Ends what is held for acting on these; nothing of ours is in flight there any more. */
  rest(keys: readonly InstanceKey[]): void;
  /** What a query of the operator's gives: the first column of the first row, null for none. Throws what the server said. */
  value(key: InstanceKey, query: string, timeoutMs: number): Promise<string | null>;
  close(): void;
}

/** All that a controller stands on; the real one and the one of a story differ in nothing else. */
export interface ControllerPorts {
  readonly config: Config;
  readonly journal: SoleJournal;
  readonly hooks: Hooks;
  readonly teller: Teller;
  readonly clock: Clock;
  readonly chance: Chance;
  /** The name of the machine it runs on, as hooks are told it. */
  readonly hostname: string;
  readonly evidence: Evidence;
  /** `onLost` is called when the watching connection to a server ends without our doing. */
  readonly connect: (onLost: (key: InstanceKey) => void) => ControlledServers;
}

/**
 * Starts watching. Resolves when the first look around is done; throws `nothing-to-watch` when no
 * seed answers and nothing is known from before.
 */
export async function startOnPorts(ports: ControllerPorts): Promise<Controller> {
  const { config, journal, hooks, teller, clock, chance, hostname, evidence, connect } = ports;
  const stopping = new AbortController();
  const token = await journal.nextToken();
  const lease = { token, remainingMs: () => Number.POSITIVE_INFINITY };

  let tick: Tick | null = null;
  let returns: Returns | null = null;
  /** What an earlier life left unfinished goes on; nothing is begun beside it before. */
  let hasResumed = false;
  let counsel: Counsel | null = null;
  const inventory = new LiveInventory({
    journal,
    chance,
    aliasOf: (name) => labels.clusterAlias(name) ?? aliasIn(config, name),
    onLearned: (keys) => {
      labels.learned(keys);
      naming.learned(keys);
      inventory.liftDowntimes(keys, clock.now());
      restraints.lift(clock.now());
      if (hasResumed) {
        returns?.notice(keys);
        tick?.evaluate(keys);
      }
      counsel?.notice();
    },
    onNamed: (other, name) =>
      teller.tell(`${other} and ${name} are one server, which is known as ${name} from now on`, {
        instance: name,
      }),
  });
  const servers = connect((key) => {
    teller.tell(`the connection to ${key} has ended; looking at it and at its replicas`, { instance: key });
    watcher.alarm(key);
  });
  const labels = new Labels({
    config,
    inventory,
    journal,
    clock,
    teller,
    value: (key, query, timeoutMs) => servers.value(key, query, timeoutMs),
    signal: stopping.signal,
  });
  const naming = new Naming({
    config,
    inventory,
    teller,
    look: async (key) => (await servers.look([key], config.ProbeTimeoutMilliseconds, stopping.signal))[0],
    forget: (key) => servers.forget(key),
    watch: () => void watcher.discover([]),
    // A recovery, or what may become one, goes on under the names that it began with.
    isBusy: (cluster) =>
      tick === null
        ? unfinished.has(cluster)
        : supervisor.isActing(cluster) || supervisor.isDetecting(cluster),
    names: nameService,
  });
  const unfinished = new Set((await journal.unfinished()).map(({ subject }) => subject));
  const watcher = new Watcher({
    servers,
    inventory,
    clock,
    signal: stopping.signal,
    timing: {
      pulseMs: config.ProbeIntervalMilliseconds,
      pollMs: config.InstancePollSeconds * 1_000,
      timeoutMs: config.ProbeTimeoutMilliseconds,
    },
    admits: admissionOf(config),
  });
  const treeView = {
    instancePollSeconds: config.InstancePollSeconds,
    reasonableMaintenanceReplicationLagSeconds: config.ReasonableMaintenanceReplicationLagSeconds,
  };
  const settings = stepSettingsOf(config, hostname);
  const restraints = new Restraints({ journal, inventory, clock, teller });
  const holds = holdsOf(restraints, lease, clock.now());
  const wakefulness = new Wakefulness(clock, stopping.signal);
  const awakeSince = () => wakefulness.since;
  const steps: StepWorld = {
    servers,
    inventory,
    hooks,
    journal,
    evidence,
    publisher: null,
    settings,
    holds,
    awakeSince,
  };
  const cancelled = new CancelledFailures({ journal, clock, teller });
  const aftermath = new Aftermath({
    inventory,
    world: steps,
    clock,
    cancelled,
    forgive: async (instance) => tick?.forgive(instance),
  });
  const acknowledgements = new Acknowledgements({
    journal,
    clock,
    teller,
    forgive: async (instance) => tick?.forgive(instance),
  });
  const asks: Asks = new Set();
  const drives = { journal, clock, lease, teller, servers, lookTimeoutMs: settings.lookTimeoutMs, asks };
  const supervisor = new Supervisor({
    world: drives,
    steps,
    chance,
    signal: stopping.signal,
    onEnd,
  });

  const operations = new Reshapings({
    world: steps,
    journal,
    inventory,
    supervisor,
    clock,
    chance,
    token: () => token,
    signal: stopping.signal,
  });

  async function onEnd(opening: Opening, end: End): Promise<void> {
    const mayHaveActed = opening.workflow === suspicion.name || opening.workflow === detection.name;
    // A recovery holds the same connections.
    if (mayHaveActed && !supervisor.isActing(opening.subject)) servers.rest(restful(opening.subject));
    if (opening.workflow === returning.name || opening.workflow === rejoin.name) {
      const { instance } = opening.input as ReturnInput;
      const goesOn = (end.output as { rejoin?: string | null } | null)?.rejoin != null;
      if (!goesOn && !supervisor.isActing(opening.subject)) servers.rest([instance]);
    }
    if (opening.workflow === reshaping.name) return lookAround(opening);
    if (!isActing(opening.workflow)) return;
    const told = toldEnd(opening, end);
    if (told !== null) teller.tell(told, { [opening.workflow]: opening.uid });
    await aftermath.follow(opening, end);
    await lookAround(opening);
    await aftermath.remember(opening);
  }

  /** What a run has changed is seen at once, and nothing is held for it any more. */
  async function lookAround({ subject }: Opening): Promise<void> {
    servers.rest(restful(subject));
    await watcher.lookAt(inventory.members(subject).map(({ key }) => key));
  }

  /** Those of a cluster on which no run of their own acts. */
  function restful(clusterId: string): InstanceKey[] {
    return inventory.members(clusterId).flatMap(({ key }) => (supervisor.isReturning(key) ? [] : [key]));
  }

  await inventory.load();
  await restraints.load();
  await labels.load();
  await cancelled.load();
  await watcher.discover([...new Set([...seedsOf(config), ...inventory.keys])]);
  if (!inventory.instances.some(({ server }) => server !== null)) {
    const looks = await servers.look(inventory.keys, config.ProbeTimeoutMilliseconds, stopping.signal);
    stopping.abort(new Error('there is nothing to watch'));
    servers.close();
    throw nothingToWatch(looks);
  }
  await naming.settled();
  await labels.settled();
  tick = new Tick({
    world: steps,
    inventory,
    supervisor,
    clock,
    teller,
    cancelled,
    blockMs: config.FailureDetectionPeriodBlockMinutes * 60_000,
    lookAgain: (key) => watcher.alarm(key),
  });
  await tick.load();
  const requests = new Requests({
    world: steps,
    inventory,
    supervisor,
    clock,
    chance,
    token: () => lease.token,
    defaultPort: config.DefaultInstancePort,
    compatibility: config.HookCompatibility,
    teller,
  });
  returns = new Returns({ inventory, supervisor, clock, chance, teller });
  const rejoins = new Rejoins({
    world: steps,
    journal,
    inventory,
    returns,
    clock,
    defaultPort: config.DefaultInstancePort,
    signal: stopping.signal,
  });
  const adviser = new Counsel({ world: steps, inventory, clock, defaultPort: config.DefaultInstancePort });
  counsel = adviser;
  adviser.notice();
  for (const cluster of inventory.clusters) sayCluster(teller, cluster, inventory.members(cluster.id));
  await aftermath.catchUp();
  void followLeftBehind(drives, hooks, stopping.signal);
  await supervisor.resume();
  hasResumed = true;
  returns.notice(inventory.keys);
  tick.evaluate(inventory.keys);

  return {
    clusters: () =>
      inventory.clusters.map((cluster) => {
        const instances = inventory.members(cluster.id);
        const tree = topologyText(instances, { ...treeView, now: clock.now() });
        const { score } = adviser.readinessOf(cluster);
        return clusterReport(cluster, instances, { tree, readiness: score });
      }),
    async findings() {
      const found = tick?.findings() ?? [];
      return Promise.all(
        found.map(async (finding) => {
          const cluster = inventory.clusterOf(finding.instance);
          return {
            ...finding,
            verdict: verdictNow(steps, cluster ?? { id: '' }, finding, clock.now()),
            gates: cluster === null ? [] : await adviser.gatesOf(finding, cluster),
          };
        }),
      );
    },
    explain: (cluster) => adviser.explain(cluster),
    succession: (cluster) => adviser.succession(cluster),
    readiness: (cluster) => adviser.readiness(cluster),
    async recoveries(limit, kinds = actingNames) {
      return (await journal.list({ workflow: kinds, limit })).map(recoveryReport);
    },
    async recovery(name) {
      return storyReport(await acknowledgements.named(name), { journal, rejoins });
    },
    acknowledge: (what, by, why) => acknowledgements.acknowledge(what, by, why),
    restraints,
    instanceMeant: (wanted) => instanceMeant(wanted, { inventory, defaultPort: config.DefaultInstancePort }),
    clusterMeant: (wanted) => adviser.clusterMeant(wanted),
    async approve(name, answer, by, why) {
      const named = [...asks].filter(({ uid }) => isNamed(uid, name));
      // The last to ask is the one that the log has just told of.
      const ask = named.at(-1);
      if (ask === undefined) throw new BatonError('nothing-asked', `no hook of "${name}" waits for a word`);
      await ask.answer(answer, by, why);
      teller.tell(`${by} answered for a hook of ${shortUid(ask.uid)}: ${answer}, ${why}`, {});
    },
    operations,
    requests,
    rejoins,
    async stop() {
      stopping.abort(new Stopping('the controller is being stopped'));
      await supervisor.idle();
      await inventory.settled().finally(() => servers.close());
    },
  };
}

/** Whether a person may mean this run: by its uid, or the beginning of its hexadecimal part. */
function isNamed(uid: string, name: string): boolean {
  return uid === name || shortUid(uid).startsWith(name);
}

function seedsOf(config: Config): InstanceKey[] {
  return config.DiscoverySeeds.map((seed) => {
    const key = parseInstanceKey(seed, config.DefaultInstancePort);
    if (key === null)
      throw new BatonError('config-invalid', `DiscoverySeeds has "${seed}", which is no host:port`);
    return key;
  });
}

function nothingToWatch(looks: readonly { key: InstanceKey; error: string | null }[]): BatonError {
  if (looks.length === 0)
    return new BatonError('nothing-to-watch', 'DiscoverySeeds is empty and no instance is known from before');
  const reasons = looks.map(({ error, key }) => error ?? `${key} did not answer`);
  return new BatonError('nothing-to-watch', `no discovery seed could be asked: ${reasons.join('; ')}`);
}

function sayCluster(teller: Teller, cluster: Cluster, instances: readonly Instance[]): void {
  const answering = instances.filter(isCheckValid).length;
  teller.tell(
    `watching cluster ${cluster.alias}: primary ${cluster.name}, ${instances.length} instances, ${answering} answering`,
    { cluster: cluster.alias },
  );
}
