import { plain, quiet, rules, wholeNumber } from './contexts.ts';
import { type BodyLine, type Place, readerOf } from './place.ts';
import { type Reading, readCommand } from './read-command.ts';

/** What a placeholder stands for. */
export interface Value {
  readonly text: string;
  /** Set in the hook's environment to the same text; null where there is none. */
  readonly variable: string | null;
  /** Who chooses the text: Baton, from a fixed vocabulary; whoever names the servers; anybody. */
  readonly from: 'baton' | 'instance' | 'field';
}

export type Values = ReadonlyMap<string, Value>;

export type Substituted = { readonly script: string } | { readonly refused: string };

/**
 * Puts values where their placeholders stand so that nothing of a value is read as shell. Plain values
 * go in as they are, so that an ordinary hook's script is orchestrator's, byte for byte.
 */
export function substitute(command: string, values: Values): Substituted {
  if (command.includes('\0')) return { refused: 'the command has a NUL byte, which no shell can read' };
  const reading = readCommand(command, new Set(values.keys()));
  const pieces: string[] = [];
  let at = 0;
  for (const place of reading.places) {
    const put = putValue(place, reading, values, command);
    if ('refused' in put) return put;
    pieces.push(command.slice(at, place.from), put.text);
    at = place.to;
  }
  return { script: pieces.join('') + command.slice(at) };
}

/** In arithmetic that we could not see, such a name would stand for another value of the hook's. */
const namesAVariable = /ORC_|BATON_/;
/** Hosts, ports, lists of `host:port` and binlog coordinates; IPv6 has brackets. */
const instances = /^[A-Za-z0-9_.:,[\]-]*$/;

/** Whether a value may stand where no quoting would keep it from being read as a program. */
export function isHarmless({ text, from }: Pick<Value, 'text' | 'from'>): boolean {
  // What begins with a dash may be an option, such as the one of ssh that names a program.
  if (from !== 'baton' && text.startsWith('-')) return false;
  if (plain.test(text) || text === '') return true;
  return (
    (from === 'baton' && quiet.test(text)) ||
    (from === 'instance' && instances.test(text) && !namesAVariable.test(text))
  );
}

/** A placeholder whose value must not stand where it stands. */
export interface RefusedPlace {
  readonly place: Place;
  readonly sentence: string;
}

/** What would be refused of a command with these values, and how the command was read. */
export function judge(
  command: string,
  values: Values,
): { readonly reading: Reading; readonly refused: readonly RefusedPlace[] } {
  const reading = readCommand(command, new Set(values.keys()));
  const refused = reading.places.flatMap((place) => {
    const value = values.get(place.name);
    const why = value === undefined ? null : whyNot(place, value, reading, values, command);
    return value === undefined || why === null
      ? []
      : [{ place, sentence: refusal(place.name, value.text, why) }];
  });
  return { reading, refused };
}

type Put = { readonly text: string } | { readonly refused: string };

function putValue(place: Place, reading: Reading, values: Values, command: string): Put {
  const written = command.slice(place.from, place.to);
  const value = values.get(place.name);
  if (value === undefined) return { text: written };
  const { text, variable } = value;
  // Behind a backslash or a dollar, nothing at all would let the next character take its place.
  if (text === '' && place.context.startsWith('after-')) return { text: written };
  const why = whyNot(place, value, reading, values, command);
  if (why !== null) return { refused: refusal(place.name, text, why) };
  const { verbatim, refer } = rules[place.context];
  if (text === '') return { text: place.context === 'bare' ? "''" : '' };
  // In a command that cannot be followed a reference might stand in single quotes, and be no value at all.
  if (refer === null || variable === null || verbatim.test(text) || reading.problem !== null) return { text };
  return { text: refer(variable) };
}

/** Why a value must not stand at a place; null where it may, as it is or by reference. */
function whyNot(
  place: Place,
  value: Value,
  reading: Reading,
  values: Values,
  command: string,
): string | null {
  const { text, variable } = value;
  const { verbatim, refer, why } = rules[place.context];
  if (text.includes('\0')) return 'no variable and no script can hold a NUL byte';
  if (text !== '' && !verbatim.test(text)) {
    if (refer === null) return why;
    if (variable === null) return 'there is no variable to refer to';
  }
  const known = isHarmless(value);
  if (reading.problem !== null && (!known || namesAVariable.test(text))) {
    return `the command cannot be followed: ${reading.problem}`;
  }
  const reader = readerOf(place);
  if (reader?.accepts === 'integer' && !wholeNumber.test(text)) {
    return `${reader.who} evaluates it, so it may only be a whole number`;
  }
  if (reader !== null && !known) return `${reader.who} reads what it is given as a program, past all quoting`;
  if (place.line !== null && becomesDelimiter(place.line, reading, values, command)) {
    return `it would end the here-document, as its line would be ${place.line.delimiter}`;
  }
  return null;
}

function becomesDelimiter(line: BodyLine, { places }: Reading, values: Values, command: string): boolean {
  let filled = '';
  let at = line.from;
  for (const place of places.filter(({ from }) => from >= line.from && from < line.to)) {
    filled += command.slice(at, place.from) + (values.get(place.name)?.text ?? '');
    at = place.to;
  }
  filled += command.slice(at, line.to);
  return (line.tabsIgnored ? filled.replace(/^\t+/, '') : filled) === line.delimiter;
}

function refusal(name: string, text: string, why: string): string {
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  const [odd] = Array.from(text).filter((char) => !plain.test(char));
  const named = odd === undefined ? '' : `, which has ${spelled(odd)} in it`;
  return `{${name}} is ${JSON.stringify(shown)}${named}, and ${why}`;
}

function spelled(char: string): string {
  if (char === '\n') return 'a line break';
  if (char === ' ') return 'a space';
  if (char === '\0') return 'a NUL byte';
  return JSON.stringify(char);
}
