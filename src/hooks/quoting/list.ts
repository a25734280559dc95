import { begin, type Command, finish, readCommandWord } from './command.ts';
import { readBodies, readHereDocument } from './here-document.ts';
import { readParenthesis } from './parenthesis.ts';
import type { Pipeline } from './place.ts';
import { charAt, matchAt, NotFollowed, readComment, type Scan, skipBlanks } from './scan.ts';
import { readWord, refuseWhileWaiting, unknown } from './word.ts';

const operators = /;;&|;;|;&|;|&&|&>>|&>|&|\|\||\|&|\||<<<|<<-|<<|<\(|>\(|<&|<>|<|>>|>&|>\||>|\(|\)/y;

/**
 * Reads commands up to one of `closers` (to the end, where there are none), steps over it and says
 * which it was. `outer` is the pipeline that the list stands in.
 */
export function readList(scan: Scan, closers: readonly string[], outer: Pipeline | null): string {
  let command = begin(outer);
  for (;;) {
    skipBlanks(scan);
    const char = charAt(scan);
    if (char === '') {
      if (closers.length > 0) throw new NotFollowed(`${closers.join(' or ')} is missing`);
      finish(command);
      return '';
    }
    if (char === '\n') {
      readBodies(scan);
      if (!isExpectedAfterPipe(command)) command = next(command, outer);
    } else if (char === '#') readComment(scan, command.pipeline);
    else if (char === '\\' && charAt(scan, 1) === '\n') readContinuation(scan);
    else {
      const operator = matchAt(scan, operators);
      scan.at += operator.length;
      const closer = operator === '' ? readCommandWord(scan, command, closers) : closerOf(operator, closers);
      if (closer !== null) {
        finish(command);
        return closer;
      }
      if (/^(?:;|&|&&|\|\|)$/.test(operator)) command = next(command, outer);
      else if (operator.startsWith('|')) command = behindPipe(command);
      else if (operator === '(') readParenthesis(scan, command);
      else if (operator !== '') readRedirection(scan, operator, command);
    }
  }
}

function closerOf(operator: string, closers: readonly string[]): string | null {
  if (operator !== ')' && !/^;;|^;&/.test(operator)) return null;
  const closer = operator === ')' ? ')' : ';;';
  if (!closers.includes(closer)) throw new NotFollowed(`there is a ${operator} too many`);
  return closer;
}

function readRedirection(scan: Scan, operator: string, command: Command): void {
  if (operator === '<<' || operator === '<<-') {
    readHereDocument(scan, { tabsIgnored: operator === '<<-', pipeline: command.pipeline });
  } else if (operator === '<(' || operator === '>(') {
    refuseWhileWaiting(scan);
    readList(scan, [')'], command.pipeline);
    refuseWhileWaiting(scan);
    command.words.push(unknown);
  } else {
    skipBlanks(scan);
    if (readWord(scan, command.pipeline, false).raw === '')
      throw new NotFollowed(`${operator} has no target`);
  }
}

/** A backslash before a line break, between words: the two are nothing, unless they cut an operator in two. */
function readContinuation(scan: Scan): void {
  const around = `${scan.text[scan.at - 1] ?? ''}${charAt(scan, 2)}`;
  if (/^[;&|<>()]{2}$/.test(around)) throw new NotFollowed('an operator is cut in two by a line break');
  scan.at += 2;
}

function next(done: Command, outer: Pipeline | null): Command {
  finish(done);
  return begin(outer);
}

function behindPipe(done: Command): Command {
  finish(done);
  return { ...begin(null), pipeline: done.pipeline, piped: true };
}

function isExpectedAfterPipe({ piped, words, compound }: Command): boolean {
  return piped && words.length === 0 && !compound;
}
