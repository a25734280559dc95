import type { InstanceKey } from '../../src/kernel/instance-key.ts';
import type { Happened } from './controller.ts';

/** How a run ended in which a server died: its workflow, its end, its reason, and who it was. */
export interface HeldRun {
  readonly workflow: string;
  readonly state: string;
  readonly reason: string;
  readonly dead: InstanceKey;
  readonly happened: readonly Happened[];
}

/** The sentence of P8: whoever has died may have the only copy of what an application was told is kept. */
const onlyCopy = 'the only copy of a transaction may be there';
/** Only one may take over, the other co-primary or whom a person named, and it is the one that died. */
const onlyHeir = 'and is none of the replicas that could be reached';

/**
 * Why a failed run was not held for what was the matter; null where it was. A recovery is held for a dead replica because it may be
 * the only one that acknowledged, and for nothing else, unless it had chosen that one or no other may take over. A takeover is held for
 * the one that is dead.
 */
export function unexplainedHold({ workflow, state, reason, dead, happened }: HeldRun): string | null {
  if (state !== 'failed' || (workflow !== 'recovery' && workflow !== 'takeover')) return null;
  const names = reason.includes(dead);
  const isMeant =
    workflow === 'takeover' ||
    wasChosen(happened, dead) ||
    [onlyCopy, onlyHeir].some((sentence) => reason.includes(sentence));
  return names && isMeant ? null : `${dead} died, and it was held for something else: ${reason}`;
}

function wasChosen(happened: readonly Happened[], server: InstanceKey): boolean {
  return happened.some(
    ({ record }) =>
      record?.kind === 'answered' &&
      record.answer.kind === 'ok' &&
      (record.answer.value as { successor?: unknown }).successor === server,
  );
}

/** How many transactions Baton has told of that only this replaced primary has; null where it told nothing, or could not count. */
export function toldOf(happened: readonly Happened[], instance: InstanceKey): number | null {
  const counts = happened.flatMap(({ workflow, record }) => {
    if (workflow !== 'returning' || record?.kind !== 'answered' || record.answer.kind !== 'ok') return [];
    const { errant, count, because } = record.answer.value as Partial<Assessed>;
    return errant === undefined || because?.includes(instance) !== true ? [] : [count ?? null];
  });
  return counts.reduce<number | null>(
    (most, count) => (count === null ? most : Math.max(most ?? 0, count)),
    null,
  );
}

/** An answer of the step that holds a replaced primary against its successor. */
interface Assessed {
  readonly errant: string;
  readonly count: number | null;
  readonly because: string;
}
