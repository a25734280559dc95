import type { Command } from './command.ts';
import { readArithmetic } from './expansion.ts';
import { readList } from './list.ts';
import type { Pipeline } from './place.ts';
import { charAt, matchAt, NotFollowed, type Scan, skipBlanks } from './scan.ts';
import { readWord } from './word.ts';

/** Behind a `(` that is an operator: commands, arithmetic, or the second half of a function's name. */
export function readParenthesis(scan: Scan, command: Command): void {
  const empty = matchAt(scan, /[ \t]*\)/y);
  if (command.words.length === 1 && empty !== '') {
    scan.at += empty.length;
    command.defines = command.words[0]?.text ?? null;
    command.words.length = 0;
    command.from = null;
    return;
  }
  if (command.words.length > 0 || command.compound) {
    throw new NotFollowed('a parenthesis stands where none is expected');
  }
  if (charAt(scan) === '(') {
    scan.at += 1;
    readArithmetic(scan, command.pipeline);
  } else readList(scan, [')'], command.pipeline);
  command.compound = true;
}

/** `( … )` behind `name=`: a plain list of words on one line. */
export function readArray(scan: Scan, pipeline: Pipeline): void {
  scan.at += 1;
  skipBlanks(scan);
  while (charAt(scan) !== ')') {
    if (charAt(scan) === '[' || readWord(scan, pipeline, false).raw === '') {
      throw new NotFollowed('an array is not a plain list of words on one line');
    }
    skipBlanks(scan);
  }
  scan.at += 1;
}
