import type { InstanceKey } from '../../kernel/instance-key.ts';
import { isReplicating, type Server } from '../../topology/observation.ts';
import { type Instance, isCheckValid, isDowntimed } from '../../topology/snapshot.ts';
import { type ReplicationRules, whyNotReplicate } from '../choice/can-replicate.ts';
import type { Candidate } from '../choice/candidates.ts';
import { chooseSuccessor } from '../choice/choose-successor.ts';
import type { Gate } from './gates.ts';
import { freely, type PromotionRules } from '../choice/promotion-rules.ts';
import { type FencingLevel, reaches, readOnlyReaches } from '../cost/fencing.ts';

/** What of the configuration decides whether a takeover can be made. */
export interface TakeoverRules extends ReplicationRules {
  /** A replica that lags by more does not take over (ReasonableMaintenanceReplicationLagSeconds). */
  readonly lagSeconds: number;
  readonly ignoredHosts: readonly RegExp[];
  /** PreventCrossDataCenterMasterFailover and PreventCrossRegionMasterFailover. */
  readonly staysInDataCenter: boolean;
  readonly staysInRegion: boolean;
  /** How sure it must be that the old primary takes no writes (FencingLevelRequired). */
  readonly fencingRequired: FencingLevel;
}

/** A takeover that somebody wants, and the servers as they were just seen. */
export interface TakeoverQuestion {
  readonly primary: Instance;
  /** Whoever else is in the cluster. */
  readonly others: readonly Instance[];
  /** The direct replicas of the primary as the takeover began; some may follow the designated one by now. */
  readonly replicas: readonly InstanceKey[];
  /** Null where nobody is named. */
  readonly designated: InstanceKey | null;
  /** Whether Baton chooses where several could take over and none is named. */
  readonly auto: boolean;
  /** Why a server that is no replica yet cannot be given an account to replicate with; null where it can. */
  readonly noAccount: string | null;
  /** Why the connections to the primary could not be ended; null where they could be, or nobody can know. */
  readonly unendable: string | null;
  /** Who forbade all recoveries, and when; null when nobody did. */
  readonly disabledBecause: string | null;
  readonly now: number;
}

/** How every gate stands, and who takes over where none is shut. */
export interface TakeoverAnswer {
  readonly gates: readonly Gate[];
  readonly successor: InstanceKey | null;
  readonly because: string;
  readonly comparisons: readonly string[];
}

/**
 * Whether a takeover can be made, and by whom. Every gate is asked, not only up to the first that is shut
 * (orchestrator 3.2.6, section 3.10, which says the first).
 */
export function takeoverGates(question: TakeoverQuestion, rules: TakeoverRules): TakeoverAnswer {
  const before = [
    enabledGate(question),
    primaryGate(question),
    writersGate(question),
    accountGate(question),
    connectionsGate(question),
    fencingGate(question, rules),
  ];
  const named = namedIn(question);
  if ('gate' in named) return none([...before, named]);
  const tried = named.candidates.map((one) => ({ one, gates: gatesFor(one, question, rules) }));
  const isOpen = (gates: readonly Gate[]) => gates.every(({ open }) => open);
  const fit = tried.filter(({ gates }) => isOpen(gates)).map(({ one }) => one);
  if (fit.length === 0) return none([...before, ...tried.flatMap(({ gates }) => gates)]);
  if (!isOpen(before)) return none(before);
  const choice = chooseSuccessor(
    fit.map((one) => evened(one, question.primary)),
    {
      failed: question.primary,
      rules: promotionRules(rules),
    },
  );
  if (choice.successor === null) return none([...before, shut('candidate', choice.because)]);
  const gates = tried.find(({ one }) => one.key === choice.successor)?.gates ?? [];
  const because = question.designated === null ? choice.because : `${choice.successor} is named`;
  return { gates: [...before, ...gates], ...choice, because };
}

function none(gates: readonly Gate[]): TakeoverAnswer {
  const because = gates.flatMap((gate) => (gate.open ? [] : [gate.because])).join('; ');
  return { gates, successor: null, because, comparisons: [] };
}

/** Whoever has forbidden recoveries has forbidden what Baton does by itself; whoever asks for a takeover is to know of it. */
function enabledGate({ disabledBecause }: TakeoverQuestion): Gate {
  return open(
    'enabled',
    disabledBecause === null
      ? 'recoveries are enabled'
      : `all recoveries are disabled (${disabledBecause}), which keeps Baton from acting by itself; a takeover that a person asks for is made all the same, and were the new primary to die nobody would recover it`,
  );
}

function primaryGate({ primary }: TakeoverQuestion): Gate {
  const { key, server } = primary;
  if (server === null || !isCheckValid(primary))
    return shut(
      'primary',
      `the primary ${primary.checks.error ?? `${key} was never read`}; a takeover needs it alive, baton force-failover does not`,
    );
  if (server.replication !== null)
    return shut(
      'primary',
      `${key} replicates from ${server.replication.source} itself, so another change of primary would not end that`,
    );
  return open('primary', `the primary ${key} answers`);
}

function writersGate({ primary, others }: TakeoverQuestion): Gate {
  const rival = others.find(
    (one) => isCheckValid(one) && one.server?.replication === null && !one.server.readOnly,
  );
  if (rival === undefined) return open('writers', `nobody but ${primary.key} takes writes`);
  const from = rival.server?.detachedFrom ?? null;
  const how = from === null ? 'has no source' : `is detached from ${from}`;
  return shut('writers', `${rival.key} ${how} and takes writes too, so it is not plain who the primary is`);
}

/** Who may be meant: the named one, the only one, or with auto all of them. */
function namedIn({
  primary,
  others,
  replicas,
  designated,
  auto,
}: TakeoverQuestion): Gate | { readonly candidates: readonly Instance[] } {
  const direct = others.filter(({ key }) => replicas.includes(key));
  if (designated !== null) {
    const named = direct.find(({ key }) => key === designated);
    if (named !== undefined) return { candidates: [named] };
    const where = others.find(({ key }) => key === designated)?.server?.replication?.source;
    const elsewhere = where === undefined ? 'is no replica of this cluster' : `replicates from ${where}`;
    const how = designated === primary.key ? 'is the primary already' : elsewhere;
    return shut(
      'designated',
      `${designated} ${how}, and only a direct replica of ${primary.key} can take over from it`,
    );
  }
  if (direct.length === 0) return shut('designated', `${primary.key} has no replica that could take over`);
  if (direct.length > 1 && !auto)
    return shut(
      'designated',
      `${primary.key} has ${direct.length} replicas and none is named: name one with --to, or let Baton choose with --auto`,
    );
  return { candidates: direct };
}

function gatesFor(one: Instance, question: TakeoverQuestion, rules: TakeoverRules): readonly Gate[] {
  return [
    promotable(one, question, rules),
    replicating(one, rules),
    staying(one, question.primary, rules),
    followable(one, question, rules),
    siblings(one, question, rules),
  ];
}

/** What bars it from any promotion bars it from this one. */
function promotable(one: Instance, { primary }: TakeoverQuestion, rules: TakeoverRules): Gate {
  const { key, server } = one;
  if (server === null || !isCheckValid(one))
    return shut('candidate', one.checks.error ?? `${key} was never read`);
  const choice = chooseSuccessor([evened(one, primary)], {
    failed: primary,
    rules: promotionRules(rules),
  });
  return choice.successor === null
    ? shut('candidate', choice.because)
    : open('candidate', `${key} may be promoted`);
}

function replicating({ key, server }: Instance, { lagSeconds }: TakeoverRules): Gate {
  const replication = server?.replication ?? null;
  if (!isReplicating(server))
    return shut(
      'lag',
      `${key} does not replicate: its receiving thread is ${replication?.ioThread ?? 'none'}, its applying thread ${replication?.sqlThread ?? 'none'}${worded(replication?.lastIoError)}`,
    );
  if ((replication?.sqlDelaySeconds ?? 0) > 0)
    return shut('lag', `${key} lags by ${replication?.sqlDelaySeconds} seconds on purpose`);
  const lag = replication?.lagSeconds ?? null;
  if (lag === null) return shut('lag', `${key} cannot say how far behind it is`);
  return lag > lagSeconds
    ? shut(
        'lag',
        `${key} lags by ${lag} seconds, more than the ${lagSeconds} of ReasonableMaintenanceReplicationLagSeconds`,
      )
    : open('lag', `${key} lags by ${lag} seconds`);
}

function staying(one: Instance, primary: Instance, rules: TakeoverRules): Gate {
  if (rules.staysInDataCenter && one.dataCenter !== primary.dataCenter)
    return shut(
      'place',
      `${one.key} is in data centre "${one.dataCenter}" and ${primary.key} in "${primary.dataCenter}": PreventCrossDataCenterMasterFailover forbids it`,
    );
  if (rules.staysInRegion && one.region !== primary.region)
    return shut(
      'place',
      `${one.key} is in region "${one.region}" and ${primary.key} in "${primary.region}": PreventCrossRegionMasterFailover forbids it`,
    );
  return open('place', `${one.key} is where a primary may be`);
}

/** The old primary must be able to follow the new one, or it is lost by a plan. */
function followable(one: Instance, { primary }: TakeoverQuestion, rules: TakeoverRules): Gate {
  const reasons = whyNotReplicate(primary, asPrimary(one), rules);
  return reasons.length === 0
    ? open('back', `${primary.key} can follow ${one.key}`)
    : shut('back', `${primary.key} could not follow ${one.key} afterwards: ${reasons.join(', ')}`);
}

function accountGate({ primary, noAccount }: TakeoverQuestion): Gate {
  return noAccount === null
    ? open('account', `${primary.key} can be given an account to replicate with`)
    : shut('account', `${primary.key} could not be given an account to replicate with: ${noAccount}`);
}

/** One that stays connected is found out before anything is read-only. */
function connectionsGate({ primary: { key }, unendable }: TakeoverQuestion): Gate {
  return unendable === null
    ? open('connections', `the connections of applications to ${key} can be ended`)
    : shut('connections', `on ${key} ${unendable}`);
}

/** What can be proven of a primary that lives is found out before it is touched. */
function fencingGate(
  { primary: { key, server } }: TakeoverQuestion,
  { fencingRequired }: TakeoverRules,
): Gate {
  if (server === null || reaches(readOnlyReaches(server.flavour), fencingRequired))
    return open(
      'fencing',
      `${key} can be kept from writes as FencingLevelRequired "${fencingRequired}" wants it`,
    );
  return shut(
    'fencing',
    `FencingLevelRequired is "${fencingRequired}", and read-only on MariaDB binds no account that has READ ONLY ADMIN, so nobody can prove that ${key} would take no writes; a takeover there needs "attempted"`,
  );
}

/** Whoever would be left behind is named; one in downtime is left behind without a word. */
function siblings(one: Instance, { others, replicas, now }: TakeoverQuestion, rules: TakeoverRules): Gate {
  const rest = others.filter(
    (other) => replicas.includes(other.key) && other.key !== one.key && !isDowntimed(other, now),
  );
  const reasons = rest.flatMap((other) => {
    if (!isCheckValid(other)) return [other.checks.error ?? `${other.key} was never read`];
    return whyNotReplicate(other, asPrimary(one), rules);
  });
  return reasons.length === 0
    ? open(
        'siblings',
        rest.length === 0
          ? 'there is no other replica'
          : `${rest.map(({ key }) => key).join(', ')} can follow ${one.key}`,
      )
    : shut(
        'siblings',
        `not all replicas would come along: ${reasons.join(', ')}; begin a downtime for those that may stay behind`,
      );
}

/** Place and lag have gates of their own. */
function promotionRules(rules: TakeoverRules): PromotionRules {
  return { ...freely, ignoredHosts: rules.ignoredHosts, replication: rules };
}

/** As it will be: with no source, so with no filters and no delay of its own. */
function asPrimary(one: Instance): Instance {
  return one.server === null ? one : { ...one, server: { ...one.server, replication: null } };
}

/** By the time it is promoted each has everything, so that tells them apart as little as who happens to be ahead now. */
function evened(one: Instance, primary: Instance): Candidate {
  // Whoever was never read is shut out by another gate.
  const server = one.server as Server;
  const has = primary.server?.executedGtid ?? '';
  const replication = server.replication && { ...server.replication, receivedGtid: has };
  return { instance: one, server: { ...server, executedGtid: has, replication } };
}

function worded(error: string | undefined): string {
  return error === undefined || error === '' ? '' : ` (${error})`;
}

function open(gate: string, because: string): Gate {
  return { gate, open: true, because };
}

function shut(gate: string, because: string): Gate {
  return { gate, open: false, because };
}
