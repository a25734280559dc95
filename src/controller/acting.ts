import { isActing } from '../../workflows/acting.ts';
import { detection } from '../../workflows/detection.ts';
import { hearing } from '../../workflows/hearing.ts';
import { rejoin } from '../../workflows/rejoin.ts';
import { reshaping } from '../../workflows/reshaping.ts';
import { type ReturnInput, returning } from '../../workflows/returning.ts';
import { suspicion } from '../../workflows/suspicion.ts';
import type { Asks } from '../engine/asks.ts';
import type { End } from '../engine/drive.ts';
import type { Lease, Opening } from '../engine/ports.ts';
import type { HookAnswer } from '../engine/record.ts';
import { BatonError } from '../kernel/errors.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';
import { shortUid } from '../kernel/uid.ts';
import { isCheckValid } from '../topology/snapshot.ts';
import { takingTurns } from '../publish/turns.ts';
import { Aftermath } from './aftermath.ts';
import { CancelledFailures } from './cancelled-failures.ts';
import { Discovery } from './discovery.ts';
import { Changelog } from './history/changelog.ts';
import { AskedOnce } from './kept/asked-once.ts';
import { measuredEnd, toldEnd } from './ends.ts';
import { followLeftBehind } from './left-behind.ts';
import type { Observing } from './observing.ts';
import type { ControllerPorts } from './ports.ts';
import { Publishing } from './publishing.ts';
import { Acknowledgements } from './requests/acknowledgements.ts';
import { Rejoins } from './requests/rejoins.ts';
import { Requests } from './requests/requests.ts';
import { Reshapings } from './requests/reshapings.ts';
import { Returns } from './returns.ts';
import { SignalCalls } from './signal-calls.ts';
import { Supervisor } from './supervisor.ts';
import { Tick } from './tick.ts';

/** The half of a controller that acts, for as long as its term lasts. */
export interface Acting {
  readonly acknowledgements: Acknowledgements;
  readonly operations: Reshapings;
  readonly requests: Requests;
  readonly rejoins: Rejoins;
  readonly discovery: Discovery;
  readonly askedOnce: AskedOnce;
  readonly changelog: Changelog;
  /** Null where nobody tells the world of primaries. */
  readonly publishing: Publishing | null;
  /** A person's word about a hook whose outcome nobody saw. Throws `nothing-asked`. */
  approve(name: string, answer: HookAnswer, by: string, why: string): Promise<void>;
  /** Resolves when nothing is under way any more. */
  idle(): Promise<void>;
  /** The uids of the runs that go on here, what follows their ends included. */
  underWay(): readonly string[];
}

/**
 * Begins to act upon what is observed: what is still `unfinished` of an earlier leader goes on first. Ends with the
 * signal, whose reason says whether hooks that run are left alone (`Stopping`).
 */
export async function act(
  observing: Observing,
  ports: ControllerPorts,
  how: { lease: Lease; signal: AbortSignal; unfinished: readonly Opening[] },
): Promise<Acting> {
  const { config, hooks, teller, meter, clock, chance } = ports;
  const { servers, inventory, kept, watcher, world } = observing;
  const { journal, settings } = world;
  const { lease, signal, unfinished } = how;
  const token = () => lease.token;

  const cancelled = new CancelledFailures({ journal, clock, teller });
  const forgive = async (instance: InstanceKey) => tick.forgive(instance);
  const aftermath = new Aftermath({ inventory, world, clock, cancelled, forgive });
  const acknowledgements = new Acknowledgements({ journal, clock, teller, forgive });
  const asks: Asks = new Set();
  const { lookTimeoutMs, fencingRequired } = settings;
  const turns = ports.publisher === null ? null : takingTurns(ports.publisher);
  const publisher = turns?.publisher ?? null;
  const drives = { journal, clock, lease, teller, servers, publisher, lookTimeoutMs, fencingRequired, asks };
  const supervisor = new Supervisor({ world: drives, steps: world, chance, signal, onEnd });
  const operations = new Reshapings({ world, journal, inventory, supervisor, clock, chance, token, signal });
  const changelog = new Changelog();
  const tick = new Tick({
    changelog,
    world,
    inventory,
    supervisor,
    clock,
    teller,
    cancelled,
    blockMs: config.FailureDetectionPeriodBlockMinutes * 60_000,
    lookAgain: (key) => watcher.alarm(key),
  });
  const { DefaultInstancePort: defaultPort, HookCompatibility: compatibility } = config;
  const requests = new Requests({
    world,
    inventory,
    supervisor,
    clock,
    chance,
    token,
    defaultPort,
    compatibility,
    teller,
    acknowledge: (instance, why) =>
      acknowledgements.acknowledge({ kind: 'instance', instance }, 'baton', why),
  });
  const signalCalls = new SignalCalls({ inventory, supervisor, clock, chance, teller });
  const returns = new Returns({ inventory, supervisor, clock, chance, teller });
  const rejoins = new Rejoins({
    world,
    journal,
    inventory,
    returns,
    clock,
    defaultPort,
    signal,
    teller,
  });

  const discovery = new Discovery({
    inventory,
    watcher,
    servers,
    said: kept.said,
    isBusy: (cluster) => isHeld(cluster),
    clock,
    teller,
    signal,
    defaultPort,
    timeoutMs: config.ProbeTimeoutMilliseconds,
    forgetMs: config.UnseenInstanceForgetHours * 3_600_000,
  });

  const isHeld = (cluster: string) => supervisor.isActing(cluster) || supervisor.isDetecting(cluster);
  const publishing =
    turns === null || ports.publisher === null
      ? null
      : new Publishing({
          publisher: ports.publisher,
          turns,
          inventory,
          holds: { isHeld, isAnyHeld: () => supervisor.isActingAnywhere },
          lookAt: (keys) => watcher.lookAt(keys),
          clock,
          lease,
          teller,
          signal,
          pollMs: config.InstancePollSeconds * 1_000,
        });

  await Promise.all([recall(), holdWhatWasActedOn()]);
  void followLeftBehind(drives, hooks, signal);
  const owed = await kept.words.settle(unfinished);
  signalCalls.resume(owed.filter(({ workflow }) => workflow === hearing.name));
  supervisor.resume(owed.filter(({ workflow }) => workflow !== hearing.name));
  observing.attend({
    noticed(keys) {
      returns.notice(keys);
      tick.evaluate(keys);
    },
    // A recovery, or what may become one, goes on under the names that it began with.
    isBusy: isHeld,
    hostLost: (key) => tick.askSoon(key),
    signalled: async (news, instances) =>
      settings.signalCommand === null || (await signalCalls.take(news, instances)),
  });
  returns.notice(inventory.keys);
  tick.evaluate(inventory.keys);
  void publishing?.keep();
  void discovery.keep();

  /** What earlier leaders knew, and what they left to be remembered. */
  async function recall(): Promise<void> {
    await Promise.all([changelog.load(journal), cancelled.load(), tick.load(unfinished)]);
    await aftermath.catchUp();
  }

  async function onEnd(opening: Opening, end: End): Promise<void> {
    meter.ended(measuredEnd(opening, end, clock.now()));
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

  /**
   * Whoever acted on these before us loses its connections to them, so that nothing of it comes between our look
   * and our act, though it stood still since it looked at its lease.
   */
  async function holdWhatWasActedOn(): Promise<void> {
    const subjects = new Set(unfinished.map(({ subject }) => subject));
    const members = [...subjects].flatMap((subject) => inventory.members(subject));
    const reachable = members.filter((member) => isCheckValid(member));
    await servers.makeReady(
      reachable.map(({ key }) => key),
      lookTimeoutMs,
      lease,
    );
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

  return {
    acknowledgements,
    operations,
    requests,
    rejoins,
    discovery,
    askedOnce: new AskedOnce({ journal, clock }),
    changelog,
    publishing,
    async approve(name, answer, by, why) {
      const named = [...asks].filter(({ uid }) => isNamed(uid, name));
      // The last to ask is the one that the log has just told of.
      const ask = named.at(-1);
      if (ask === undefined) throw new BatonError('nothing-asked', `no hook of "${name}" waits for a word`);
      await ask.answer(answer, by, why);
      teller.tell(`${by} answered for a hook of ${shortUid(ask.uid)}: ${answer}, ${why}`, {});
    },
    idle: () => supervisor.idle(),
    underWay: () => supervisor.underWay,
  };
}

/** Whether a person may mean this run: by its uid, or the beginning of its hexadecimal part. */
function isNamed(uid: string, name: string): boolean {
  return uid === name || shortUid(uid).startsWith(name);
}
