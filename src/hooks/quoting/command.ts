import { readCase, readTest } from './compound.ts';
import { readList } from './list.ts';
import { readArray } from './parenthesis.ts';
import { type Pipeline, pipelineIn, takeReader } from './place.ts';
import { declares, declaresEvaluation, isEvaluated, readersIn } from './readers.ts';
import { charAt, matchAt, NotFollowed, positional, type Assignment, type Scan } from './scan.ts';
import { readWord, type Word } from './word.ts';

/** The command that is being read: `words` without assignments, redirections and their targets. */
export interface Command {
  readonly pipeline: Pipeline;
  readonly words: Word[];
  /** Where its first word, assignment or redirection begins. */
  from: number | null;
  /** It is given an input of its own. */
  hasInput: boolean;
  /** It was a loop, a group or the like, and is over: no words may follow. */
  compound: boolean;
  /** The function that it is the body of. */
  defines: string | null;
  /** The `|`, `&&` or the like that it stands behind; empty for none. */
  behind: string;
}

export function begin(outer: Pipeline | null): Command {
  return {
    pipeline: pipelineIn(outer),
    words: [],
    from: null,
    hasInput: false,
    compound: false,
    defines: null,
    behind: '',
  };
}

/** Takes the command down, and what it would do with what it is given. */
export function finish(scan: Scan, command: Command): void {
  const { pipeline, words, from, behind } = command;
  if (isExpected(command)) throw new NotFollowed(`no command follows ${behind}`, 'broken');
  const texts = words.map(({ text }) => text);
  if (declaresEvaluation(texts))
    throw new NotFollowed('a variable is declared that evaluates what it is given');
  const called = scan.functions.get(texts[0] ?? '') ?? [];
  for (const reader of [...readersIn(texts), ...called]) takeReader(pipeline, reader);
  takeAssignments(scan, command);
  if (command.defines !== null) {
    const inBody = pipeline.inner.filter(({ command: of }) => of === pipeline.command);
    scan.functions.set(
      command.defines,
      inBody.map(({ reader }) => reader),
    );
  }
  const hasInput = command.hasInput || /^\|&?$/.test(behind);
  if (from !== null && words.length > 0) scan.commands.push({ from, words, hasInput });
}

/** Variables that are given something by the words of `export`, `env`, `set` and the like. */
function takeAssignments(scan: Scan, { pipeline, words }: Command): void {
  const [first] = words;
  if (first === undefined) return;
  for (const { from, raw } of words.slice(1)) {
    const to = from + raw.length;
    const [, name] = /^([A-Za-z_]\w*)\+?=/.exec(raw) ?? [];
    if (first.text === 'set') scan.assignments.push({ name: positional, from, to });
    else if (name !== undefined && (declares.test(first.text) || isEvaluated(name)))
      assign(scan, pipeline, { name, from, to });
  }
}

function assign(scan: Scan, pipeline: Pipeline, assignment: Assignment): void {
  scan.assignments.push(assignment);
  const { name } = assignment;
  if (isEvaluated(name)) pipeline.readers.push({ who: name, accepts: 'plain' });
}

/** Nothing of it has been read yet, and there must be something: a line break before it ends nothing. */
export function isExpected({ behind, from, compound }: Command): boolean {
  return behind !== '' && from === null && !compound;
}

/** What begins a list of commands of its own, and what ends it. */
const groups = new Map([
  ['{', '}'],
  ['if', 'fi'],
  ['while', 'done'],
  ['until', 'done'],
  ['for', 'done'],
  ['select', 'done'],
]);
/** Behind these comes a command. */
const connectives = new Set(['then', 'do', 'else', 'elif', '!']);
/** These end what was not begun, or are not followed. */
const misplaced = new Set([...groups.values(), 'esac', 'coproc']);

/** Reads a word of a command; answers the closer that it turned out to be. */
export function readCommandWord(scan: Scan, command: Command, closers: readonly string[]): string | null {
  if (command.compound) throw new NotFollowed('a word follows the end of a loop or group');
  const starts = command.words.length === 0;
  const word = readWord(scan, command.pipeline, starts);
  const { raw } = word;
  if (raw === '') throw new NotFollowed('an operator is not understood');
  const isDescriptor = /^\d+$/.test(raw) && /[<>]/.test(charAt(scan));
  if (isDescriptor) {
    command.from ??= word.from;
    return null;
  }
  if (starts && command.from !== null && isReserved(raw)) {
    throw new NotFollowed(`${raw} follows an assignment or a redirection, where it is a mere word`);
  }
  if (starts && isReserved(raw) && /[<>]/.test(charAt(scan)) && charAt(scan, 1) === '(') {
    throw new NotFollowed(`${raw} and what <( or >( stands for may be one word, which is a mere word then`);
  }
  if (!starts) command.words.push(word);
  else if (closers.includes(raw)) return raw;
  else readFirstWord(scan, command, word);
  return null;
}

function isReserved(raw: string): boolean {
  return (
    groups.has(raw) || connectives.has(raw) || misplaced.has(raw) || /^(?:case|function|\[\[)$/.test(raw)
  );
}

function readFirstWord(scan: Scan, command: Command, word: Word): void {
  const { raw } = word;
  const closer = groups.get(raw);
  // Bash takes a `!` alone for a command.
  if (raw === '!') command.behind = '';
  if (connectives.has(raw)) return;
  command.from ??= word.from;
  const [, name] = /^([A-Za-z_]\w*)(?:\[[^\]]*\])?\+?=/.exec(raw) ?? [];
  if (name !== undefined) {
    if (charAt(scan) === '(') readArray(scan, command.pipeline);
    assign(scan, command.pipeline, { name, from: word.from, to: scan.at });
  } else if (closer !== undefined) {
    if (raw === 'for' || raw === 'select') readLoopVariable(scan, command.pipeline);
    readList(scan, [closer], command.pipeline);
    command.compound = true;
  } else if (raw === 'case') {
    readCase(scan, command.pipeline);
    command.compound = true;
  } else if (raw === '[[') command.words.push(word, ...readTest(scan, command.pipeline));
  else if (raw === 'function') {
    const head = matchAt(scan, /[ \t]+[\w-]+[ \t]*(?:\([ \t]*\))?/y);
    scan.at += head.length;
    command.defines = /[\w-]+/.exec(head)?.[0] ?? null;
    command.from = null;
  } else if (misplaced.has(raw)) throw new NotFollowed(`${raw} stands where it does not belong`);
  else command.words.push(word);
}

/** What stands behind `in`, to the end of the line or to `do`, goes into the variable of the loop. */
function readLoopVariable(scan: Scan, pipeline: Pipeline): void {
  const head = matchAt(scan, /[ \t]+[A-Za-z_]\w*[ \t]+in[ \t][^\n]*?(?=;[ \t]*do\b|\n|$)/y);
  const [name] = /[A-Za-z_]\w*/.exec(head) ?? [];
  if (name !== undefined) assign(scan, pipeline, { name, from: scan.at, to: scan.at + head.length });
}
