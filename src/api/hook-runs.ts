import type { z } from 'zod';
import type { JournalRecord } from '../engine/record.ts';
import type { HookRun } from './answers/recovery.ts';

/** The runs of hooks among these records, in the order of their beginnings. */
export function hookRunsOf(records: readonly JournalRecord[]): z.output<typeof HookRun>[] {
  return records.flatMap((record) => {
    if (record.kind !== 'hook') return [];
    const { stage, index, of, attempt, command, at, seq } = record;
    const end = records.find((one) => one.kind === 'hooked' && one.run === seq);
    const ended =
      end?.kind === 'hooked' ? { at: moment(end.at), class: end.class, outcome: end.outcome } : null;
    return [{ stage, index, of, attempt, command, startedAt: moment(at), ended }];
  });
}

function moment(at: number): string {
  return new Date(at).toISOString();
}
