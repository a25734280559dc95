import type { Lit } from '../../drawing/lit.ts';
import { stateOf } from '../../engine/fold.ts';
import { type Coverage, passedBy } from './coverage.ts';
import type { Walk } from './walk.ts';

/** What a walk lights in the chart of its machine: where it stands, where it was, and which ways it took. */
export function litByWalk({ workflow, input, records, folding }: Walk): Lit {
  const passed = [...passedBy(workflow, { name: '', input, records })];
  const standing = stateOf(folding).split(' + ');
  const taken = passed.filter(isWay);
  return {
    standing,
    passed: passed.filter((id) => !isWay(id) && !standing.includes(id)),
    failed: records.flatMap((record) => {
      if (record.kind !== 'answered' || record.answer.kind === 'ok') return [];
      const asking = records[record.to - 1];
      return asking?.kind === 'asked' ? [asking.state] : [];
    }),
    taken,
    last: taken.at(-1) ?? null,
  };
}

/** What runs have walked, all of them together. */
export function litByCoverage({ states, ways }: Coverage): Lit {
  return {
    standing: [],
    passed: states.filter(({ by }) => by.length > 0).map(({ state }) => state),
    failed: [],
    taken: ways.filter(({ by }) => by.length > 0).map(({ way }) => way.id),
    last: null,
  };
}

function isWay(id: string): boolean {
  return id.includes(' -> ');
}
