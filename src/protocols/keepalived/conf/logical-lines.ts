import { withoutComment } from './comment.ts';
import type { Complaint, Place } from './complaint.ts';
import { expanded, expandedList, type Macros } from './macros.ts';

/** A line after comments, conditions, macros and includes: words, or a brace. */
export interface LogicalLine extends Place {
  readonly text: string;
}

export interface ReadOptions {
  /** Chooses the lines that begin with @id (`keepalived -i`). */
  readonly id: string;
  /**
   * The files that an `include` in `from` means, with their texts; empty where there are none. Without it includes are
   * not followed.
   */
  readonly include?: (
    pattern: string,
    from: string,
  ) => readonly { readonly file: string; readonly text: string }[];
}

/** What is read of one configuration, and what it may become at most: hostile texts end there. */
export interface Reading {
  readonly options: ReadOptions;
  readonly macros: Macros;
  readonly lines: LogicalLine[];
  readonly complaints: Complaint[];
}

/** keepalived's own bound of a line (`MAXBUF`). */
const mostBytes = 1_024;
const mostLines = 100_000;
const mostIncludes = 32;

/** Adds the lines of one file to the reading. */
export function readFileLines(reading: Reading, file: string, text: string, depth = 0): void {
  const written = text.split(/\r?\n/);
  for (let at = 0; at < written.length; at += 1) {
    const place = { file, line: at + 1 };
    let line = kept(withoutComment(written[at] ?? ''), reading.options.id);
    if (new TextEncoder().encode(line).length > mostBytes) {
      complain(
        reading,
        place,
        'line-too-long',
        `The line is longer than ${mostBytes} bytes; keepalived cuts it there.`,
      );
      line = line.slice(0, mostBytes);
    }
    const definition = /^\$(\w+)=(.*)$/s.exec(line);
    if (definition !== null) {
      let [, name = '', value = ''] = definition;
      while (value.endsWith('\\') && at + 1 < written.length) {
        at += 1;
        value = `${value.slice(0, -1).trimEnd()}\n${kept(withoutComment(written[at] ?? ''), reading.options.id)}`;
      }
      reading.macros.define(name, value);
      continue;
    }
    for (const one of expandedList(line))
      for (const piece of expanded(one, { macros: reading.macros, id: reading.options.id, file }))
        takeLine(reading, piece.trim(), place, depth);
  }
}

function takeLine(reading: Reading, text: string, place: Place, depth: number): void {
  if (text === '') return;
  if (reading.lines.length >= mostLines) {
    if (reading.lines.length === mostLines)
      complain(
        reading,
        place,
        'too-long',
        `More than ${mostLines} lines come of this configuration; the rest is not read.`,
      );
    reading.lines.push({ ...place, text: '' });
    return;
  }
  const [, pattern = ''] = /^include[rmwba]?\s+"?([^"]+?)"?$/.exec(text) ?? [];
  if (pattern === '') {
    for (const part of partedByBraces(text)) reading.lines.push({ ...place, text: part });
    return;
  }
  const { include } = reading.options;
  if (include === undefined) return;
  if (depth >= mostIncludes) {
    complain(
      reading,
      place,
      'include-depth',
      `Includes are nested deeper than ${mostIncludes}; ${pattern} is not read.`,
    );
    return;
  }
  const files = include(pattern, place.file);
  if (files.length === 0)
    complain(
      reading,
      place,
      'include-missing',
      `No file is found for include ${pattern}; keepalived goes on without it.`,
    );
  for (const { file, text: included } of files) readFileLines(reading, file, included, depth + 1);
}

/** What stands behind `@id`, where it is meant for us. */
function kept(line: string, id: string): string {
  const [, not = '', named = '', rest = ''] = /^@(\^?)(\S+)\s*(.*)$/s.exec(line) ?? [];
  if (named === '') return line;
  return (named === id) === (not === '') ? rest : '';
}

/** Braces outside double quotes end a line wherever they stand; one that opens stays with its line. */
function partedByBraces(text: string): readonly string[] {
  const parts: string[] = [];
  let part = '';
  let quoted = false;
  for (const char of text) {
    if (char === '"') quoted = !quoted;
    if (quoted || (char !== '{' && char !== '}')) {
      part += char;
      continue;
    }
    if (char === '{') parts.push(`${part.trim()} {`.trim());
    else parts.push(part.trim(), '}');
    part = '';
  }
  parts.push(part.trim());
  return parts.filter((one) => one !== '');
}

function complain(reading: Reading, place: Place, code: string, message: string): void {
  reading.complaints.push({ ...place, severity: 'error', code, message });
}
