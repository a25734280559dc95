import { setTimeout as pause } from 'node:timers/promises';
import { ordersOn, Writer } from '../../src/cli/demo/writer.ts';
import { type Daemon, daemonOf } from '../../src/cli/daemon.ts';
import type { ClusterReport, RecoveryReport } from '../../src/controller/reports.ts';
import type { JournalRecord } from '../../src/engine/record.ts';
import { type InstanceKey, portOf } from '../../src/kernel/instance-key.ts';
import { dialects } from '../../src/sandbox/dialect.ts';
import { SeededChance } from '../../src/simulation/chance.ts';
import { isRecovered } from '../../workflows/recovery.ts';
import { Checker } from './checker.ts';
import { type Happened, StagedController } from './controller.ts';
import { secondWriters } from './judge.ts';
import { comesTrue, comesTrueWhileBusy } from './patience.ts';
import { ordered, ordering, recordsOf } from './points.ts';
import { isFollowing, type Rejoined, rejoin } from './rejoin.ts';
import type { Stage } from './stage.ts';

/** What else goes wrong in a round, beside the death of the primary. */
type Misfortune = 'none' | 'a replica dies too' | 'the candidate dies too' | 'the controller is killed';

/** One failover: what was done, what came of it. */
export interface Round {
  readonly number: number;
  readonly misfortune: Misfortune;
  readonly killed: InstanceKey;
  readonly successor: InstanceKey | null;
  /** A failover is explained by one of the first two; `wrong` says what is not. */
  readonly outcome: 'recovered' | 'held, as it was before' | 'unexplained';
  /** Why it was held, in Baton's words; empty where it was not. */
  readonly because: string;
  readonly wrong: readonly string[];
  /** Milliseconds from the kill to the first write that another server acknowledged; null where none did. */
  readonly outageMs: number | null;
  readonly acknowledged: number;
  readonly rejoined: readonly Rejoined[];
}

interface End {
  readonly uid: string;
  readonly state: string;
  readonly successor: InstanceKey | null;
  readonly reason: string | null;
}

type Strike = (record: JournalRecord, records: readonly JournalRecord[]) => Promise<void>;

const settlesWithinMs = 60_000;
/** Long, for a person who is at it while Baton is disturbs both. */
const batonRejoinsWithinMs = 60_000;
const followsOnWithinMs = 10_000;
/** The steps of a failover bring about so many records, hooks included. */
const mostRecords = 45;
const config = {
  DetectionConfirmMilliseconds: 0,
  InstancePollSeconds: 1,
  // Failovers in a row are the point here; each is acknowledged.
  BrakeMaxRecoveries: 0,
  RejoinReplacedPrimary: 'automatic',
  OnFailureDetectionProcesses: ['true'],
  PreFailoverProcesses: ['true'],
  PostMasterFailoverProcesses: ['true'],
  PostFailoverProcesses: ['true'],
};

/**
 * Kills the primary of one cluster again and again, at moments that the seed chooses, and rejoins the dead. Ends early at
 * the first round that nobody can explain.
 */
export async function playKills(
  stage: Stage,
  { rounds, seed, tell }: { rounds: number; seed: number; tell: (line: string) => void },
): Promise<readonly Round[]> {
  const chance = new SeededChance(seed);
  const file = await stage.reset(config);
  const soak = new Soak(stage, await daemonOf(file), file);
  const done: Round[] = [];
  try {
    await soak.controller.start();
    while (done.length < rounds) {
      const round = await soak.round(done.length + 1, chance);
      done.push(round);
      tell(JSON.stringify(round));
      if (round.outcome === 'unexplained') break;
    }
    return done;
  } finally {
    await soak.controller.kill();
  }
}

class Soak {
  readonly controller: StagedController;
  readonly #stage: Stage;
  readonly #daemon: Daemon;
  #primary: InstanceKey;
  #happened: Happened[] = [];
  #heardAt = 0;
  /** Called with each record of a recovery before Baton goes on. */
  #strike: Strike = async () => {};
  #end: End | null = null;

  constructor(stage: Stage, daemon: Daemon, file: string) {
    this.#stage = stage;
    this.#daemon = daemon;
    this.#primary = stage.primary;
    this.controller = new StagedController({ config: file, log: stage.logFile }, (one) => this.#hear(one));
  }

  async round(number: number, chance: SeededChance): Promise<Round> {
    const killed = this.#primary;
    const misfortune = misfortuneOf(chance);
    const delayMs = chance.below(500);
    const record = 1 + chance.below(mostRecords);
    const other = chance.below(this.#stage.keys.length - 1);
    const bystander = this.#stage.keys.filter((key) => key !== killed)[other] ?? killed;
    await this.#settled();
    [this.#happened, this.#end] = [[], null];
    this.#strike = this.#strikeOf(misfortune, record);
    const writer = new Writer(this.#stage.keys, this.#stage.sandbox.credentials.app);
    const checker = new Checker(this.#stage.sandbox);
    writer.start();
    await comesTrue(() => writer.acknowledgedBy(killed) > 10, settlesWithinMs);
    await pause(delayMs);
    const dying = misfortune === 'a replica dies too' ? [killed, bystander] : [killed];
    const killedAt = Date.now();
    await Promise.all(dying.map((key) => this.#stage.sandbox.kill(portOf(key))));
    await comesTrueWhileBusy(
      () => this.#end !== null,
      () => this.#heardAt,
    );
    const found = await this.#outcome(killed, writer);
    await writer.stop();
    found.wrong.push(...secondWriters(await checker.stop(), this.#happened));
    const first = writer.firstElsewhere(killed);
    return {
      number,
      misfortune,
      killed,
      successor: this.#end === null ? null : this.#primary,
      outcome:
        found.wrong.length > 0 ? 'unexplained' : found.isChanged ? 'recovered' : 'held, as it was before',
      because: found.isChanged ? '' : found.because,
      wrong: found.wrong.length === 0 ? [] : [...found.wrong, JSON.stringify(this.#happened)],
      outageMs: first === null ? null : first.at - killedAt,
      acknowledged: writer.acknowledged,
      rejoined: found.rejoined,
    };
  }

  async #hear(one: Happened): Promise<void> {
    this.#happened.push(one);
    this.#heardAt = Date.now();
    const { uid, workflow, record } = one;
    if (workflow !== 'recovery' || record === null) return;
    const promoted = ordered('promote')(record, recordsOf(this.#happened, uid))?.server ?? null;
    // From its first write on, what it acknowledges is to be on two servers.
    if (promoted !== null) await this.#semiSync(promoted).catch(() => {});
    await this.#strike(record, recordsOf(this.#happened, uid));
    if (record.kind !== 'ended') return;
    const { successor, reason } = record.output as Pick<End, 'successor' | 'reason'>;
    const { state } = record;
    this.#end = { uid, state, successor: isRecovered(state) ? successor : null, reason };
  }

  #strikeOf(misfortune: Misfortune, number: number): Strike {
    let isOver = false;
    return async (record, records) => {
      if (isOver) return;
      if (misfortune === 'the controller is killed' && records.length === number) {
        isOver = true;
        await this.controller.kill();
        await this.controller.start();
      }
      const candidate = misfortune === 'the candidate dies too' ? ordering('promote')(record, records) : null;
      if (candidate === null || candidate.server === null) return;
      isOver = true;
      await this.#stage.sandbox.kill(portOf(candidate.server));
    };
  }

  /** What came of it, with everybody brought back, and all that was wrong with it. */
  async #outcome(killed: InstanceKey, writer: Writer) {
    const end = this.#end;
    if (end === null) return { isChanged: false, because: '', wrong: ['no recovery ended'], rejoined: [] };
    const { sandbox } = this.#stage;
    const wrong: string[] = [];
    const isChanged = end.successor !== null;
    this.#primary = end.successor ?? killed;
    const dead = (await sandbox.status()).filter(({ life }) => life === 'dead').map(({ key }) => key);
    await Promise.all(
      dead.map((key) => this.#stage.restart(key, key === this.#primary ? 'primary' : 'replica')),
    );
    if (!isChanged && end.state !== 'failed') wrong.push(`it ended as ${end.state}`);
    // Only another server's death is a reason to hold.
    if (!isChanged && !dead.some((key) => key !== killed && end.reason?.includes(key) === true))
      wrong.push(`it was held for no reason that there was: ${end.reason}`);
    const isServed = () => writer.acknowledgements.some(({ server }) => server === this.#primary);
    if (isChanged && !(await comesTrue(isServed, settlesWithinMs)))
      wrong.push(`${this.#primary} acknowledges no write`);
    await writer.stop();
    const kept = await ordersOn(this.#primary, sandbox.credentials.app);
    const lost = writer.acknowledgements.filter(({ id }) => !kept.has(id));
    if (lost.length > 0) wrong.push(`${lost.length} acknowledged writes are lost`);
    const rejoined = await this.#rejoined(dead);
    wrong.push(...(await this.#disagreement()));
    await this.#acknowledge(end.uid);
    return { isChanged, because: end.reason ?? '', wrong, rejoined };
  }

  /** Baton has the dead follow the primary; whom it may not touch, or names as lost, a person does. */
  async #rejoined(dead: readonly InstanceKey[]): Promise<readonly Rejoined[]> {
    const ways: Rejoined[] = [];
    for (const server of this.#stage.keys.filter((one) => one !== this.#primary)) {
      const withinMs = dead.includes(server) ? batonRejoinsWithinMs : followsOnWithinMs;
      const follows = () => isFollowing(this.#stage, server, this.#primary);
      await comesTrue(async () => this.#isLeftToPeople(server) || (await follows()), withinMs);
      if (!(await follows())) ways.push(await rejoin(this.#stage, server, this.#primary));
      else if (dead.includes(server)) ways.push({ server, how: 'by Baton', because: '' });
    }
    return ways;
  }

  /** Baton has looked at it since it came back, and has said that it is for a person to say what becomes of it. */
  #isLeftToPeople(server: InstanceKey): boolean {
    return this.#happened.some(({ uid, workflow, record }) => {
      if (workflow !== 'returning' || record?.kind !== 'ended') return false;
      const [first] = recordsOf(this.#happened, uid);
      const { instance } = (first?.kind === 'asked' ? first.input : {}) as { instance?: InstanceKey };
      return instance === server && (record.output as { rejoin: string | null }).rejoin === null;
    });
  }

  async #disagreement(): Promise<string[]> {
    const wrong: string[] = [];
    for (const key of this.#stage.keys.filter((one) => one !== this.#primary)) {
      const agrees = async () =>
        (await this.#stage.contents(key)) === (await this.#stage.contents(this.#primary));
      if (!(await comesTrue(agrees, settlesWithinMs)))
        wrong.push(`${key} does not hold what ${this.#primary} holds`);
    }
    return wrong;
  }

  /** The primary waits for its replicas, holds no row, and the controller sees every server follow it. */
  async #settled(): Promise<void> {
    await this.#semiSync(this.#primary);
    await this.#stage.sql(this.#primary, 'TRUNCATE TABLE shop.orders');
    const isSettled = async () => {
      const clusters = (await this.#daemon.get('/baton/v1/clusters')) as readonly ClusterReport[];
      const [cluster] = clusters;
      return (
        clusters.length === 1 &&
        cluster?.instances.length === this.#stage.keys.length &&
        cluster.instances.every(
          ({ instance, answering, source, readOnly, ioThread, sqlThread }) =>
            answering &&
            (instance === this.#primary
              ? source === null && readOnly === false
              : source === this.#primary && ioThread === 'running' && sqlThread === 'running'),
        )
      );
    };
    if (!(await comesTrue(isSettled, settlesWithinMs)))
      throw new Error(`the controller does not see ${this.#primary} as the primary of all others`);
  }

  async #semiSync(primary: InstanceKey): Promise<void> {
    await this.#stage.sql(primary, `SET GLOBAL ${dialects[this.#stage.flavour].semiSyncSource}=ON`);
  }

  async #acknowledge(uid: string): Promise<void> {
    const [last] = (await this.#daemon.get('/baton/v1/recoveries?limit=1')) as readonly RecoveryReport[];
    if (last?.uid !== uid) return;
    const word = { by: 'the soak', why: 'the next failover is wanted' };
    await this.#daemon.post(`/baton/v1/recoveries/${encodeURIComponent(uid)}/acknowledge`, word);
  }
}

function misfortuneOf(chance: SeededChance): Misfortune {
  const at = chance.below(100);
  if (at < 15) return 'a replica dies too';
  if (at < 25) return 'the candidate dies too';
  if (at < 45) return 'the controller is killed';
  return 'none';
}
