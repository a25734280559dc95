import { readCase, readTest } from './compound.ts';
import { readList } from './list.ts';
import { readArray } from './parenthesis.ts';
import type { Pipeline } from './place.ts';
import { declaresEvaluation, readersIn } from './readers.ts';
import { charAt, matchAt, NotFollowed, type Scan } from './scan.ts';
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
  /** The `|`, `&&` or the like that it stands behind; empty for none. */
  behind: string;
}

export function begin(outer: Pipeline | null): Command {
  return {
    pipeline: { outer, readers: [] },
    words: [],
    from: null,
    hasInput: false,
    compound: false,
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
  pipeline.readers.push(...readersIn(texts));
  const hasInput = command.hasInput || /^\|&?$/.test(behind);
  if (from !== null && words.length > 0) scan.commands.push({ from, words, hasInput });
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
  if (/^[A-Za-z_]\w*(?:\[[^\]]*\])?\+?=/.test(raw)) {
    if (charAt(scan) === '(') readArray(scan, command.pipeline);
  } else if (closer !== undefined) {
    readList(scan, [closer], command.pipeline);
    command.compound = true;
  } else if (raw === 'case') {
    readCase(scan, command.pipeline);
    command.compound = true;
  } else if (raw === '[[') command.words.push(word, ...readTest(scan, command.pipeline));
  else if (raw === 'function') {
    scan.at += matchAt(scan, /[ \t]+[\w-]+[ \t]*(?:\([ \t]*\))?/y).length;
    command.from = null;
  } else if (misplaced.has(raw)) throw new NotFollowed(`${raw} stands where it does not belong`);
  else command.words.push(word);
}
