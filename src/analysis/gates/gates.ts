import { spoken } from '../../kernel/duration.ts';
import { shortUid } from '../../kernel/uid.ts';
import type { Downtime } from '../../topology/snapshot.ts';
import type { Finding, Treatment } from '../finding.ts';
import type { Testimony } from '../verdict.ts';
import { answers, connected, type LifeSign, orphans } from './life-signs.ts';
import { attemptsAt, cancelledRun, holdingRun, type PastRun, quietingRun } from './past-runs.ts';
import type { Reach } from './reach.ts';

/** One condition that must hold before Baton acts. `because` is said whether it is open or shut. */
export interface Gate {
  readonly gate: string;
  readonly open: boolean;
  readonly because: string;
}

/** What the gates look at, besides the finding. */
export interface GateFacts {
  readonly cluster: { readonly id: string; readonly name: string; readonly alias: string };
  readonly now: number;
  /** There is a workflow that recovers failures of this kind. */
  readonly hasRemedy: boolean;
  /** How long the right to act lasts by the monotonic clock; 0 where another controller has it. */
  readonly leaseMs: number;
  /** Known instances that were not looked at since the start, and for how long they are still waited for. */
  readonly unseen: { readonly count: number; readonly waitMs: number };
  readonly reach: Reach;
  /** What the controllers say that are known, this one first, and whether most of them must say that it is dead (DetectionQuorum). */
  readonly quorum: { readonly isNeeded: boolean; readonly controllers: readonly Omit<Testimony, 'ageMs'>[] };
  /** Who has made sure that the host of the failed instance is off, in a clause; null where nobody has. */
  readonly provenOff: string | null;
  /** Who forbade all recoveries, and when; null when nobody did. */
  readonly disabledBecause: string | null;
  readonly allowed: Allowed;
  /** The host matches RecoveryIgnoreHostnameFilters. */
  readonly isIgnored: boolean;
  /** Of the failed instance; null where it has none. */
  readonly downtime: Downtime | null;
  /** Who works on the failed instance, and why; null where nobody has said so. */
  readonly maintenance: string | null;
  /** The run that holds the cluster; null where none does. */
  readonly active: { readonly uid: string; readonly workflow: string } | null;
  /** Runs that changed this cluster or were to, newest first. */
  readonly runs: readonly PastRun[];
  /** For how long a change quiets a cluster (RecoveryPeriodBlockSeconds), and the first pause before a failed one is tried again. */
  readonly quietMs: number;
  readonly retryMs: number;
  /** What the last attempt failed on is no longer as it was: its replicas, or the configuration. */
  readonly isChanged: boolean;
  /** The last detection of this failure that a hook said no to, and until when that holds; null for none. */
  readonly veto: { readonly uid: string; readonly because: string; readonly until: number } | null;
  /** When the last recoveries of any cluster were begun that nobody asked for, and since a person last looked; newest first. */
  readonly openedAt: readonly number[];
  /** No more than `most` recoveries within `windowMs`; a `most` of 0 is no brake. */
  readonly brake: { readonly most: number; readonly windowMs: number };
}

/** What the configuration lets Baton do by itself: the first two by cluster, the others anywhere. */
export interface Allowed {
  readonly RecoverMasterClusterFilters: boolean;
  readonly RecoverIntermediateMasterClusterFilters: boolean;
  readonly RecoverLockedSemiSyncMaster: boolean;
  readonly EnforceExactSemiSyncReplicas: boolean;
  readonly RecoverNonWriteableMaster: boolean;
}

type Answer = Omit<Gate, 'gate'>;
type Rule = (finding: Finding, facts: GateFacts) => Answer;

/** Each is asked for itself, so their order is only that in which they are told. A shut one says what a person can do. */
export const gateRules = {
  treatment({ code, treatment }, { hasRemedy }) {
    if (hasRemedy) return open(`${code} is recovered: ${treated[treatment]}`);
    if (treatment === 'none') return shut(`${code} asks for no recovery`, lookAtIt);
    if (treatment === 'announce')
      return shut(`${code} is announced to the hooks and never acted upon`, lookAtIt);
    return shut(`${code} is announced to the hooks; this version of Baton does not recover it`, lookAtIt);
  },
  leader: (_, { leaseMs }) =>
    leaseMs > 0
      ? open('this controller has the right to act')
      : shut('this controller has no lease, so another one decides', 'ask "baton explain" there'),
  started: (_, { unseen: { count, waitMs } }) =>
    count === 0 || waitMs <= 0
      ? open('every known instance was looked at, or waited for long enough')
      : shut(
          `${counted(count, 'known instance has', 'known instances have')} not been looked at since the start`,
          `they are waited for another ${spoken(waitMs)} at most; "baton topology" names them`,
        ),
  reach: (_, { reach: { of, silent, isIsolated } }) =>
    isIsolated
      ? shut(
          `${silent} of ${of} instances of all clusters fell silent to Baton at once, so it may be Baton that is cut off`,
          'see to its network, or to them; "baton recover" acts all the same',
        )
      : open(`${silent} of ${of} instances of all clusters fell silent at once`),
  quorum({ instance, treatment }, { quorum: { isNeeded, controllers } }) {
    const dead = controllers.filter(({ says }) => says === 'dead').length;
    const told = `${dead} of ${counted(controllers.length, 'controller says', 'controllers say')} that ${instance} does not answer`;
    if (!isNeeded || !orphans(treatment)) return open(`${told}; most of them are not needed`);
    if (2 * dead > controllers.length) return open(told);
    const silent = controllers.filter(({ says }) => says !== 'dead');
    return shut(
      `${told}, and more than half must (${silent.map(({ observer, because }) => `${observer}: ${because}`).join('; ')})`,
      '"baton recover" acts all the same',
    );
  },
  enabled: (_, { disabledBecause }) =>
    disabledBecause === null
      ? open('recoveries are enabled')
      : shut(
          `all recoveries are disabled: ${disabledBecause}`,
          '"baton enable-recoveries" allows them again',
        ),
  filter({ treatment, code }, { allowed, cluster }) {
    const keys = permissionsFor(treatment, code);
    const given = keys.find((key) => allowed[key]);
    const [key] = keys;
    const byCluster = key.endsWith('Filters');
    if (given !== undefined) return open(byCluster ? `${cluster.alias} matches ${given}` : `${given} is set`);
    return byCluster
      ? shut(
          `${cluster.alias} matches no entry of ${key}, so it is not recovered by itself`,
          'add it there, or use "baton recover"',
        )
      : shut(
          `${keys.join(' and ')} ${keys.length === 1 ? 'is' : 'are'} not set`,
          `set it, or mend it by hand`,
        );
  },
  ignored: ({ instance }, { isIgnored }) =>
    isIgnored
      ? shut(`${instance} matches RecoveryIgnoreHostnameFilters`, 'mend that list, or use "baton recover"')
      : open(`${instance} matches no entry of RecoveryIgnoreHostnameFilters`),
  downtime({ isDowntimed, skippedForDowntime, instance }, { downtime, now }) {
    const way = `"baton end-downtime ${instance}" ends it`;
    if (downtime !== null && isDowntimed) {
      const { owner, reason, until } = downtime;
      return shut(`${instance} is in downtime for another ${spoken(until - now)} (${owner}: ${reason})`, way);
    }
    if (isDowntimed) return shut(`${instance} is in downtime`, way);
    return skippedForDowntime
      ? shut(`all replicas of ${instance} are in downtime`, '"baton end-downtime" ends it for each')
      : open(`${instance} is not in downtime`);
  },
  maintenance: ({ instance }, { maintenance }) =>
    maintenance === null
      ? open(`nobody works on ${instance}`)
      : shut(
          `${instance} is in maintenance (${maintenance})`,
          `"baton end-maintenance ${instance}" says that it is over`,
        ),
  replicas: ({ validReplicas, instance, treatment }) =>
    validReplicas > 0 || !orphans(treatment)
      ? open(`${validReplicas} of its replicas can be reached`)
      : shut(`no replica of ${instance} can be reached`, 'bring one back, or the instance itself'),
  answers: (finding) => unlessAlive(answers(finding)),
  connected: (finding) => unlessAlive(connected(finding)),
  // Replicas that somebody has stopped do not know whether it lives; then nobody but Baton says that it is dead.
  witness({ tryingReplicas, instance, treatment }, { provenOff }) {
    if (tryingReplicas > 0 || !orphans(treatment))
      return open(`${tryingReplicas} of its replicas try to reach ${instance} and cannot`);
    if (provenOff !== null) return open(`no replica tries to reach ${instance}, but ${provenOff}`);
    return shut(
      `no replica tries to reach ${instance}, so nobody but Baton says that it is dead`,
      'start their receiving threads, or use "baton force-failover"',
    );
  },
  // orchestrator moves them: they would go without all that is written there from then on.
  'takes-writes'({ instance, treatment, troubles }) {
    const keepsItsWrites =
      treatment === 'dead-intermediate' && troubles.some(({ code }) => code === 'WritableReplica');
    return keepsItsWrites
      ? shut(
          `${instance} answers and takes writes, which its replicas would not get from another source`,
          `"baton set-read-only ${instance}" lets Baton move them, and "baton recover ${instance}" has them moved all the same`,
        )
      : open(`nothing is written at ${instance} that its replicas would go without`);
  },
  active: (_, { active, cluster }) =>
    active === null
      ? open(`nothing else changes ${cluster.alias}`)
      : shut(
          `${active.workflow} ${shortUid(active.uid)} of ${cluster.alias} is under way`,
          `"baton recovery ${shortUid(active.uid)}" tells how far it is`,
        ),
  unsettled(_, { runs, cluster }) {
    const run = holdingRun(runs);
    if (run === null) return open(`no recovery has left it open who is the primary of ${cluster.alias}`);
    const uid = shortUid(run.uid);
    return shut(
      `nobody knows what recovery ${uid} of ${cluster.alias} has come to: ${run.because ?? 'it was interrupted'}`,
      `see which server takes writes, then "baton acknowledge recovery ${uid}"`,
    );
  },
  recent(finding, { runs, cluster, quietMs, now }) {
    const run = quietingRun(runs, finding, { quietMs, now });
    if (run === null || hasPromoted(run, finding))
      return open(`no recovery has changed ${cluster.alias} within ${spoken(quietMs)}`);
    const { uid, successor } = run;
    const came =
      successor === null || successor === run.failed
        ? 'changed it'
        : `made ${successor} the ${roleGiven(run.treatment)}`;
    return shut(
      `recovery ${shortUid(uid)} of ${cluster.alias} ${came} ${spoken(now - run.endedAt)} ago`,
      leftAlone(uid, run.endedAt + quietMs - now),
    );
  },
  promoted(finding, { runs, quietMs, now }) {
    const run = quietingRun(runs, finding, { quietMs, now });
    if (run === null || !hasPromoted(run, finding))
      return open(`${finding.instance} was not made the primary within ${spoken(quietMs)}`);
    const when = `${spoken(now - run.endedAt)} ago by recovery ${shortUid(run.uid)}`;
    return shut(
      `${finding.instance} was made the primary in place of ${run.failed} only ${when}, and what ended that one may end the next`,
      leftAlone(run.uid, run.endedAt + quietMs - now),
    );
  },
  cancelled(finding, { runs }) {
    const run = cancelledRun(runs, finding);
    if (run === null) return open('no person has cancelled its recovery');
    const uid = shortUid(run.uid);
    return shut(
      `recovery ${uid} was ${run.because ?? 'cancelled'}`,
      `"baton recover ${finding.instance}" begins another, and "baton acknowledge recovery ${uid}" leaves it to Baton again; so does the end of the failure`,
    );
  },
  attempts(finding, facts) {
    const attempts = attemptsAt(facts.runs, finding, facts);
    if (attempts === null) return open(neverTried);
    const { count, last, retryAt } = attempts;
    const uid = shortUid(last.uid);
    const told = `${counted(count, 'attempt', 'attempts')} came to nothing, the last one, recovery ${uid}, ${spoken(facts.now - last.endedAt)} ago (${last.because ?? 'without a reason'})`;
    if (facts.now >= retryAt || facts.isChanged) return open(`${told}; it may be tried again`);
    return shut(
      told,
      `it is tried again in ${spoken(retryAt - facts.now)}, or at once when its replicas or the configuration change, or after "baton acknowledge recovery ${uid}"`,
    );
  },
  'detection-hooks'(_, { veto, now }) {
    if (veto === null || now >= veto.until) return open('no detection hook said no');
    const uid = shortUid(veto.uid);
    return shut(
      veto.because,
      `that holds for another ${spoken(veto.until - now)} unless "baton acknowledge recovery ${uid}" ends it`,
    );
  },
  brake(_, { openedAt, brake, now }) {
    const within = openedAt.filter((at) => now - at < brake.windowMs).length;
    const told = `${counted(within, 'recovery was', 'recoveries were')} begun within ${spoken(brake.windowMs)}`;
    return brake.most === 0 || within < brake.most
      ? open(told)
      : shut(
          `${told}, and BrakeMaxRecoveries is ${brake.most}`,
          'a person should look first; "baton acknowledge brake" says that one has',
        );
  },
} as const satisfies Record<string, Rule>;

export type GateName = keyof typeof gateRules;

/** Gates that a person's word overrules: they restrain what Baton does by itself. Whether the failure is real is none of them. */
export const overruled: ReadonlySet<string> = new Set<GateName>([
  'started',
  'reach',
  'quorum',
  'enabled',
  'filter',
  'ignored',
  'downtime',
  'maintenance',
  'recent',
  'promoted',
  'cancelled',
  'takes-writes',
  'attempts',
  'detection-hooks',
  'brake',
]);

/** Asks every gate, not only up to the first that is shut: whoever reads why not wants the whole list. */
export function gatesOf(finding: Finding, facts: GateFacts): readonly Gate[] {
  return Object.entries(gateRules).map(([gate, rule]) => ({ gate, ...(rule as Rule)(finding, facts) }));
}

/** Why those that are shut are. */
export function whyShut(gates: readonly Gate[]): readonly string[] {
  return gates.flatMap(({ open, because }) => (open ? [] : [because]));
}

const treated: Record<Treatment, string> = {
  'dead-primary': 'a replica is promoted',
  'dead-intermediate': 'its replicas are moved to another source',
  'dead-co-primary': 'the other primary, or a replica, takes its place',
  'dead-group-member': 'its replicas are moved to another member',
  'semi-sync': 'semi-sync is set as it should be',
  'non-writeable-primary': 'the primary is made writable',
  announce: 'it is announced',
  none: 'nothing is done',
};

/** What the gate `attempts` says of a failure that was not tried before. */
export const neverTried = 'no attempt at it has come to nothing';

/** A mended primary is its own successor, and was the primary all along. */
function hasPromoted({ successor, failed }: PastRun, { instance }: Finding): boolean {
  return successor === instance && failed !== instance;
}

const lookAtIt = '"baton analyse" says what was seen';

/** The keys any of which lets Baton act by itself (orchestrator 3.2.6, section 2.7); clusters' filters do not govern what is mended. */
function permissionsFor(treatment: Treatment, code: string): readonly [keyof Allowed, ...(keyof Allowed)[]] {
  if (treatment === 'dead-intermediate' || treatment === 'dead-group-member')
    return ['RecoverIntermediateMasterClusterFilters'];
  if (treatment === 'non-writeable-primary') return ['RecoverNonWriteableMaster'];
  if (treatment !== 'semi-sync') return ['RecoverMasterClusterFilters'];
  return code === 'LockedSemiSyncMaster'
    ? ['RecoverLockedSemiSyncMaster', 'EnforceExactSemiSyncReplicas']
    : ['EnforceExactSemiSyncReplicas'];
}

function unlessAlive(sign: LifeSign): Answer {
  return sign.isAlive ? shut(sign.because, '"baton takeover" replaces one that lives') : open(sign.because);
}

function roleGiven(treatment: Treatment | null): string {
  return treatment === 'dead-intermediate' || treatment === 'dead-group-member' ? 'source' : 'primary';
}

function leftAlone(uid: string, leftMs: number): string {
  return `the cluster is left alone for another ${spoken(leftMs)} unless "baton acknowledge recovery ${shortUid(uid)}" says that somebody has seen why, or "baton recover" is used`;
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

function open(because: string): Answer {
  return { open: true, because };
}

/** `way` is what a person can do about it. */
function shut(because: string, way: string): Answer {
  return { open: false, because: `${because}; ${way}` };
}
