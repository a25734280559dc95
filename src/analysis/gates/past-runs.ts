import type { InstanceKey } from '../../kernel/instance-key.ts';
import type { Finding, Treatment } from '../finding.ts';

/**
 * A run that changed a cluster, or was to, as the gates look back at it. `aftereffect` is what its end means for
 * the next failure: a failover that changed something for good `quiets` the cluster for a time, one after which
 * nobody knows who takes writes `holds` it for a person, one that a person has cancelled `refrains` from the same
 * failure, one that came to nothing is tried again (`retries`), and one that was planned, or not needed, leaves
 * everything open.
 */
export interface PastRun {
  readonly uid: string;
  /** Null in what another build wrote, where it says nothing of it. */
  readonly treatment: Treatment | null;
  readonly failed: InstanceKey | null;
  readonly successor: InstanceKey | null;
  /** Milliseconds since 1970; `endedAt` is null while it goes on. */
  readonly openedAt: number;
  readonly endedAt: number | null;
  readonly acknowledged: boolean;
  readonly aftereffect: 'quiets' | 'holds' | 'refrains' | 'retries' | 'none';
  /** Why it did not end well. */
  readonly because: string | null;
}

interface Ended extends PastRun {
  readonly endedAt: number;
}

/**
 * The run for which a failure is left alone now. A change of primary keeps its cluster from another; moving the orphans
 * of an intermediate source, or mending a setting, only from doing the same to the same instance again, so that it
 * never stands between a dead primary and its failover, nor that between other orphans and their new source.
 */
export function quietingRun(
  runs: readonly PastRun[],
  finding: Pick<Finding, 'instance' | 'treatment'>,
  { quietMs, now }: { quietMs: number; now: number },
): Ended | null {
  return (
    runs
      .filter(hasEnded)
      .find(
        (run) =>
          run.aftereffect === 'quiets' &&
          !run.acknowledged &&
          now - run.endedAt < quietMs &&
          isQuieted(finding, run),
      ) ?? null
  );
}

/** The run after which nobody knows who takes writes; only a person can say that it is settled. */
export function holdingRun(runs: readonly PastRun[]): PastRun | null {
  return runs.find(({ aftereffect, acknowledged }) => aftereffect === 'holds' && !acknowledged) ?? null;
}

/** The last run for this failure, where a person has cancelled it; what was tried since is a later word. */
export function cancelledRun(
  runs: readonly PastRun[],
  { instance, treatment }: Pick<Finding, 'instance' | 'treatment'>,
): PastRun | null {
  const last = runs.find((run) => run.failed === instance && run.treatment === treatment);
  return last?.aftereffect === 'refrains' && !last.acknowledged ? last : null;
}

function isQuieted(
  { instance, treatment }: Pick<Finding, 'instance' | 'treatment'>,
  run: Pick<PastRun, 'failed' | 'treatment'>,
): boolean {
  if (changesPrimary(treatment)) return changesPrimary(run.treatment);
  return run.treatment === treatment && run.failed === instance;
}

function changesPrimary(treatment: Treatment | null): boolean {
  return treatment === null || treatment === 'dead-primary' || treatment === 'dead-co-primary';
}

/** The attempts at one failure that came to nothing, one after the other up to now. */
export interface Attempts {
  readonly count: number;
  readonly last: Ended;
  /** From when on it may be tried again, in milliseconds since 1970. */
  readonly retryAt: number;
}

/** Null where the last attempt did not come to nothing, or a person has acknowledged it. */
export function attemptsAt(
  runs: readonly PastRun[],
  { instance, treatment }: Pick<Finding, 'instance' | 'treatment'>,
  { quietMs, retryMs }: { quietMs: number; retryMs: number },
): Attempts | null {
  const longestMs = Math.max(quietMs, retryMs);
  const own = runs.filter(hasEnded).filter((run) => run.failed === instance && run.treatment === treatment);
  const broken = own.findIndex(
    (run, at) =>
      run.acknowledged ||
      run.aftereffect !== 'retries' ||
      (own[at - 1]?.openedAt ?? run.endedAt) - run.endedAt > 2 * longestMs,
  );
  const streak = broken === -1 ? own : own.slice(0, broken);
  const [last] = streak;
  if (last === undefined) return null;
  const pauseMs = Math.min(retryMs * 2 ** (streak.length - 1), longestMs);
  return { count: streak.length, last, retryAt: last.endedAt + pauseMs };
}

function hasEnded(run: PastRun): run is Ended {
  return run.endedAt !== null;
}
