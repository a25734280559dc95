import type { JournalRecord } from '../../src/engine/record.ts';

/**
 * What a contender has noted. `at` is nanoseconds of the machine's clock that never goes back, the same for all its processes: of a
 * word about the right to act or about something done, from before the look at the lease that allowed it; of an answer, from after it came.
 */
export type Noted =
  | { readonly kind: 'led'; readonly by: string; readonly token: number; readonly at: number }
  | {
      readonly kind: 'did' | 'concluded';
      readonly by: string;
      readonly token: number;
      readonly uid: string;
      readonly step: number;
      readonly at: number;
    }
  | { readonly kind: 'appended'; readonly uid: string; readonly seq: number; readonly at: number }
  | {
      readonly kind: 'claimed' | 'ending';
      readonly subject: string;
      readonly uid: string;
      readonly at: number;
    };

/** A run as the journal has it when all is over. */
export interface Kept {
  readonly uid: string;
  readonly records: readonly JournalRecord[];
}

/** A sentence for each promise of leadership and journal that a history breaks: claims, leases, the steps of runs, and what was said to be kept. */
export function broken(noted: readonly Noted[], kept: readonly Kept[]): readonly string[] {
  return [
    ...overlappingTerms(noted),
    ...overlappingClaims(noted),
    ...doneAgain(noted),
    ...lost(noted, kept),
    ...kept.flatMap(outOfTurn),
  ];
}

interface Span {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** A token was certainly valid from the first moment at which its holder found it so to the last. */
function overlappingTerms(noted: readonly Noted[]): readonly string[] {
  const spans = new Map<number, Span>();
  for (const one of noted) {
    if (one.kind !== 'led') continue;
    const { from = one.at, to = one.at } = spans.get(one.token) ?? {};
    spans.set(one.token, {
      name: `${one.by} with token ${one.token}`,
      from: Math.min(from, one.at),
      to: Math.max(to, one.at),
    });
  }
  const inTurn = [...spans].toSorted(([one], [other]) => one - other).map(([, span]) => span);
  return overlaps(inTurn).map((two) => `two led at once: ${two}`);
}

/**
 * A subject is certainly a run's from when its claim was known to be written to when its end was first asked for: whoever stood still
 * may ask for it again when another has ended it, or hear of its claim only then.
 */
function overlappingClaims(noted: readonly Noted[]): readonly string[] {
  const ends = new Map<string, number>();
  for (const one of noted)
    if (one.kind === 'ending') ends.set(one.uid, Math.min(ends.get(one.uid) ?? Infinity, one.at));
  const spans = noted.flatMap((one) =>
    one.kind === 'claimed'
      ? [{ subject: one.subject, name: one.uid, from: one.at, to: ends.get(one.uid) ?? Infinity }]
      : [],
  );
  const subjects = [...new Set(spans.map(({ subject }) => subject))];
  return subjects.flatMap((subject) =>
    overlaps(
      spans
        .filter((one) => one.subject === subject && one.from <= one.to)
        .toSorted((one, other) => one.from - other.from),
    ).map((two) => `two runs held ${subject} at once: ${two}`),
  );
}

/** Of spans in the order in which they should come, each that begins before the one in front of it has ended. */
function overlaps(inTurn: readonly Span[]): readonly string[] {
  return inTurn.flatMap((span, at) => {
    const before = inTurn[at - 1];
    return before !== undefined && span.from <= before.to ? [`${before.name} and ${span.name}`] : [];
  });
}

/** A step may be done twice only while nobody was told that the journal has its end. */
function doneAgain(noted: readonly Noted[]): readonly string[] {
  const over = new Map<string, number>();
  for (const one of noted)
    if (one.kind === 'concluded') {
      const name = `step ${one.step} of ${one.uid}`;
      over.set(name, Math.min(over.get(name) ?? Infinity, one.at));
    }
  return noted.flatMap((one) => {
    if (one.kind !== 'did') return [];
    const name = `step ${one.step} of ${one.uid}`;
    return one.at > (over.get(name) ?? Infinity)
      ? [`${one.by} did ${name} again after its end was kept`]
      : [];
  });
}

function lost(noted: readonly Noted[], kept: readonly Kept[]): readonly string[] {
  const there = new Set(kept.flatMap(({ uid, records }) => records.map(({ seq }) => `${uid} ${seq}`)));
  return noted.flatMap((one) =>
    one.kind === 'appended' && !there.has(`${one.uid} ${one.seq}`)
      ? [`record ${one.seq} of ${one.uid} was acknowledged and is not there`]
      : [],
  );
}

/** Records stand in the order of their tokens, and nothing of a step follows its end. */
function outOfTurn({ uid, records }: Kept): readonly string[] {
  const wrong: string[] = [];
  const over = new Set<string>();
  records.forEach((record, at) => {
    const { token, seq } = record;
    if (seq !== at + 1) wrong.push(`${uid} has record ${seq} where ${at + 1} should be`);
    if (token < (records[at - 1]?.token ?? 0))
      wrong.push(`record ${seq} of ${uid} was written by a leader that another had followed`);
    if (record.kind !== 'fired') return;
    const [what, step = ''] = record.id.split(' ');
    if (over.has(step)) wrong.push(`record ${seq} of ${uid} says "${record.id}" after the end of that step`);
    if (what === 'end') over.add(step);
  });
  return wrong;
}
