import { spoken } from '../kernel/duration.ts';
import { shortUid } from '../kernel/uid.ts';
import type { Finding } from './finding.ts';

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
  /** The cluster matches RecoverMasterClusterFilters, or its like for this kind of failure. */
  readonly automatic: boolean;
  /** Who forbade all recoveries, and when; null when nobody did. */
  readonly disabledBecause: string | null;
  /** Recoveries of this cluster, newest first. */
  readonly recoveries: readonly {
    readonly uid: string;
    readonly endedAt: number | null;
    readonly acknowledged: boolean;
  }[];
  readonly quietMs: number;
  /** The last detection of this failure that a hook said no to, and until when that holds; null for none. */
  readonly veto: { readonly uid: string; readonly because: string; readonly until: number } | null;
  /** When the last recoveries of any cluster were opened, newest first. */
  readonly openedAt: readonly number[];
  /** No more than `most` recoveries within `windowMs`; a `most` of 0 is no brake. */
  readonly brake: { readonly most: number; readonly windowMs: number };
}

type Rule = (finding: Finding, facts: GateFacts) => Gate;

const rules: readonly Rule[] = [
  ({ code, treatment }, { hasRemedy }) => {
    if (treatment === 'dead-primary') return open('treatment', `${code} is recovered by promoting a replica`);
    if (treatment === 'none') return shut('treatment', `${code} asks for no recovery`);
    if (treatment === 'announce')
      return shut('treatment', `${code} is announced to the hooks and never acted upon`);
    if (hasRemedy) return open('treatment', `${code} is recovered`);
    return shut('treatment', `${code} is announced to the hooks; this version of Baton does not recover it`);
  },
  (_, { disabledBecause }) =>
    disabledBecause === null
      ? open('enabled', 'recoveries are enabled')
      : shut('enabled', `all recoveries are disabled: ${disabledBecause}`),
  (_, { automatic, cluster }) =>
    automatic
      ? open('filter', `${cluster.alias} matches RecoverMasterClusterFilters`)
      : shut(
          'filter',
          `${cluster.alias} matches no entry of RecoverMasterClusterFilters, so it is not recovered by itself`,
        ),
  ({ isDowntimed, skippedForDowntime, instance }) =>
    isDowntimed || skippedForDowntime
      ? shut('downtime', `${instance} is in downtime`)
      : open('downtime', `${instance} is not in downtime`),
  ({ validReplicas, instance }) =>
    validReplicas > 0
      ? open('replicas', `${validReplicas} of its replicas can be reached`)
      : shut('replicas', `no replica of ${instance} can be reached`),
  (finding) =>
    isReplaced(finding) ? answers(finding) : open('answers', `${finding.instance} keeps its part`),
  connected,
  // Replicas that somebody has stopped do not know whether it lives; then nobody but Baton says that it is dead.
  ({ tryingReplicas, instance, treatment }) =>
    tryingReplicas > 0 || !orphans(treatment)
      ? open('witness', `${tryingReplicas} of its replicas try to reach ${instance} and cannot`)
      : shut('witness', `no replica tries to reach ${instance}, so nobody but Baton says that it is dead`),
  (_, { recoveries, cluster }) => {
    const active = recoveries.find(({ endedAt }) => endedAt === null);
    return active === undefined
      ? open('active', `no recovery of ${cluster.alias} is under way`)
      : shut('active', `recovery ${shortUid(active.uid)} of ${cluster.alias} is under way`);
  },
  (_, { recoveries, cluster, quietMs, now }) => {
    const recent = recoveries.find(
      ({ endedAt, acknowledged }) => endedAt !== null && !acknowledged && now - endedAt < quietMs,
    );
    if (recent === undefined || recent.endedAt === null) {
      return open('recent', `no recovery of ${cluster.alias} ended within ${spoken(quietMs)}`);
    }
    const left = spoken(recent.endedAt + quietMs - now);
    return shut(
      'recent',
      `recovery ${shortUid(recent.uid)} of ${cluster.alias} ended ${spoken(now - recent.endedAt)} ago; it is left alone for another ${left} unless that recovery is acknowledged`,
    );
  },
  (_, { veto, now }) => {
    if (veto === null || now >= veto.until) return open('detection-hooks', 'no detection hook said no');
    const left = spoken(veto.until - now);
    return shut(
      'detection-hooks',
      `${veto.because}; that holds for another ${left} unless ${shortUid(veto.uid)} is acknowledged`,
    );
  },
  (_, { openedAt, brake, now }) => {
    const within = openedAt.filter((at) => now - at < brake.windowMs).length;
    return brake.most === 0 || within < brake.most
      ? open('brake', `${begun(within)} within ${spoken(brake.windowMs)}`)
      : shut(
          'brake',
          `${begun(within)} within ${spoken(brake.windowMs)}, and BrakeMaxRecoveries is ${brake.most}: a person should look first`,
        );
  },
];

/** Asks every gate, not only up to the first that is shut: whoever reads why not wants the whole list. */
export function gatesOf(finding: Finding, facts: GateFacts): readonly Gate[] {
  return rules.map((rule) => rule(finding, facts));
}

/** What says that the instance lives, whatever the table calls it; null where nothing does. */
export function lifeSignOf(finding: Finding): string | null {
  const signs = [...(isReplaced(finding) ? [answers(finding)] : []), connected(finding)];
  return signs.find((gate) => !gate.open)?.because ?? null;
}

const unheard: Record<Exclude<Finding['echo'], 'answered'>, (instance: string) => string> = {
  refused: (instance) => `${instance} refuses connections`,
  reset: (instance) => `${instance} ends every connection without a word`,
  silent: (instance) => `nothing comes back from ${instance}`,
};

/**
 * When a primary has no connection left to give, no replica can come back to it and the table takes it for dead,
 * while it takes every write of those who hold one (seen on MariaDB 10.11 and MySQL 9.7, docs/decisions/0006).
 */
export function answers({ echo, words, instance }: Pick<Finding, 'echo' | 'words' | 'instance'>): Gate {
  if (echo !== 'answered') return open('answers', unheard[echo](instance));
  if (words === null) return shut('answers', `${instance} can be read, so it is not dead`);
  return shut('answers', `${words}, and a server that answers anything is not dead`);
}

/**
 * orchestrator promotes here: with stopped applying threads all round, its table takes a primary for dead that is
 * only out of the controller's reach.
 */
function connected({ connectedReplicas, instance, treatment }: Finding): Gate {
  return connectedReplicas === 0 || !orphans(treatment)
    ? open('connected', `no replica is connected to ${instance}`)
    : shut(
        'connected',
        `${connectedReplicas} of its replicas are still connected to ${instance}, so it is not dead`,
      );
}

/** Failures in which an instance is gone and its replicas have no source. */
function orphans(treatment: Finding['treatment']): boolean {
  return treatment !== 'semi-sync' && treatment !== 'non-writeable-primary';
}

/** Where another takes over its writes, one that lives must not be left with them. */
function isReplaced({ treatment }: Finding): boolean {
  return orphans(treatment) && treatment !== 'dead-intermediate' && treatment !== 'dead-group-member';
}

function begun(count: number): string {
  return count === 1 ? '1 recovery was begun' : `${count} recoveries were begun`;
}

function open(gate: string, because: string): Gate {
  return { gate, open: true, because };
}

function shut(gate: string, because: string): Gate {
  return { gate, open: false, because };
}
