import { readCommand } from '../../quoting/read-command.ts';
import { readersIn } from '../../quoting/readers.ts';
import type { Rewriting } from './call.ts';
import { referenceAt } from './reference.ts';

/** Options of xargs that take the next word. */
const valued = /^-[adELnPs]$/;

/** `xargs COMMAND ARGUMENT`: an argument of a command that is no reader itself is data. */
export const argumentRewriting: Rewriting = ({ text, command, literals, at, values }) => {
  let index = at + 1;
  // With -I, what looks like its mark in a value would be replaced once more.
  for (; literals[index]?.startsWith('-'); index += valued.test(literals[index] ?? '') ? 2 : 1) {
    if (/^-[Ii]/.test(literals[index] ?? '')) return null;
  }
  const started = command.words.slice(index);
  const isKnown = literals.slice(at, index + 1).every((word) => word !== null && !word.includes('{'));
  if (!isKnown || readersIn(started.map((word) => word.text)).length > 0) return null;
  const [first] = started;
  const last = started.at(-1);
  const { places } = readCommand(text, new Set(values.keys()));
  const edits = places
    .filter(({ name }) => values.get(name)?.from === 'field')
    .filter(
      ({ from }) =>
        first !== undefined && last !== undefined && from > first.from && from < last.from + last.raw.length,
    )
    .map((place) => referenceAt(text, place, values.get(place.name)?.variable ?? null));
  const sure = edits.filter((edit) => edit !== null);
  return sure.length === edits.length ? sure.flat() : null;
};
