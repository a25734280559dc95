import type { Complaint, Place } from './complaint.ts';
import type { LogicalLine } from './logical-lines.ts';
import { wordsOf } from './words.ts';

/** A line and, where it opens one, the block below it. */
export interface Entry extends Place {
  readonly key: string;
  /** Behind the key. */
  readonly words: readonly string[];
  /** Behind the key, as it is written. */
  readonly rest: string;
  readonly children: readonly Entry[] | null;
}

interface Open {
  readonly entry: Entry | null;
  readonly children: Entry[];
}

/** The blocks of a configuration. */
export function treeOf(lines: readonly LogicalLine[], complaints: Complaint[]): readonly Entry[] {
  const root: Open = { entry: null, children: [] };
  const open: Open[] = [root];
  const top = () => open.at(-1) ?? root;
  for (const line of lines) {
    if (line.text === '}') {
      if (open.length > 1) open.pop();
      else complain(complaints, line, 'brace', 'A } closes nothing; keepalived says so and goes on.');
      continue;
    }
    const opens = line.text.endsWith('{');
    const entry = entryOf(line, opens ? line.text.slice(0, -1).trim() : line.text, complaints);
    const children: Entry[] = [];
    if (opens && entry.key === '') openLast(open, top());
    else top().children.push(opens ? { ...entry, children } : entry);
    if (opens && entry.key !== '') open.push({ entry, children });
  }
  const [, unclosed] = open;
  if (unclosed?.entry)
    complain(
      complaints,
      unclosed.entry,
      'brace',
      `The block of ${unclosed.entry.key} is never closed; keepalived takes it as it is.`,
    );
  return root.children;
}

/** A { on a line of its own belongs to the line before. */
function openLast(open: Open[], { children }: Open): void {
  const last = children.pop();
  if (last === undefined) return;
  const below: Entry[] = [];
  const opened = { ...last, children: below };
  children.push(opened);
  open.push({ entry: opened, children: below });
}

function entryOf(line: LogicalLine, text: string, complaints: Complaint[]): Entry {
  const words = wordsOf(text);
  // Scripts have quotes of their own kind, which are looked at later.
  if (words === null && !/^\s*(script|notify)/.test(text))
    complain(
      complaints,
      line,
      'quote',
      'A double quote has no end on its line; keepalived says "Unmatched quote" and takes the line to its end.',
    );
  const [key = '', ...rest] = words ?? wordsOf(`${text}"`) ?? [];
  const written = /^\s*(?:"[^"]*"|\S+)\s*(.*)$/s.exec(text)?.[1] ?? '';
  return { file: line.file, line: line.line, key, words: rest, rest: written, children: null };
}

function complain(complaints: Complaint[], { file, line }: Place, code: string, message: string): void {
  complaints.push({ file, line, severity: 'error', code, message });
}
