import type { Order } from '../engine/ports.ts';
import type { Answer, HookClass, HookOutcome, JournalRecord } from '../engine/record.ts';
import { spelled } from '../engine/telling.ts';
import {
  type Incident,
  sequenceOf,
  type Standing,
  standingAfter,
  type Told,
  type ToldRun,
} from './incident.ts';
import {
  type GateSaid,
  gatesIn,
  type LossSaid,
  lossIn,
  type ServerState,
  stateOfServer,
  successorIn,
  type VoteSaid,
  votesIn,
} from './said.ts';

/** What was known, decided and done when so many records had been written. */
export interface Moment {
  /** How many. */
  readonly count: number;
  /** When the last of them was written, milliseconds since 1970; null before the first. */
  readonly at: number | null;
  /** By the uids of the runs. */
  readonly runs: Readonly<Record<string, RunMoment>>;
  readonly steps: readonly StepTold[];
  /** Hooks, and commands that are no hooks. */
  readonly hooks: readonly HookTold[];
  readonly timers: readonly TimerTold[];
  /** What observers said of the failed instance, and the gates, when last asked; empty before. */
  readonly votes: readonly VoteSaid[];
  readonly gates: readonly GateSaid[];
  readonly successor: string | null;
  /** What it costs the data; null before that is judged. */
  readonly loss: LossSaid | null;
  /** In the order in which they were first touched. */
  readonly servers: readonly ServerTold[];
  readonly words: readonly WordTold[];
}

export interface RunMoment {
  /** Where it stands; null before its first record. */
  readonly standing: Standing | null;
  readonly way: readonly Pass[];
  /** States whose step failed or said no. */
  readonly failed: readonly string[];
  readonly hasEnded: boolean;
}

/** From where to where, and what made it go on. */
export interface Pass {
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly kind: 'answer' | 'failure' | 'word' | 'resumption' | 'time' | 'itself';
}

export interface StepTold {
  readonly run: string;
  readonly workflow: string;
  readonly seq: number;
  readonly step: string;
  readonly state: string;
  readonly askedAt: number;
  readonly input: unknown;
  /** Null while it is under way. */
  readonly answer: Answer | null;
  readonly answeredAt: number | null;
  /** The state was left before it answered: what it did was looked up on the servers. */
  readonly isAbandoned: boolean;
}

export interface HookTold {
  readonly run: string;
  readonly seq: number;
  /** `PostFailoverProcesses 1 of 2`. */
  readonly name: string;
  readonly command: string;
  readonly startedAt: number;
  /** Milliseconds since 1970; null for none. */
  readonly deadline: number | null;
  readonly isDetached: boolean;
  /** Null while it runs, or nobody knows. */
  readonly ended: { readonly at: number; readonly class: HookClass; readonly outcome: HookOutcome } | null;
  /** Until when a person is asked about it; null where none is. */
  readonly asksUntil: number | null;
}

export interface TimerTold {
  readonly run: string;
  readonly id: string;
  readonly setAt: number;
  readonly due: number;
  readonly firedAt: number | null;
}

export interface ServerTold {
  readonly instance: string;
  /** As it was found before it was first touched, and as it is after what was done. */
  readonly before: ServerState;
  readonly after: ServerState;
  readonly acts: readonly ActTold[];
}

export interface ActTold {
  readonly run: string;
  readonly seq: number;
  readonly at: number;
  /** `follow db2:3306`. */
  readonly words: string;
  readonly order: Order;
  readonly outcome: 'under way' | 'done' | 'skipped' | 'failed';
  readonly because: string | null;
  /** What the server was sent, passwords hidden; empty before, and where it is not on record. */
  readonly statements: readonly string[];
}

/** A person's word, or a controller that goes on with what another began. */
export interface WordTold {
  readonly at: number;
  readonly sentence: string;
}

export const beginning: Moment = {
  count: 0,
  at: null,
  runs: {},
  steps: [],
  hooks: [],
  timers: [],
  votes: [],
  gates: [],
  successor: null,
  loss: null,
  servers: [],
  words: [],
};

/** The hooks whose end nobody saw, and about which a person is asked at this moment. */
export function askedAbout({ hooks, at }: Moment): readonly HookTold[] {
  return hooks.filter(({ asksUntil }) => asksUntil !== null && asksUntil > (at ?? 0));
}

/** The first `count` records of an incident, folded. */
export function momentAt(incident: Incident, count: number): Moment {
  return sequenceOf(incident).slice(0, count).reduce(next, beginning);
}

/** One record more. */
export function next(moment: Moment, told: Told): Moment {
  const { run, record } = told;
  return {
    ...learned(moment, told),
    count: moment.count + 1,
    at: Math.max(moment.at ?? 0, record.at),
    runs: { ...moment.runs, [run.uid]: runAfter(moment.runs[run.uid], told) },
  };
}

function runAfter(before: RunMoment | undefined, { run, record }: Told): RunMoment {
  const known = before ?? {
    standing: standingAfter(run, 0),
    way: [],
    failed: [],
    hasEnded: false,
  };
  const standing = standingAfter(run, record.seq);
  const moved = standing !== null && known.standing !== null && standing !== known.standing;
  const pass = { from: known.standing?.states ?? [], to: standing?.states ?? [], kind: kindOf(record) };
  return {
    standing,
    way: moved ? [...known.way, pass] : known.way,
    failed: failedBy(known, run, record),
    hasEnded: known.hasEnded || record.kind === 'ended',
  };
}

function kindOf(record: JournalRecord): Pass['kind'] {
  if (record.kind === 'answered') return record.answer.kind === 'ok' ? 'answer' : 'failure';
  if (record.kind === 'said') return 'word';
  if (record.kind === 'resumed') return 'resumption';
  return record.kind === 'fired' ? 'time' : 'itself';
}

/** A step that is asked anew has not failed yet. */
function failedBy({ failed }: RunMoment, { records }: ToldRun, record: JournalRecord): readonly string[] {
  if (record.kind === 'asked') return failed.filter((state) => state !== record.state);
  if (record.kind !== 'answered' || record.answer.kind === 'ok') return failed;
  const asked = records.find((one) => one.kind === 'asked' && one.seq === record.to);
  return asked?.kind === 'asked' ? [...failed, asked.state] : failed;
}

function learned(moment: Moment, { run, record }: Told): Moment {
  const { uid, workflow } = run;
  const { at, seq } = record;
  const isHere = (one: { readonly run: string; readonly seq: number }, wanted: number) =>
    one.run === uid && one.seq === wanted;
  const hooksWith = (wanted: number, change: Partial<HookTold>) =>
    moment.hooks.map((one) => (isHere(one, wanted) ? { ...one, ...change } : one));
  const stepsWith = (wanted: number, change: Partial<StepTold>) =>
    moment.steps.map((one) => (isHere(one, wanted) ? { ...one, ...change } : one));
  switch (record.kind) {
    case 'asked': {
      const { step, state, input } = record;
      const asked = { run: uid, workflow, seq, step, state, askedAt: at, input };
      return {
        ...moment,
        steps: [...moment.steps, { ...asked, answer: null, answeredAt: null, isAbandoned: false }],
      };
    }
    case 'answered': {
      const { answer, to } = record;
      const value = answer.kind === 'ok' ? answer.value : null;
      return {
        ...moment,
        steps: stepsWith(to, { answer, answeredAt: at, isAbandoned: false }),
        votes: votesIn(value) ?? moment.votes,
        gates: gatesIn(value) ?? moment.gates,
        successor: successorIn(value) ?? moment.successor,
        loss: lossIn(value) ?? moment.loss,
      };
    }
    case 'abandoned':
      return { ...moment, steps: stepsWith(record.to, { isAbandoned: true }) };
    case 'hook': {
      const { stage, index, of, attempt, command, deadline, detached } = record;
      const name = `${stage} ${index + 1} of ${of}${attempt > 1 ? `, attempt ${attempt}` : ''}`;
      const begun = { run: uid, seq, name, command, startedAt: at, deadline, isDetached: detached };
      return { ...moment, hooks: [...moment.hooks, { ...begun, ended: null, asksUntil: null }] };
    }
    case 'hooked':
      return {
        ...moment,
        hooks: hooksWith(record.run, { ended: { at, class: record.class, outcome: record.outcome } }),
      };
    case 'command': {
      const { name, command, deadline } = record;
      const begun = { run: uid, seq, name, command, startedAt: at, deadline, isDetached: false };
      return { ...moment, hooks: [...moment.hooks, { ...begun, ended: null, asksUntil: null }] };
    }
    case 'commanded': {
      const { outcome, run: begun } = record;
      const how = outcome.ended === 'exited' && outcome.exitCode === 0 ? 'ok' : 'failure';
      return { ...moment, hooks: hooksWith(begun, { ended: { at, class: how, outcome } }) };
    }
    case 'awaiting':
      return { ...moment, hooks: hooksWith(record.run, { asksUntil: record.deadline }) };
    case 'approved':
      return {
        ...moment,
        hooks: hooksWith(record.run, { asksUntil: null }),
        words: [
          ...moment.words,
          { at, sentence: `${record.who} answered for a hook (${record.answer}): ${record.why}` },
        ],
      };
    case 'timer':
      return {
        ...moment,
        timers: [...moment.timers, { run: uid, id: record.id, setAt: at, due: record.due, firedAt: null }],
      };
    case 'fired':
      return {
        ...moment,
        timers: moment.timers.map((one) =>
          one.run === uid && one.id === record.id && one.firedAt === null ? { ...one, firedAt: at } : one,
        ),
      };
    case 'act':
      return { ...moment, servers: touched(moment.servers, uid, record) };
    case 'acted':
      return { ...moment, servers: moment.servers.map((server) => actedOn(server, uid, record)) };
    case 'said':
      return {
        ...moment,
        words: [...moment.words, { at, sentence: `${record.who} said ${record.event}: ${record.why}` }],
      };
    case 'resumed':
      return {
        ...moment,
        // Whoever had been asked is gone; what goes on is asked anew.
        steps: moment.steps.map((one) =>
          one.run === uid && one.answer === null ? { ...one, isAbandoned: true } : one,
        ),
        words: [...moment.words, { at, sentence: `${record.because}.` }],
      };
    case 'stage':
    case 'publish':
    case 'published':
    case 'ended':
      return moment;
  }
}

function touched(
  servers: readonly ServerTold[],
  run: string,
  { instance, order, before, seq, at }: Extract<JournalRecord, { kind: 'act' }>,
): readonly ServerTold[] {
  const seen = stateOfServer(before);
  const known = servers.find((one) => one.instance === instance) ?? {
    instance,
    before: seen,
    after: seen,
    acts: [],
  };
  // The order was written by this house; its shape is checked where it is carried out.
  const asked = order as Order;
  const act = {
    run,
    seq,
    at,
    words: spelled(asked),
    order: asked,
    outcome: 'under way' as const,
    because: null,
    statements: [],
  };
  const now = { ...known, after: seen, acts: [...known.acts, act] };
  return servers.includes(known) ? servers.map((one) => (one === known ? now : one)) : [...servers, now];
}

function actedOn(
  server: ServerTold,
  run: string,
  { of, outcome, because, statements = [] }: Extract<JournalRecord, { kind: 'acted' }>,
): ServerTold {
  const act = server.acts.find((one) => one.run === run && one.seq === of);
  if (act === undefined) return server;
  return {
    ...server,
    after: outcome === 'done' ? afterOrder(server.after, act.order) : server.after,
    acts: server.acts.map((one) => (one === act ? { ...one, outcome, because, statements } : one)),
  };
}

/** How a server stands that has done what it was asked. */
function afterOrder(server: ServerState, order: Order): ServerState {
  switch (order.verb) {
    case 'promote':
      return { readOnly: false, source: null, receiving: false, applying: false };
    case 'follow':
      return { ...server, source: order.source, receiving: true, applying: true };
    case 'forget':
    case 'detach':
      return { ...server, source: null, receiving: false, applying: false };
    case 'setReadOnly':
      return { ...server, readOnly: order.readOnly };
    case 'stopReceiving':
      return { ...server, receiving: false };
    case 'startReceiving':
      return { ...server, receiving: true };
    case 'stopApplying':
      return { ...server, applying: false };
    case 'startApplying':
      return { ...server, applying: true };
    default:
      return server;
  }
}
