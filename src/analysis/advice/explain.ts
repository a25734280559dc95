import { type Instance, isCheckValid } from '../../topology/snapshot.ts';
import { type Finding, isActionable } from '../finding.ts';
import { type FencingLevel, reaches } from '../cost/fencing.ts';
import { asIfDead } from './foresight.ts';
import type { Gate, GateName } from '../gates/gates.ts';
import { hasSuccessor, type Succession } from '../choice/succession.ts';

/**
 * What each gate looks at. `later` is said in its place while nothing is wrong and it could only be asked of a
 * failure; null where it stands as it stands.
 */
export const gateWords = {
  treatment: { asks: 'what Baton does about failures of this kind', later: null },
  leader: { asks: 'whether this controller has the right to act', later: null },
  started: { asks: 'whether every known instance was looked at since the start', later: null },
  reach: {
    asks: 'whether most instances of all clusters fell silent to Baton at once',
    later: 'would be shut if most instances of all clusters fell silent together with the primary',
  },
  quorum: {
    asks: 'whether enough controllers find it dead (DetectionQuorum)',
    later: 'would be shut where DetectionQuorum wants most controllers to find it dead, until they do',
  },
  enabled: { asks: 'whether people have forbidden all recoveries', later: null },
  filter: {
    asks: 'RecoverMasterClusterFilters, or the key that allows recoveries of this kind',
    later: null,
  },
  ignored: { asks: 'RecoveryIgnoreHostnameFilters', later: null },
  downtime: { asks: 'the downtime of the failed instance, and of its replicas', later: null },
  maintenance: { asks: 'whether somebody works on the failed instance', later: null },
  replicas: { asks: 'whether any replica can be reached', later: null },
  answers: {
    asks: 'what comes back from the failed primary',
    later: 'would be shut if the primary answered anything at all, be it an error',
  },
  connected: {
    asks: 'whether a replica is still connected to it',
    later: 'would be shut while any replica stayed connected to it',
  },
  witness: {
    asks: 'whether a replica tries to reach it and cannot',
    later: 'its replicas would try to reach it; would be shut if none did',
  },
  'takes-writes': { asks: 'whether a source that lives takes writes of its own', later: null },
  active: { asks: 'whether anything else changes the cluster', later: null },
  unsettled: { asks: 'whether a recovery left it open who takes writes', later: null },
  recent: { asks: 'RecoveryPeriodBlockSeconds since the last change of primary', later: null },
  promoted: { asks: 'whether the failed instance was itself promoted within that time', later: null },
  cancelled: { asks: 'whether a person has cancelled a recovery of this failure', later: null },
  attempts: { asks: 'RecoveryRetrySeconds, doubled with each attempt that came to nothing', later: null },
  'detection-hooks': { asks: 'whether a detection hook has said no', later: null },
  brake: { asks: 'BrakeMaxRecoveries within BrakeWindowSeconds', later: null },
  candidate: { asks: 'whether there is a replica that may be promoted', later: null },
  fencing: { asks: 'whether FencingLevelRequired can be reached', later: null },
} as const satisfies Record<GateName | 'candidate' | 'fencing', { asks: string; later: string | null }>;

/** A gate as it is explained: `later` is one that can only be asked of a failure, and nothing is wrong. */
export interface Stand {
  readonly gate: string;
  readonly state: 'open' | 'shut' | 'later';
  readonly because: string;
}

/** What the gates are asked of. */
export interface Question {
  readonly finding: Finding;
  /** Nothing is wrong with the primary: this is what would be found if it died now. */
  readonly isSupposed: boolean;
}

/**
 * The failure of the primary as it is found now, or, while it answers and asks for nothing, as the same analysis
 * would find it just after a death; null where the primary was never read.
 */
export function questionOf(
  primary: Instance,
  {
    members,
    now,
    analyse,
  }: {
    members: readonly Instance[];
    now: number;
    analyse: (instances: readonly Instance[], now: number) => readonly Finding[];
  },
): Question | null {
  const ofPrimary = (instances: readonly Instance[]) =>
    analyse(instances, now).find(({ instance }) => instance === primary.key);
  const real = ofPrimary(members);
  const isFailing = !isCheckValid(primary) || (real !== undefined && isActionable(real));
  if (real !== undefined && isFailing) return { finding: real, isSupposed: false };
  const supposed = ofPrimary(asIfDead(members, primary.key, now));
  return supposed === undefined ? null : { finding: supposed, isSupposed: true };
}

/** How the gates stand, and after them what a recovery would meet behind them. */
export function standsOf(
  gates: readonly Gate[],
  {
    isSupposed,
    succession,
    fencingRequired,
    fencingReachable,
  }: {
    isSupposed: boolean;
    /** Null where nobody has worked it out. */
    succession: Succession | null;
    fencingRequired: FencingLevel;
    fencingReachable: FencingLevel;
  },
): readonly Stand[] {
  const asked = gates.map(({ gate, open, because }): Stand => {
    if (!open) return { gate, state: 'shut', because };
    const later = isSupposed ? laterOf(gate) : null;
    return later === null ? { gate, state: 'open', because } : { gate, state: 'later', because: later };
  });
  const candidate = succession === null ? [] : [candidateStand(succession)];
  return [...asked, ...candidate, fencingStand(fencingRequired, fencingReachable)];
}

function laterOf(gate: string): string | null {
  return Object.entries(gateWords).find(([name]) => name === gate)?.[1].later ?? null;
}

function candidateStand(succession: Succession): Stand {
  return hasSuccessor(succession)
    ? { gate: 'candidate', state: 'open', because: `${succession.successor} may be promoted` }
    : { gate: 'candidate', state: 'shut', because: succession.because };
}

/** What fencing can reach by itself: one that cannot be reached cannot be stopped either. */
function fencingStand(required: FencingLevel, reachable: FencingLevel): Stand {
  const because = `FencingLevelRequired is "${required}"`;
  if (reaches(reachable, required)) return { gate: 'fencing', state: 'open', because };
  return {
    gate: 'fencing',
    state: 'shut',
    because: `${because}, and nobody can prove that a primary out of reach takes no writes`,
  };
}
