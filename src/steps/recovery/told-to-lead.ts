import type { JournalRecord } from '../../engine/record.ts';
import type { InstanceKey } from '../../kernel/instance-key.ts';

/** Whether a run has told a server to be the primary, be it done or not. */
export function wasToldToLead(history: readonly JournalRecord[], instance: InstanceKey): boolean {
  return history.some(
    (record) => record.kind === 'act' && record.verb === 'promote' && record.instance === instance,
  );
}

/** Whether it has told a server to be the primary, or to take writes, be it done or not. */
export function wasLetWrite(history: readonly JournalRecord[], instance: InstanceKey): boolean {
  const isLet = ({ verb, order }: { verb: string; order: unknown }) =>
    verb === 'setReadOnly' && (order as { readOnly: boolean }).readOnly === false;
  return (
    wasToldToLead(history, instance) ||
    history.some((record) => record.kind === 'act' && record.instance === instance && isLet(record))
  );
}
