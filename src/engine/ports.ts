import type { DataVerdict } from '../analysis/cost/data-verdict.ts';
import type { CloneFacts } from '../analysis/gates/clone-gates.ts';
import type { HostSignal } from '../analysis/host-signal.ts';
import type { Testimony } from '../analysis/verdict.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';
import type { Cluster } from '../topology/cluster.ts';
import type { Coordinates } from '../topology/coordinates.ts';
import type { Observation } from '../topology/observation.ts';
import type { Replacement } from '../topology/replaced.ts';
import type { LogEvent } from '../topology/pseudo-gtid.ts';
import type { Instance } from '../topology/snapshot.ts';
import type {
  CommandName,
  Entry,
  HookAnswer,
  HookClass,
  HookOutcome,
  HookStage,
  JournalRecord,
  StagedHook,
} from './record.ts';

/** What the engine and the steps want of the world. The real world and the pretended one implement these. */

/**
 * Record 0 of a run: what it is about and what it was begun with. `subject` is what only one run at a
 * time may hold: a cluster's id. Detections hold nothing.
 */
export interface Opening {
  /** orchestrator's form: `<nanoseconds>:<64 hex>`. Opening the same uid again changes nothing. */
  readonly uid: string;
  /** The workflow's name, and a digest of the machine as it was when the run was opened. */
  readonly workflow: string;
  readonly digest: string;
  readonly subject: string;
  /** Holds the subject alone until it ends, and is refused while another run does. What came of earlier runs is for the gates to weigh. */
  readonly exclusive: boolean;
  readonly input: unknown;
  readonly at: number;
  /** The leadership token under which the run was opened. */
  readonly token: number;
}

export type Opened = { readonly opened: true } | { readonly opened: false; readonly by: string };

export interface RunSummary {
  readonly opening: Opening;
  readonly endedAt: number | null;
  /** Where the machine ended, its sentence and its output; null while the run goes on. */
  readonly end: { readonly state: string; readonly sentence: string; readonly output: unknown } | null;
  readonly acknowledged: { readonly by: string; readonly why: string; readonly at: number } | null;
}

/** What the controllers remember together. Every store keeps the promises of test/journal/contract.ts. */
export interface Journal {
  /** One transaction: the claim and record 0. */
  open(opening: Opening): Promise<Opened>;
  /**
   * On disk when it resolves. An entry of kind `ended` ends the run in the same transaction; after it the
   * run takes only what hooks that it left behind have yet to say. Throws `run-unknown`, and `run-ended`
   * where the run takes no more; an entry that JSON would not give back whole, with an undefined value in
   * it, is a mistake of the caller and throws too.
   */
  append(uid: string, entry: Entry, at: number, token: number): Promise<JournalRecord>;
  read(
    uid: string,
  ): Promise<{ readonly opening: Opening; readonly records: readonly JournalRecord[] } | null>;
  /** Runs that have not ended, in the order of their opening. */
  unfinished(): Promise<readonly Opening[]>;
  /** The one opened last comes first. */
  list(query: {
    /** By name; several mean any of them. */
    readonly workflow?: string | readonly string[];
    readonly subject?: string;
    readonly limit: number;
  }): Promise<readonly RunSummary[]>;
  /**
   * A person has seen how a run ended: it keeps nobody from anything any more. The first acknowledgement stands.
   * Throws `run-unknown`, and `run-active` before the end.
   */
  acknowledge(uid: string, by: string, why: string, at: number): Promise<void>;
  /** Small facts that outlive the process, by room and name: the inventory, cluster ids, the disable flag. */
  keep(room: string, name: string, value: unknown): Promise<void>;
  kept(room: string): Promise<ReadonlyMap<string, unknown>>;
  drop(room: string, name: string): Promise<void>;
  close(): Promise<void>;
}

/** The journal of a controller that is alone: whoever holds it may act. */
export interface SoleJournal extends Journal {
  /** A number larger than every earlier one: the token of a new leadership. */
  nextToken(): Promise<number>;
}

/** The right to act. `remainingMs` is by the monotonic clock; nothing may be done at 0. */
export interface Lease {
  readonly token: number;
  remainingMs(): number;
}

/** The time for which one controller may act, and no other. */
export interface Term {
  readonly lease: Lease;
  /** Aborted when it is over: nothing more may be done under it. */
  readonly over: AbortSignal;
}

/** Who leads. Every controller that could lead asks for a term, waits, and asks again when it is over. */
export interface Leadership {
  /** Our term, where nobody else leads now; null where another does. */
  stand(): Promise<Term | null>;
  /** Our next term; waits while another leads. Rejects with the signal's reason. */
  lead(signal: AbortSignal): Promise<Term>;
  /** Who leads, as far as is known here; null where nobody does, or that cannot be learned. */
  leader(): Leader | null;
  /** Why nothing is learned here of who leads; null where it is. */
  cutOff(): CutOff | null;
  /** Of the term that is ours now; null where we do not lead. */
  token(): number | null;
  /** Gives up the term that there is, so that another need not wait for its end. */
  close(): Promise<void>;
}

export interface Leader {
  /** The controller's own name. */
  readonly name: string;
  /** Milliseconds since 1970, by its own clock. */
  readonly since: number;
  readonly isOurs: boolean;
  /** Where its API is reached by other controllers, as `http://192.0.2.7:3000`; null where it does not say. */
  readonly address: string | null;
}

/** What controllers agree by does not answer this one, which knows no more than it did then. */
export interface CutOff {
  /** Milliseconds since 1970. */
  readonly since: number;
  /** One sentence. */
  readonly because: string;
}

/** A server that a controller finds dead by its own looks. */
export interface FoundDead {
  readonly instance: InstanceKey;
  /** One sentence. */
  readonly because: string;
  /** How long ago it looked, in milliseconds by its own clock. */
  readonly ageMs: number;
}

/** The other controllers that watch the same servers. */
export interface Colleagues {
  /** What each that is known says of an instance, those that say nothing too. */
  testimonies(instance: InstanceKey): readonly Testimony[];
  /** Tells them what we find dead, and hears them, until the signal ends it. Never rejects. */
  exchange(found: () => readonly FoundDead[], signal: AbortSignal): Promise<void>;
}

/** What another system told of a node, before anybody has read there how it stands. */
export interface SignalNews {
  readonly from: HostSignal['from'];
  /** The host's name there. */
  readonly node: string;
  /** When it happened, as far as that is known, in milliseconds since 1970. */
  readonly at: number;
  /** One sentence that names the node. */
  readonly because: string;
  /** How the node stands by now, as it was read; null for what is only told, and changes nothing. */
  readonly standing: HostSignal | null;
  /** In the system's own words, as its own agents are told it. */
  readonly variables?: Readonly<Record<string, string>>;
  /** The same for all that tell of this one thing, in every life: 64 hexadecimal digits. Absent of what is told only once. */
  readonly identity?: string;
}

/**
 * What other systems that watch hosts say of those that instances run on: Pacemaker, keepalived, Heartbeat. What they tell is a hint;
 * only what was read there counts. It can hasten what Baton does and strengthen it, never take the place of what Baton sees (decision 0029).
 */
export interface Signals {
  /** Whether a node of theirs is the host of this instance (SignalNodes). */
  isHost(node: string, instance: InstanceKey): boolean;
  /** How its host stands by each system that knows it, as it was last read. */
  of(instance: InstanceKey): readonly HostSignal[];
  /** The same, read anew: what a promotion may rest on. A system that cannot be asked says nothing. Throws only the signal's reason. */
  confirm(instance: InstanceKey, signal: AbortSignal): Promise<readonly HostSignal[]>;
  /** Whether one of them makes sure by itself that a lost host is off. */
  fences(instance: InstanceKey): boolean;
  /**
   * Tells what comes from now on, each once, until the signal ends it. `heard` resolves with whether it is on record, and never
   * rejects; what has an identity and is not on record is told again.
   */
  heed(heard: (news: SignalNews) => Promise<boolean>, signal: AbortSignal): void;
}

/** What may be asked of one server. Each verb is done once however often it is asked. */
export type Order =
  /** Stop the receiving thread; what was received stays and goes on being applied. */
  | { readonly verb: 'stopReceiving'; readonly instance: InstanceKey }
  | { readonly verb: 'startReceiving'; readonly instance: InstanceKey }
  /** Break off from the source and connect to it anew; what was received stays and goes on being applied. */
  | { readonly verb: 'reconnect'; readonly instance: InstanceKey }
  | { readonly verb: 'stopApplying'; readonly instance: InstanceKey }
  | { readonly verb: 'startApplying'; readonly instance: InstanceKey }
  /** Forget the source and take writes. */
  | { readonly verb: 'promote'; readonly instance: InstanceKey }
  /**
   * Replicate from `source`, receiving and applying: by GTID, or from `at`, a place in the source's own
   * binary log, where there is none. One that has no account to replicate with is given one.
   */
  | {
      readonly verb: 'follow';
      readonly instance: InstanceKey;
      readonly source: InstanceKey;
      readonly at?: Coordinates;
      /** Only where it has applied nothing since it stood at this place of the source that it has now. */
      readonly ifStillAt?: Coordinates;
    }
  /** Forget the source, and stay read-only or not as it is. */
  | { readonly verb: 'forget'; readonly instance: InstanceKey }
  /** Give the source an address that leads nowhere, `//host`, from which `reattach` finds back. */
  | { readonly verb: 'detach'; readonly instance: InstanceKey }
  | { readonly verb: 'reattach'; readonly instance: InstanceKey }
  | {
      readonly verb: 'setReadOnly';
      readonly instance: InstanceKey;
      readonly readOnly: boolean;
      /** For accounts of every privilege, where the server has super_read_only and whatever UseSuperReadOnly says. */
      readonly evenSuper?: boolean;
      /**
       * Though commits wait for replicas that will not come, for they would keep a server from it. Their clients are cut
       * off and hear of no acknowledgement; what they wrote stays. MySQL waits for no replica any more then.
       */
      readonly evenCommitting?: true;
    }
  /** End every connection of an application, and with it what it has not committed. */
  | {
      readonly verb: 'endConnections';
      readonly instance: InstanceKey;
      /** Also those that commit: on a server whose commits wait for replicas that will not come, nothing else ends them. */
      readonly evenCommitting?: true;
    }
  | {
      readonly verb: 'setSemiSync';
      readonly instance: InstanceKey;
      readonly side: 'primary' | 'replica';
      readonly enabled: boolean;
    }
  /** Apply each transaction so many seconds late, 0 for at once; threads that ran go on. */
  | { readonly verb: 'setDelay'; readonly instance: InstanceKey; readonly seconds: number }
  /** Find the place in the source's log by GTID, or by file and position from where it stands; threads that ran go on. */
  | { readonly verb: 'useGtid'; readonly instance: InstanceKey; readonly on: boolean }
  /** Begin another file of the binary log. */
  | { readonly verb: 'rotateBinlog'; readonly instance: InstanceKey }
  /** Remove the files of the binary log that come before this one. */
  | { readonly verb: 'purgeBinlog'; readonly instance: InstanceKey; readonly before: string }
  /** End what one connection of an application is asking now, by its number in the list of processes; the connection stays. */
  | { readonly verb: 'endStatement'; readonly instance: InstanceKey; readonly connection: number }
  /** Leave out the one transaction at which applying has stopped; `startApplying` goes on after it. */
  | { readonly verb: 'skipTransaction'; readonly instance: InstanceKey }
  /** Write empty transactions under these GTIDs, so that nobody looks for the real ones (MySQL). */
  | { readonly verb: 'injectEmpty'; readonly instance: InstanceKey; readonly gtids: string }
  /** Throw the binary log away and say that exactly `executed` was in it. */
  | { readonly verb: 'resetBinlog'; readonly instance: InstanceKey; readonly executed: string }
  /**
   * Throw away all that it has and be a copy of another (MySQL). Done when the copying has begun: `cloning` says how it
   * goes on, and the server restarts, or stops, when it is done.
   */
  | { readonly verb: 'clone'; readonly instance: InstanceKey; readonly donor: InstanceKey };

/** How the last copying of a server goes; `absent` where there was none, or nobody can say. */
export interface Cloning {
  readonly state: 'absent' | 'under way' | 'completed' | 'failed';
  /** The server's own words; empty where it has none. */
  readonly error: string;
}

export interface Servers {
  /** Fresh looks, all at once, each bounded by `timeoutMs`; one that does not answer is an observation too. */
  look(
    instances: readonly InstanceKey[],
    timeoutMs: number,
    signal: AbortSignal,
  ): Promise<readonly Observation[]>;
  /**
   * Throws `act-failed` or `server-unreachable`, with the server's own words, and `lease-lost` where the lease ran
   * out before a statement: that one, and those behind it, were not given. Answers with the statements that were given,
   * passwords hidden; of many connections that were ended, with those before the bound.
   */
  act(order: Order, timeoutMs: number, lease: Lease): Promise<readonly string[]>;
  /**
   * Whether a server that has none could be given an account to replicate from `source` with: null, or why
   * not, and what a person may configure. Nothing is changed.
   */
  canGiveAccount(source: InstanceKey): Promise<string | null>;
  /** Why the connections of applications to this server could not be ended; null where they could be, or nobody can know. */
  canEndConnections(instance: InstanceKey): Promise<string | null>;
  /** What decides whether a server can be made a copy of another, as both say it. Nothing is changed. */
  cloneFacts(instance: InstanceKey, donor: InstanceKey): Promise<CloneFacts>;
  /** Throws where the server does not answer. */
  cloning(instance: InstanceKey, signal: AbortSignal): Promise<Cloning>;
  /**
   * The statements by which a server would carry out an order as it stands now, passwords hidden. Nothing is changed.
   * Throws what speaks against it.
   */
  statements(order: Order, timeoutMs: number): Promise<readonly string[]>;
  /**
   * Does beforehand what an act would have to wait for, connections first of all, where every millisecond of it counts. Where the
   * lease has run out nobody who holds a server is ended.
   */
  makeReady(instances: readonly InstanceKey[], timeoutMs: number, lease: Lease): Promise<void>;
  /** The files of a server's binary log, the oldest first. Throws what the server said. */
  logFiles(instance: InstanceKey, signal: AbortSignal): Promise<readonly string[]>;
  /** At most `limit` events of one of these files from a place on; fewer where the file ends. Throws what the server said. */
  logEvents(
    instance: InstanceKey,
    which: { readonly from: Coordinates; readonly limit: number },
    signal: AbortSignal,
  ): Promise<readonly LogEvent[]>;
}

/** Everything a hook may be told, by the names of the words table in src/hooks/words.ts. */
export interface HookFacts {
  readonly failureType: string;
  readonly instanceType: string;
  readonly isMaster: boolean;
  readonly isCoMaster: boolean;
  readonly failureDescription: string;
  readonly command: string;
  readonly failed: InstanceKey;
  readonly failureCluster: string;
  readonly failureClusterAlias: string;
  readonly failureClusterDomain: string;
  readonly countReplicas: number;
  readonly isDowntimed: boolean;
  readonly autoMasterRecovery: boolean;
  readonly autoIntermediateMasterRecovery: boolean;
  readonly orchestratorHost: string;
  readonly recoveryUid: string;
  readonly isSuccessful: boolean;
  /** Null until there is one; its words are then empty and its variables absent. */
  readonly successor: {
    readonly instance: InstanceKey;
    readonly alias: string;
    /** `file:pos`; null where it is not known. */
    readonly binlogCoordinates: string | null;
  } | null;
  readonly lostReplicas: readonly InstanceKey[];
  readonly replicas: readonly InstanceKey[];
  /** `automatic`, or who asked for it. */
  readonly initiator: string;
  /** Why: the evidence of the failure, or the words of whoever asked. */
  readonly reason: string;
  /** What only a replaced primary has, and the file it is written down in; absent where the hook is about nothing of the kind. */
  readonly errant?: { readonly gtids: string; readonly file: string };
  /** What the change of primary has cost the data; null before that is known. */
  readonly dataVerdict: DataVerdict | null;
}

/** A run of a hook as the journal has it; `ended` is null where no outcome was recorded. */
export interface RecordedHookRun {
  readonly seq: number;
  readonly attempt: number;
  readonly ended: { readonly outcome: HookOutcome; readonly class: HookClass } | null;
}

/** What one recovery's journal knows of its hooks, and takes down of them. */
export interface HookLedger {
  /** What the run holds alone: the cluster's id. Null for a run that shares it, such as a detection. */
  readonly holds: string | null;
  /** The stage as it was frozen; null before its first intent. */
  frozen(stage: HookStage): readonly StagedHook[] | null;
  freeze(stage: HookStage, hooks: readonly StagedHook[]): Promise<void>;
  /** Runs of one hook so far, oldest first. */
  runs(stage: HookStage, index: number): readonly RecordedHookRun[];
  /** Written before the start: gives the run's seq, and its deadline as a date, null where it has none. */
  intend(run: {
    stage: HookStage;
    index: number;
    of: number;
    attempt: number;
    hook: StagedHook;
    /** Of the hook or of what is left to its stage, whichever is less; null for no timeout. */
    timeoutMs: number | null;
    /** Tells one script from another. */
    digest: string;
  }): Promise<{ readonly seq: number; readonly deadline: number | null }>;
  ended(seq: number, outcome: HookOutcome, is: HookClass): Promise<void>;
  /**
   * A hook that nobody waits for is on its way: whoever continues knows of it, even after the end of the
   * run. Written before its intent; `settled` when nothing more will come of it.
   */
  leftBehind(stage: HookStage, index: number): Promise<void>;
  settled(stage: HookStage, index: number): Promise<void>;
  /**
   * Puts the question what to do about a run of unknown outcome on record, once, and waits; `asked` is told
   * when the waiting begins, with its end as a date. Null when its time is over.
   */
  ask(
    seq: number,
    withinMs: number,
    signal: AbortSignal,
    asked: (deadline: number) => void,
  ): Promise<HookAnswer | null>;
  /** Runs of a command that is no hook so far, oldest first; `outcome` is null where none was recorded. */
  commands(name: CommandName): readonly { readonly seq: number; readonly outcome: HookOutcome | null }[];
  /** Written before the start: gives the run's seq. */
  intendCommand(run: {
    name: CommandName;
    command: string;
    timeoutMs: number;
    digest: string;
  }): Promise<number>;
  commandEnded(seq: number, outcome: HookOutcome): Promise<void>;
  /** Names this run of this hook or command for as long as the journal lives. */
  key(seq: number): string;
}

export interface StageOutcome {
  readonly ran: number;
  /** The sentence of the hook that ended the stage; null where none did. */
  readonly veto: string | null;
}

/** Whose hooks a stage runs: the step of a run that asks for them. */
export interface HookContext {
  readonly ledger: HookLedger;
  /** Its abort ends the hook that runs, and starts no other. With the reason `Stopping` the hook goes on. */
  readonly signal: AbortSignal;
  readonly teller: Teller;
}

/** One run of a command that the configuration names and that is no hook: its end is the step's answer. */
export interface CommandRun {
  readonly name: CommandName;
  /** As the configuration has it, placeholders and all. */
  readonly command: string;
  readonly facts: HookFacts;
  /** Set beside those that hooks get. */
  readonly variables: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** Told when it is started. */
  readonly says: string;
  /** One that did its work in this run before is not run again. */
  readonly once: boolean;
  /** Where its standard output is kept, whole, up to the limit; one that writes more is ended. Null for nowhere. */
  readonly into: { readonly folder: string; readonly file: string; readonly limitBytes: number } | null;
  readonly context: HookContext;
}

export interface CommandRan {
  readonly outcome: HookOutcome;
  /** It did its work before, as the journal has it, and was not run again. */
  readonly isRecalled: boolean;
  /** Null where nothing was kept. */
  readonly saved: {
    readonly bytes: number;
    /** It ends as mysqlbinlog and mariadb-binlog end: nothing was cut off. */
    readonly isWhole: boolean;
    /** Of the transactions in it, as mysqlbinlog and mariadb-binlog write them; null where they are too many to be named. */
    readonly gtids: readonly string[] | null;
  } | null;
}

/** Whom one place tells of: nobody where null; `unknown` where it cannot be asked, or tells half of it. */
export type Told = InstanceKey | null | 'unknown';

/**
 * Tells the world who is primary: a proxy, a store of keys. Each verb may be done twice, and ends when its signal is
 * aborted; what it may have done by then is looked up (`published`).
 */
export interface Publisher {
  /**
   * Nobody is told of any primary of this cluster from now on. Throws where that is not certain. `run` is the uid of whoever
   * says so; nothing where no run does.
   */
  withdraw(cluster: Cluster, signal: AbortSignal, run?: string): Promise<void>;
  publish(cluster: Cluster, primary: InstanceKey, signal: AbortSignal, run?: string): Promise<void>;
  /** Whom each place tells of now; empty where none tells of this cluster. */
  published(cluster: Cluster, signal: AbortSignal): Promise<readonly Told[]>;
  /** What it would write for this primary, a line each; changes nothing. */
  preview(cluster: Cluster, primary: InstanceKey): Promise<readonly string[]>;
}

export interface Hooks {
  /** Whether the configuration has any hook for this stage. */
  has(stage: HookStage): boolean;
  /**
   * Runs a stage's list in order, each hook recorded before it starts and after it ends. Hooks with an
   * outcome on record are not run again. Never throws for what a hook does.
   */
  runStage(stage: HookStage, facts: HookFacts, context: HookContext): Promise<StageOutcome>;
  /**
   * Learns what came of a hook that an earlier life of the controller left behind, and records it; one
   * whose outcome is lost follows its OnResume. Resolves when nothing more will come of it.
   */
  followLeftBehind(stage: HookStage, index: number, context: HookContext): Promise<void>;
  /**
   * Runs a command as hooks are run: quoted, bounded, ended with its whole process group, on record before it starts
   * and after it ended. Never throws for what it does.
   */
  runCommand(run: CommandRun): Promise<CommandRan>;
}

/** What is known of the servers, kept fresh by whoever looks at them. */
export interface Inventory {
  /** The instances of one cluster, by its own id; empty for a cluster that is not known. */
  members(clusterId: string): readonly Instance[];
  /** Those of all clusters. */
  readonly instances: readonly Instance[];
  /** Takes newer looks in, and gives them back with every server by the one name it is known by. */
  learn(seen: readonly Observation[]): readonly Observation[];
  /** Another is the primary in the place of this one, which stays in its cluster and is kept from taking writes. */
  replace(instance: InstanceKey, replacement: Replacement): void;
}

/** Keeps what would otherwise be thrown away. */
export interface Evidence {
  /** Writes a file that only Baton's own user may read, on disk when it resolves, and gives its path. Throws what the system said. */
  keep(name: string, text: string): Promise<string>;
}

/** Counts what happens, for whoever draws it over time. */
export interface Meter {
  ended(run: {
    readonly workflow: string;
    /** Where its machine ended. */
    readonly state: string;
    /** The cluster's alias. */
    readonly cluster: string;
    readonly tookMs: number;
    /** What a change of primary has cost; null for a run that changed none. */
    readonly dataVerdict: DataVerdict | null;
  }): void;
}

/** Says what happens, one line an event. */
export interface Teller {
  tell(sentence: string, fields: Readonly<Record<string, unknown>>): void;
  warn(sentence: string, fields: Readonly<Record<string, unknown>>): void;
}
