import type { Config } from '../config/keys.ts';
import type { Journal, Lease, Opening, SignalNews, Teller } from '../engine/ports.ts';
import { BatonError } from '../kernel/errors.ts';
import { type InstanceKey, parseInstanceKey } from '../kernel/instance-key.ts';
import { holdsOf } from '../steps/holds.ts';
import type { StepWorld } from '../steps/step-world.ts';
import { isCheckValid } from '../topology/snapshot.ts';
import { Counsel } from './counsel.ts';
import { HostNews } from './history/host-news.ts';
import { LiveInventory } from './inventory.ts';
import { Kept } from './kept/kept.ts';
import { Labels } from './names/labels.ts';
import { nameService } from './names/name-service.ts';
import { Naming } from './names/naming.ts';
import type { ControlledServers, ControllerPorts } from './ports.ts';
import { Restraints } from './requests/restraints.ts';
import { admissionOf, aliasIn, stepSettingsOf } from './step-settings.ts';
import { Wakefulness } from './wakefulness.ts';
import { Watcher } from './watcher.ts';

/** Whoever acts upon what is seen. */
export interface Attentive {
  /** These have just been looked at. */
  noticed(keys: readonly InstanceKey[]): void;
  /** A run of this cluster goes on under the names that it began with. */
  isBusy(clusterId: string): boolean;
  /** Another system counts the host of this instance among the dead. */
  hostLost(key: InstanceKey): void;
  /** Another system told something of the host of these instances. Resolves with whether that is on record. */
  signalled(news: SignalNews, instances: readonly InstanceKey[]): Promise<boolean>;
}

/** The half of a controller that looks: it knows what there is and what would be done, whether or not it may do it. */
export interface Observing {
  readonly servers: ControlledServers;
  readonly inventory: LiveInventory;
  readonly restraints: Restraints;
  readonly kept: Kept;
  readonly counsel: Counsel;
  readonly watcher: Watcher;
  readonly hostNews: HostNews;
  readonly world: StepWorld;
  /** What was under way when it began to look. */
  readonly unfinished: readonly Opening[];
  /** What is seen from now on is for this one too. */
  attend(attentive: Attentive): void;
  /** Resolves when what was learned is on disk; rejects where that failed. */
  stop(): Promise<void>;
}

/**
 * Begins to look. Resolves when the first look around is done; throws `nothing-to-watch` when no seed
 * answers and nothing is known from before. Ends with the signal, and is stopped then.
 */
export async function observe(
  ports: ControllerPorts,
  how: { journal: Journal; lease: Lease; signal: AbortSignal },
): Promise<Observing> {
  const { config, hooks, signals, teller, clock, chance, hostname, evidence, colleagues, connect } = ports;
  const { journal, lease, signal } = how;
  let unfinished: readonly Opening[] = [];
  let attentive: Attentive | null = null;

  const inventory = new LiveInventory({
    journal,
    chance,
    aliasOf: (name) => labels.clusterAlias(name) ?? aliasIn(config, name),
    onLearned: (keys) => {
      labels.learned(keys);
      naming.learned(keys);
      inventory.liftDowntimes(keys, clock.now());
      restraints.lift(clock.now());
      kept.lift(clock.now());
      attentive?.noticed(keys);
      counsel.notice();
    },
    onNamed: (other, name) => {
      kept.renamed(other, name);
      teller.tell(`${other} and ${name} are one server, which is known as ${name} from now on`, {
        instance: name,
      });
    },
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
    signal,
    registered: (key) => kept.candidates.ruleOf(key),
  });
  const kept = new Kept({
    journal,
    inventory,
    clock,
    teller,
    lease,
    candidatesHoldMs: config.CandidateInstanceExpireMinutes * 60_000,
    poolsHoldMs: config.InstancePoolExpiryMinutes * 60_000,
    isFuzzy: config.SupportFuzzyPoolHostnames,
    defaultPort: config.DefaultInstancePort,
    ruleChanged: (key) => labels.registeredAnew(key),
  });
  const naming = new Naming({
    config,
    inventory,
    teller,
    look: async (key) => (await servers.look([key], config.ProbeTimeoutMilliseconds, signal))[0],
    forget: (key) => servers.forget(key),
    watch: () => void watcher.discover([]),
    // What an earlier life left unfinished goes on under the names that it began with.
    isBusy: (cluster) => attentive?.isBusy(cluster) ?? unfinished.some(({ subject }) => subject === cluster),
    names: nameService,
  });
  const watcher = new Watcher({
    servers,
    inventory,
    clock,
    signal,
    timing: {
      pulseMs: config.ProbeIntervalMilliseconds,
      pollMs: config.InstancePollSeconds * 1_000,
      timeoutMs: config.ProbeTimeoutMilliseconds,
    },
    admits: admissionOf(config),
  });
  const restraints = new Restraints({ journal, inventory, clock, teller, record: kept.record });
  const wakefulness = new Wakefulness(clock, signal);
  const world: StepWorld = {
    servers,
    inventory,
    hooks,
    journal,
    evidence,
    settings: stepSettingsOf(config, hostname),
    holds: holdsOf(restraints, lease, clock.now()),
    awakeSince: () => wakefulness.since,
    testimonies: (instance) => colleagues.testimonies(instance),
    signals,
  };
  const hostNews = new HostNews({
    signals,
    keys: () => inventory.keys,
    journal,
    clock,
    teller,
    // Whoever only follows calls nobody.
    heard: async (news, instances) => attentive?.signalled(news, instances) ?? true,
    lost: (key) => {
      attentive?.hostLost(key);
      watcher.alarm(key);
    },
  });
  const counsel = new Counsel({
    world,
    inventory,
    clock,
    defaultPort: config.DefaultInstancePort,
    signals: hostNews,
  });

  [unfinished] = await Promise.all([journal.unfinished(), inventory.load()]);
  await Promise.all([restraints.load(), kept.load(), labels.load(), hostNews.load()]);
  try {
    await watcher.discover([...new Set([...seedsOf(config), ...inventory.keys])]);
    if (!inventory.instances.some(({ server }) => server !== null))
      throw nothingToWatch(await servers.look(inventory.keys, config.ProbeTimeoutMilliseconds, signal));
    await naming.settled();
    await labels.settled();
  } catch (error) {
    servers.close();
    throw error;
  }
  counsel.notice();
  sayClusters(teller, inventory);

  return {
    servers,
    inventory,
    restraints,
    kept,
    counsel,
    watcher,
    hostNews,
    world,
    unfinished,
    attend(one) {
      attentive = one;
    },
    stop: () => inventory.settled().finally(() => servers.close()),
  };
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

function sayClusters(teller: Teller, inventory: LiveInventory): void {
  for (const { id, alias, name } of inventory.clusters) {
    const instances = inventory.members(id);
    const answering = instances.filter(isCheckValid).length;
    teller.tell(
      `watching cluster ${alias}: primary ${name}, ${instances.length} instances, ${answering} answering`,
      { cluster: alias },
    );
  }
}
