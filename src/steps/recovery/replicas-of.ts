import type { RecoveryStory } from '../../../workflows/recovery.ts';
import type { JournalRecord } from '../../engine/record.ts';
import type { InstanceKey } from '../../kernel/instance-key.ts';

/**
 * The replicas that a recovery is about: those of the failed primary, and those that this run has told to follow
 * another of them before it was interrupted.
 */
export function replicasOf(
  { finding }: RecoveryStory,
  history: readonly JournalRecord[],
): readonly InstanceKey[] {
  const moved = history.flatMap((record) => (isMove(record) ? [record.instance] : []));
  // A takeover counts the old primary among them.
  return [...new Set([...finding.replicas, ...moved.filter((key) => key !== finding.instance)])];
}

/** Whether this run has told a server to replicate from `source`, be it done or not. */
export function wasToldToFollow(
  history: readonly JournalRecord[],
  instance: InstanceKey,
  source: InstanceKey,
): boolean {
  return history.some(
    (record) =>
      isMove(record) &&
      record.instance === instance &&
      (record.order as { source: unknown }).source === source,
  );
}

function isMove(record: JournalRecord): record is Extract<JournalRecord, { kind: 'act' }> {
  return record.kind === 'act' && record.verb === 'follow';
}
