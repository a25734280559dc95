import { type Place, readersOf } from '../../quoting/place.ts';
import { type Reading, readCommand } from '../../quoting/read-command.ts';
import { readersIn } from '../../quoting/readers.ts';
import type { SimpleCommand } from '../../quoting/scan.ts';
import { judge, type Values } from '../../quoting/substitute.ts';
import type { Rewriting } from './call.ts';
import { type Edit, edited } from './edit.ts';
import { awkRewriting, languageRewriting } from './languages.ts';
import { literalOf } from './literal.ts';
import { referenceAt } from './reference.ts';
import { remoteRewriting } from './remote-shell.ts';
import { evalRewriting, shellRewriting, trapRewriting } from './shell-programs.ts';
import { sqlRewriting } from './sql.ts';
import { baseName, startOf } from './wrappers.ts';
import { argumentRewriting } from './xargs.ts';

/**
 * The command line with no value from outside left in the text of a second reader: each comes through
 * its variable, or as data. Null where that cannot be done with certainty. `values` are of the worst sort.
 */
export function rewriteSafely(command: string, values: Values): string | null {
  const edits = editsOf(command, values, false);
  if (edits === null || edits.length === 0) return null;
  const rewritten = edited(command, edits);
  const { reading, refused } = judge(rewritten, values);
  return refused.length === 0 && reading.problem === null ? rewritten : null;
}

const rewritings: readonly { readonly names: RegExp; readonly rewriting: Rewriting }[] = [
  { names: /^eval$/, rewriting: evalRewriting },
  { names: /^trap$/, rewriting: trapRewriting },
  { names: /^(?:ba|da|a)?sh$/, rewriting: shellRewriting },
  { names: /^ssh$/, rewriting: remoteRewriting },
  { names: /^[gmn]?awk$/, rewriting: awkRewriting },
  { names: /^(?:python|pypy|perl|ruby|node|php)/, rewriting: languageRewriting },
  { names: /^(?:mysql|mariadb)$/, rewriting: sqlRewriting },
  { names: /^xargs$/, rewriting: argumentRewriting },
];

/** What is to be changed; within a program, every value from outside becomes a reference. */
function editsOf(text: string, values: Values, isProgram: boolean): readonly Edit[] | null {
  const reading = readCommand(text, new Set(values.keys()));
  if (reading.problem !== null) return null;
  const edits: Edit[] = [];
  const seen = new Set<SimpleCommand>();
  for (const place of reading.places.filter(({ name }) => values.get(name)?.from === 'field')) {
    const isRead = readersOf(place).length > 0;
    const command = isRead ? commandAround(place, reading) : null;
    if (command !== null && seen.has(command)) continue;
    if (command !== null) seen.add(command);
    if (!isRead && !isProgram) continue;
    const more = isRead
      ? rewritten(text, command, values)
      : referenceAt(text, place, variableOf(place, values));
    if (more === null) return null;
    edits.push(...more);
  }
  return edits;
}

/** The one command that reads the place as a program; null where there are more, or the place only flows into it. */
function commandAround(place: Place, { commands }: Reading): SimpleCommand | null {
  const around = commands.filter(({ words }) => {
    const holds = words.some(({ from, raw }) => from <= place.from && place.to <= from + raw.length);
    return holds && readersIn(words.map(({ text }) => text)).length > 0;
  });
  const [command] = around;
  if (command === undefined || around.length > 1) return null;
  const own = readersIn(command.words.map(({ text }) => text)).length;
  return own === readersOf(place).length ? command : null;
}

function rewritten(text: string, command: SimpleCommand | null, values: Values): readonly Edit[] | null {
  if (command === null) return null;
  const literals = command.words.map(({ raw }) => literalOf(raw));
  const start = startOf(literals);
  const name = start === null ? '' : baseName(literals[start.at] ?? '');
  const found = rewritings.find(({ names }) => names.test(name));
  if (start === null || found === undefined) return null;
  return found.rewriting({ text, command, literals, ...start, values, rewriteProgram });
}

function variableOf({ name }: Place, values: Values): string | null {
  return values.get(name)?.variable ?? null;
}

function rewriteProgram(program: string, values: Values): string | null {
  const edits = editsOf(program, values, true);
  return edits === null ? null : edited(program, edits);
}
