import { begin, type Command, finish, isExpected, readCommandWord } from './command.ts';
import { readBodies, readHereDocument } from './here-document.ts';
import { readParenthesis } from './parenthesis.ts';
import { type Pipeline, pipelineIn } from './place.ts';
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
      if (closers.length > 0) throw new NotFollowed(`${closers.join(' or ')} is missing`, 'broken');
      finish(scan, command);
      return '';
    }
    if (char === '\n') {
      readBodies(scan);
      if (!isExpected(command)) command = next(scan, command, outer);
    } else if (char === '#') readComment(scan, command.pipeline);
    else if (char === '\\' && charAt(scan, 1) === '\n') readContinuation(scan);
    else {
      const operator = matchAt(scan, operators);
      scan.at += operator.length;
      const closer = operator === '' ? readCommandWord(scan, command, closers) : closerOf(operator, closers);
      if (closer !== null) {
        finish(scan, command);
        return closer;
      }
      if (/^(?:;|&|&&|\|\|)$/.test(operator)) command = next(scan, command, outer, operator);
      else if (operator.startsWith('|')) command = behindPipe(scan, command, operator);
      else if (operator === '(') readParenthesis(scan, command);
      else if (operator !== '') readRedirection(scan, operator, command);
    }
  }
}

function closerOf(operator: string, closers: readonly string[]): string | null {
  if (operator !== ')' && !/^;;|^;&/.test(operator)) return null;
  const closer = operator === ')' ? ')' : ';;';
  if (!closers.includes(closer)) throw new NotFollowed(`there is a ${operator} too many`, 'broken');
  return closer;
}

function readRedirection(scan: Scan, operator: string, command: Command): void {
  command.from ??= scan.at - operator.length;
  if (operator.startsWith('<') && operator !== '<(') command.hasInput = true;
  if (operator === '<<' || operator === '<<-') {
    readHereDocument(scan, { tabsIgnored: operator === '<<-', pipeline: command.pipeline });
  } else if (operator === '<(' || operator === '>(') {
    refuseWhileWaiting(scan);
    readList(scan, [')'], operator === '<(' ? command.pipeline : pipelineIn(command.pipeline, 0.5));
    refuseWhileWaiting(scan);
    command.words.push({ from: scan.at, raw: '', text: `/dev/fd/${unknown}` });
  } else {
    skipBlanks(scan);
    const target = operator === '<<<' ? pipelineIn(command.pipeline, -0.5) : command.pipeline;
    if (readWord(scan, target, false).raw === '') throw new NotFollowed(`${operator} has no target`);
  }
}

/** A backslash before a line break, between words: the two are nothing, unless they cut an operator in two. */
function readContinuation(scan: Scan): void {
  const around = `${scan.text[scan.at - 1] ?? ''}${charAt(scan, 2)}`;
  if (/^[;&|<>()]{2}$/.test(around)) throw new NotFollowed('an operator is cut in two by a line break');
  scan.at += 2;
}

function next(scan: Scan, done: Command, outer: Pipeline | null, operator = ''): Command {
  finish(scan, done);
  return { ...begin(outer), behind: operator.length > 1 ? operator : '' };
}

function behindPipe(scan: Scan, done: Command, operator: string): Command {
  finish(scan, done);
  done.pipeline.command += 1;
  return { ...begin(null), pipeline: done.pipeline, behind: operator };
}
