import type { JournalRecord } from '../../src/engine/record.ts';
import type { InstanceKey } from '../../src/kernel/instance-key.ts';
import type { Happened } from './controller.ts';

/**
 * A place in the records of a run: given its last record and all of them, whether it is reached, and whom it is about
 * (`server` is null where it is about nobody).
 */
export type Point = (
  last: JournalRecord,
  records: readonly JournalRecord[],
) => { readonly server: InstanceKey | null } | null;

/** A step is asked for and has not begun. */
export function asked(step: string): Point {
  return (last) => (last.kind === 'asked' && last.step === step ? { server: null } : null);
}

/** An order is written down and not given yet. */
export function ordering(verb: string): Point {
  return (last) => (last.kind === 'act' && last.verb === verb ? { server: last.instance } : null);
}

/** An order was given, and what came of it is written down. */
export function ordered(verb: string): Point {
  return (last, records) => {
    if (last.kind !== 'acted') return null;
    const act = records.find(({ seq }) => seq === last.of);
    return act?.kind === 'act' && act.verb === verb ? { server: act.instance } : null;
  };
}

/** A step has answered, and its answer names the server. */
export function answered(step: string, naming: (value: unknown) => InstanceKey | null): Point {
  return (last) => {
    if (last.kind !== 'answered' || last.step !== step || last.answer.kind !== 'ok') return null;
    return { server: naming(last.answer.value) };
  };
}

/** The same order, where it is one to follow a replica that the run has chosen; about that one. */
export function feeding(point: Point): Point {
  return (last, records) => {
    if (point(last, records) === null) return null;
    const act = last.kind === 'acted' ? records.find(({ seq }) => seq === last.of) : last;
    const { source = null } = (act?.kind === 'act' ? act.order : {}) as { source?: InstanceKey };
    const isChosen = records.some(
      (one) =>
        one.kind === 'answered' &&
        one.answer.kind === 'ok' &&
        (one.answer.value as { successor?: unknown }).successor === source,
    );
    return isChosen ? { server: source } : null;
  };
}

export function recordsOf(happened: readonly Happened[], uid: string): readonly JournalRecord[] {
  return happened.flatMap((one) => (one.uid === uid && one.record !== null ? [one.record] : []));
}
