import type { Check } from '../../hooks/rehearsal/check.ts';
import type { HookVerdict } from '../../hooks/rehearsal/verdict.ts';
import { titleOf } from '../../hooks/sentence.ts';
import type { Paint } from '../paint.ts';

/** A hook and what a rehearsal has to say of it, a line each; what it said last stands under what it may explain. */
export function reportOf({ stage, index, of, command, checks }: HookVerdict, paint: Paint): string {
  const title = paint.bold(titleOf(stage, index, of, 1));
  return [`${title}: ${shown(command)}`, ...checks.flatMap((one) => linesOf(one, paint))].join('\n');
}

const widest = 'problem'.length;

function linesOf({ is, text, output }: Check, paint: Paint): readonly string[] {
  const word = (is === 'ok' || is === 'note' ? is : is.toUpperCase()).padEnd(widest);
  const painted = is === 'ok' ? paint.good(word) : is === 'note' ? paint.dim(word) : paint.bad(word);
  const said = output === '' ? [] : output.split('\n');
  return [`  ${painted}  ${text}`, ...said.map((line) => `${' '.repeat(widest + 4)}| ${shown(line)}`)];
}

const longest = 200;

/** On one line, without what would move a terminal's cursor. */
function shown(text: string): string {
  const line = text
    .trim()
    .replace(/\s*\n\s*/g, '; ')
    .replace(/\p{Cc}/gu, '�');
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}
