import { readCommand } from '../../quoting/read-command.ts';
import { readersOf } from '../../quoting/place.ts';
import type { Value } from '../../quoting/substitute.ts';
import { type Call, type Rewriting, variablesIn, wordEdit } from './call.ts';
import { quoted } from './literal.ts';

/** `eval` reads its words, with blanks between them. */
export const evalRewriting: Rewriting = (call) => {
  const { command, literals, at } = call;
  const [first] = command.words.slice(at + 1);
  const last = command.words.at(-1);
  const program = joinedFrom(call, at + 1);
  if (program === null || first === undefined || last === undefined || literals.length < 2) return null;
  const rewritten = call.rewriteProgram(program, call.values);
  return rewritten === null
    ? null
    : [{ from: first.from, to: last.from + last.raw.length, text: quoted(rewritten) }];
};

/** `trap PROGRAM SIGNAL`. */
export const trapRewriting: Rewriting = (call) => programWord(call, call.at + 1);

/** `bash -c PROGRAM`; behind sudo, which keeps no variables, the values go along as `$1`, `$2`. */
export const shellRewriting: Rewriting = (call) => {
  const option = call.literals.findIndex(
    (word, index) => index > call.at && /^-[A-Za-z]*c$/.test(word ?? ''),
  );
  const before = call.literals.slice(call.at + 1, option);
  if (option < 0 || before.some((word) => word === null || !/^[-+]\w|^pipefail$/.test(word))) return null;
  return call.keepsVariables ? programWord(call, option + 1) : withArguments(call, option + 1);
};

function programWord(call: Call, index: number): ReturnType<Rewriting> {
  const program = call.literals[index] ?? null;
  const rewritten = program === null ? null : call.rewriteProgram(program, call.values);
  return rewritten === null ? null : wordEdit(call, index, quoted(rewritten));
}

function withArguments(call: Call, index: number): ReturnType<Rewriting> {
  const program = call.literals[index] ?? null;
  if (program === null || index !== call.literals.length - 1 || mindsItsArguments(program)) return null;
  const variables = variablesIn(program, call.values);
  if (variables === null || readsTwice(program, call)) return null;
  const numbered = new Map<string, Value>(
    [...call.values].map(([name, value]) => {
      const number = value.from === 'field' ? variables.indexOf(value.variable ?? '') + 1 : 0;
      return [name, number > 0 ? { ...value, variable: String(number) } : value];
    }),
  );
  const rewritten = call.rewriteProgram(program, numbered);
  const given = variables.map((variable) => `"$${variable}"`).join(' ');
  return rewritten === null
    ? null
    : wordEdit(call, index, `${quoted(rewritten)} ${call.literals[call.at]} ${given}`);
}

/** It uses arguments that it has not, or has functions with arguments of their own. */
function mindsItsArguments(program: string): boolean {
  return /\$\{?[#!]?[0-9@*#]|\(\s*\)|\b(?:shift|set|getopts|function|for)\b/.test(program);
}

function readsTwice(program: string, { values }: Call): boolean {
  const { places, problem } = readCommand(program, new Set(values.keys()));
  return problem !== null || places.some((place) => readersOf(place).length > 0);
}

/** Words as one text, with a blank between them; null where one of them is not known, or something else stands between. */
export function joinedFrom({ text, command, literals }: Call, from: number): string | null {
  const words = command.words.slice(from);
  const known = literals.slice(from).filter((word) => word !== null);
  const isUnbroken = words.every(({ from: start, raw }, index) => {
    const next = words[index + 1];
    return next === undefined || /^(?:[ \t]|\\\n)+$/.test(text.slice(start + raw.length, next.from));
  });
  return isUnbroken && known.length === words.length && known.length > 0 ? known.join(' ') : null;
}
