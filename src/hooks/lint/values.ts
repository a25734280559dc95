import type { HookFacts } from '../../engine/ports.ts';
import type { Value, Values } from '../quoting/substitute.ts';
import { rehearsalFacts } from '../rehearsal/facts.ts';
import { textOf, words } from '../words.ts';

/** What a hook is told on an ordinary day: nothing in it means anything to a shell. */
export const ordinaryFacts = rehearsalFacts('PostGracefulTakeoverProcesses');

/** What means most to shells, and to whoever else reads it as a program. */
const worst = `'"$(x)\``;

export const ordinaryValues: Values = valuesOf(ordinaryFacts);

/** Whatever comes from outside is at its worst; the rest is as on an ordinary day. */
export const worstValues: Values = new Map(
  [...ordinaryValues].map(([name, value]) => [
    name,
    value.from === 'field' ? { ...value, text: worst } : value,
  ]),
);

/** Placeholders that have no value before there is a successor. */
export const successorNames: ReadonlySet<string> = new Set(
  words.flatMap(({ placeholders, value }) =>
    value({ ...ordinaryFacts, successor: null }) === null ? placeholders : [],
  ),
);

function valuesOf(facts: HookFacts): Values {
  return new Map(
    words.flatMap(({ placeholders, variable, from, value }) =>
      placeholders.map((name): [string, Value] => [
        name,
        { text: textOf(value(facts) ?? ''), variable, from },
      ]),
    ),
  );
}
