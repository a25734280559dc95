import type { Row } from './rows.ts';

/** What another system told of a host while an incident went on. */
export interface Heard {
  /** When Baton came to know of it, ISO 8601. */
  readonly heardAt: string;
  /** The system: `pacemaker`. */
  readonly from: string;
  readonly because: string;
}

/** A line of the timeline: one that leads to a moment, or what was heard between two of them. */
export type Line =
  | { readonly kind: 'row'; readonly row: Row; readonly place: number }
  | { readonly kind: 'heard'; readonly at: number; readonly heard: Heard };

/** The rows in their own order, whatever clocks say, each behind what had been heard when it was written. */
export function linesOf(rows: readonly Row[], heard: readonly Heard[]): readonly Line[] {
  const waiting = heard
    .map((one) => ({ kind: 'heard' as const, at: Date.parse(one.heardAt), heard: one }))
    .toSorted((one, other) => one.at - other.at);
  const lines = rows.flatMap((row, place): Line[] => {
    const due = waiting.findIndex(({ at }) => at > row.at);
    const before = waiting.splice(0, due < 0 ? waiting.length : due);
    return [...before, { kind: 'row', row, place }];
  });
  return [...lines, ...waiting];
}
