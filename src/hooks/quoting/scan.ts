import type { BodyLine, Context, Pipeline, Place, Reader } from './place.ts';

/** A here-document whose body begins after the end of the line. */
export interface HereDocument {
  readonly delimiter: string;
  readonly quoted: boolean;
  readonly tabsIgnored: boolean;
  readonly pipeline: Pipeline;
}

/** A simple command as it was read, assignments and redirections left out of its words. */
export interface SimpleCommand {
  /** Where it begins: its first word, assignment or redirection. */
  readonly from: number;
  readonly words: readonly { readonly from: number; readonly raw: string; readonly text: string }[];
  /** It stands behind a pipe or has its input redirected. */
  readonly hasInput: boolean;
}

/** A variable that is given what stands between two offsets. */
export interface Assignment {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** A variable whose value stands somewhere, as a placeholder does. */
export interface Use extends Pick<Place, 'pipeline' | 'command'> {
  readonly name: string;
  readonly at: number;
}

/** `$1` and its like go by one name. */
export const positional = '@';

/** A reading of a command in progress. */
export interface Scan {
  readonly text: string;
  /** Names of placeholders, without braces. */
  readonly names: ReadonlySet<string>;
  readonly places: Place[];
  /** Those that have ended, inner ones before the one they stand in. */
  readonly commands: SimpleCommand[];
  readonly assignments: Assignment[];
  readonly uses: Use[];
  /** What the body of a function gives its arguments and its input to, by the function's name. */
  readonly functions: Map<string, readonly Reader[]>;
  at: number;
  /** Nothing at or beyond this offset is read: the end of the text, of a line or of `…`. */
  end: number;
  /** Where the word began that is being read. */
  wordFrom: number;
  waiting: HereDocument[];
  line: BodyLine | null;
  /** It stands between backticks, which end at the next one wherever that is. */
  inBackticks: boolean;
}

/**
 * The command cannot be followed with certainty, or bash and dash would read it differently. Never
 * leaves this folder: it makes only plain values acceptable.
 */
export class NotFollowed extends Error {
  override readonly name = 'NotFollowed';
  /** No shell would run it. */
  readonly isBroken: boolean;
  constructor(message: string, isBroken: 'broken' | null = null) {
    super(message);
    this.isBroken = isBroken === 'broken';
  }
}

export function charAt(scan: Scan, offset = 0): string {
  return scan.at + offset < scan.end ? (scan.text[scan.at + offset] ?? '') : '';
}

/** The text that `pattern` (sticky) matches here; empty where it does not. */
export function matchAt(scan: Scan, pattern: RegExp): string {
  pattern.lastIndex = scan.at;
  const [found = ''] = pattern.exec(scan.text) ?? [];
  return scan.at + found.length <= scan.end ? found : '';
}

export function skipBlanks(scan: Scan): void {
  scan.at += matchAt(scan, /[ \t]+/y).length;
}

/** To the end of the line, which is left to be read. */
export function readComment(scan: Scan, pipeline: Pipeline): void {
  while (charAt(scan) !== '' && charAt(scan) !== '\n') {
    if (isPlaceAt(scan)) takePlace(scan, 'comment', pipeline);
    else scan.at += 1;
  }
}

export function isPlaceAt(scan: Scan): boolean {
  return placeholderAt(scan) !== '';
}

/** Steps over the placeholder that stands here and takes it down. */
export function takePlace(scan: Scan, context: Context, pipeline: Pipeline): void {
  const written = placeholderAt(scan);
  scan.places.push({
    from: scan.at,
    to: scan.at + written.length,
    name: written.slice(1, -1),
    context: inSubscript(scan) ? 'arithmetic' : context,
    pipeline,
    command: pipeline.command,
    line: scan.line,
    users: [],
  });
  scan.at += written.length;
}

export function takeUse(scan: Scan, written: string, pipeline: Pipeline): void {
  const name = /^[A-Za-z_]/.test(written) ? written : positional;
  scan.uses.push({ name, at: scan.at, pipeline, command: pipeline.command });
}

/** Bash evaluates what stands between the brackets of `name[…]`. */
export function inSubscript(scan: Scan): boolean {
  return /^[A-Za-z_]\w*\[[^\]]*$/.test(scan.text.slice(scan.wordFrom, scan.at));
}

function placeholderAt(scan: Scan): string {
  const written = matchAt(scan, /\{[A-Za-z]\w*\}/y);
  return scan.names.has(written.slice(1, -1)) ? written : '';
}
