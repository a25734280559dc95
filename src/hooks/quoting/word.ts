import { readBackticks, readDollar } from './expansion.ts';
import type { Context, Pipeline } from './place.ts';
import { charAt, isPlaceAt, NotFollowed, type Scan, takePlace } from './scan.ts';

/** Stands in a word's text for what is only known when the hook runs. */
export const unknown = '\0';

export interface Word {
  /** Where it begins in the command. */
  readonly from: number;
  readonly raw: string;
  /** Quotes and backslashes removed. */
  readonly text: string;
}

/** Reads one word of a command; `startsCommand` says that its beginning would be a command's name. */
export function readWord(scan: Scan, pipeline: Pipeline, startsCommand: boolean): Word {
  const from = scan.at;
  const outerWord = scan.wordFrom;
  scan.wordFrom = from;
  let text = '';
  while (charAt(scan) !== '' && !/[ \t\n;&|<>()]/.test(charAt(scan))) {
    const context = startsCommand && scan.at === from ? 'command-name' : 'bare';
    text += readPart(scan, context, pipeline);
  }
  scan.wordFrom = outerWord;
  return { from, raw: scan.text.slice(from, scan.at), text };
}

function readPart(scan: Scan, context: Context, pipeline: Pipeline): string {
  const char = charAt(scan);
  if (char === "'") return readSingle(scan, 'single', pipeline);
  if (char === '"') return readDouble(scan, pipeline);
  if (char === '\\') return readEscaped(scan, pipeline);
  if (char === '`') return readBackticks(scan, pipeline);
  if (char === '$' && charAt(scan, 1) === "'") {
    scan.at += 1;
    return readSingle(scan, 'ansi-c', pipeline);
  }
  if (char === '$') return readDollar(scan, 'bare', pipeline);
  if (isPlaceAt(scan)) {
    takePlace(scan, context, pipeline);
    return unknown;
  }
  scan.at += 1;
  return char;
}

/** `'…'`, and `$'…'`, where bash knows a backslash before the closing quote and dash does not. */
export function readSingle(scan: Scan, context: 'single' | 'ansi-c', pipeline: Pipeline): string {
  const from = scan.at + 1;
  scan.at = from;
  while (charAt(scan) !== "'") {
    const char = charAt(scan);
    if (char === '') throw new NotFollowed('a single quote is not closed', 'broken');
    if (char === '\n') refuseWhileWaiting(scan);
    if (char === '\\' && context === 'ansi-c') {
      if (charAt(scan, 1) === "'") throw new NotFollowed("$'…' has \\' in it, which shells read differently");
      scan.at += 1;
      if (isPlaceAt(scan)) takePlace(scan, 'after-backslash', pipeline);
      else scan.at += 1;
    } else if (isPlaceAt(scan)) takePlace(scan, context, pipeline);
    else scan.at += 1;
  }
  scan.at += 1;
  return scan.text.slice(from, scan.at - 1);
}

export function readDouble(scan: Scan, pipeline: Pipeline): string {
  scan.at += 1;
  let text = '';
  while (charAt(scan) !== '"') text += readDoublePart(scan, 'double', pipeline);
  scan.at += 1;
  return text;
}

/** A piece of what stands in double quotes, or in a here-document, which is read alike. */
export function readDoublePart(scan: Scan, context: 'double' | 'here-document', pipeline: Pipeline): string {
  const char = charAt(scan);
  if (char === '') throw new NotFollowed('a double quote is not closed', 'broken');
  if (char === '\n') refuseWhileWaiting(scan);
  if (char === '\\') {
    scan.at += 1;
    if (isPlaceAt(scan)) takePlace(scan, 'after-backslash', pipeline);
    else scan.at += 1;
    return unknown;
  }
  if (char === '`') return readBackticks(scan, pipeline);
  if (char === '$') return readDollar(scan, context, pipeline);
  if (isPlaceAt(scan)) {
    takePlace(scan, context, pipeline);
    return unknown;
  }
  scan.at += 1;
  return char;
}

function readEscaped(scan: Scan, pipeline: Pipeline): string {
  scan.at += 1;
  const char = charAt(scan);
  if (char === '') throw new NotFollowed('it ends in a backslash');
  if (char === '\n') throw new NotFollowed('a word is continued on the next line');
  if (isPlaceAt(scan)) takePlace(scan, 'after-backslash', pipeline);
  else scan.at += 1;
  return char;
}

/** Shells differ in where a body begins when a line ends inside quotes. */
export function refuseWhileWaiting(scan: Scan): void {
  if (scan.waiting.length > 0) throw new NotFollowed('a line ends in quotes before its here-document begins');
}
