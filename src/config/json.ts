/** One member of the file's outermost object: where its name stands, lines counted from 1. */
interface Member {
  readonly name: string;
  readonly value: unknown;
  readonly line: number;
}

/** Where and why a text is not JSON. `lineText` holds no secret. */
interface JsonFault {
  readonly line: number;
  readonly column: number;
  readonly lineText: string;
  readonly because: string;
}

type JsonObjectText =
  | { readonly ok: true; readonly members: readonly Member[]; readonly trailingLine: number | null }
  | { readonly ok: false; readonly fault: JsonFault };

/** What may come next while the text is walked. */
type Awaited = 'value' | 'value or ]' | 'name' | 'name or }' | 'colon' | 'comma';

interface Token {
  readonly text: string;
  readonly at: number;
  readonly end: number;
}

/**
 * Reads the one object of a configuration file, keeping each member's line and members of the same
 * name. Whatever follows the object is left alone, as orchestrator's decoder leaves it.
 */
export function readJsonObject(text: string): JsonObjectText {
  const open: ('{' | '[')[] = [];
  const members: { token: Token; from: number }[] = [];
  let awaited: Awaited = 'value';
  let last: Token = { text: '', at: 0, end: text.startsWith('\uFEFF') ? 1 : 0 };
  do {
    const token = tokenAt(text, last.end);
    const wrong = token === null || !fits(token.text, awaited, open.at(-1));
    if (wrong || (open.length === 0 && token.text !== '{'))
      return { ok: false, fault: faultAt(text, { awaited, last, token, depth: open.length }) };
    if (open.length === 1 && awaited.startsWith('name') && token.text !== '}')
      members.push({ token, from: text.indexOf(':', token.end) + 1 });
    awaited = after(token.text, awaited, open);
    last = token;
  } while (open.length > 0);
  const rest = text.slice(last.end).search(/\S/);
  return {
    ok: true,
    members: members.map(({ token, from }, index) => ({
      name: String(JSON.parse(token.text)),
      value: valueIn(text.slice(from, members[index + 1]?.token.at ?? last.at)),
      line: lineAt(text, token.at),
    })),
    trailingLine: rest < 0 ? null : lineAt(text, last.end + rest),
  };
}

const token =
  /[ \t\n\r]*([{}[\],:]|"[ !#-[\]-\u{10FFFF}]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[ !#-[\]-\u{10FFFF}]*)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/uy;

function tokenAt(text: string, from: number): Token | null {
  token.lastIndex = from;
  const found = token.exec(text)?.[1];
  return found === undefined
    ? null
    : { text: found, at: token.lastIndex - found.length, end: token.lastIndex };
}

function fits(word: string, awaited: Awaited, within: '{' | '[' | undefined): boolean {
  if (awaited === 'colon') return word === ':';
  if (awaited === 'comma') return word === ',' || word === (within === '{' ? '}' : ']');
  if (awaited.startsWith('name')) return word.startsWith('"') || (word === '}' && awaited === 'name or }');
  return !/^[}\],:]$/.test(word) || (word === ']' && awaited === 'value or ]');
}

function after(word: string, awaited: Awaited, open: ('{' | '[')[]): Awaited {
  if (word === '{' || word === '[') {
    open.push(word);
    return word === '{' ? 'name or }' : 'value or ]';
  }
  if (word === '}' || word === ']') open.pop();
  if (word === ',') return open.at(-1) === '{' ? 'name' : 'value';
  if (word === ':') return 'value';
  return awaited.startsWith('name') && word.startsWith('"') ? 'colon' : 'comma';
}

function valueIn(slice: string): unknown {
  return JSON.parse(slice.trimEnd().replace(/,$/, ''));
}

function lineAt(text: string, at: number): number {
  return text.slice(0, at).split('\n').length;
}

interface Stumble {
  readonly awaited: Awaited;
  readonly last: Token;
  readonly token: Token | null;
  readonly depth: number;
}

function faultAt(text: string, stumble: Stumble): JsonFault {
  const { awaited, last } = stumble;
  const next = last.end + (/^[ \t\n\r]*/.exec(text.slice(last.end))?.[0].length ?? 0);
  const isBefore = awaited === 'comma' || (last.text === ',' && /^[}\]]/.test(text.slice(next)));
  const at = isBefore && next < text.length ? last.end - 1 : next;
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const line = text.slice(start).split('\n', 1)[0] ?? '';
  return {
    line: lineAt(text, at),
    column: at - start + 1,
    lineText: withoutSecrets(line.trim()),
    because: causeOf(text.slice(next), stumble),
  };
}

/** What most often leads to such a stumble; the first that fits. */
function causeOf(rest: string, { awaited, last, depth }: Stumble): string {
  if (depth === 0 && rest !== '') return 'the file must hold one object, { … }';
  if (rest === '') return depth === 0 ? 'the file is empty' : 'the file ends before every { and [ is closed';
  if (/^[}\]]/.test(rest) && last.text === ',') return `a comma stands before the closing ${rest.charAt(0)}`;
  if (/^(\/\/|\/\*|#)/.test(rest)) return 'JSON has no comments; a key that begins with # is one';
  if (/^['‘“]/.test(rest)) return 'texts stand in straight double quotes';
  if (/^"[^"\n]*\\[^"\\/bfnrtu\n]/.test(rest)) return 'a backslash in a text must be doubled';
  if (/^"[^"\n]*[^\n -\u{10FFFF}]/u.test(rest))
    return 'a tab or another control character stands in a text; write \\t';
  if (/^"[^"\n]*(\n|$)/.test(rest)) return 'a text is not closed by a double quote on its own line';
  if (awaited === 'comma') return 'a comma is missing after this value, or a bracket does not match';
  if (awaited === 'colon') return 'a colon is missing after this key';
  if (awaited.startsWith('name')) return 'a key must stand in double quotes';
  return 'a value must be a text in double quotes, a number, true, false, null, a list or an object';
}

function withoutSecrets(line: string): string {
  const hidden = line.replace(
    /("[^"]*(?:password|token|secret)[^"]*"\s*:\s*)("(?:[^"\\]|\\.)*"?|[^,}]+)/gi,
    '$1…',
  );
  return hidden.length > 120 ? `${hidden.slice(0, 120)}…` : hidden;
}
