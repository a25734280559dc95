import { type Rewriting, wordEdit } from './call.ts';
import { withinDouble } from './literal.ts';
import { type Language, rewriteStrings } from './string-literals.ts';

/** Stand in the statement for what the shell is to put there; no command has them of itself. */
const [open, close] = ['\u0001', '\u0002'];

const sql: Language = {
  // No comments, and no commands of the client's own.
  tokens: /'(?:[^'\\\n]|\\[^\n]|'')*'|"(?:[^"\\\n]|\\[^\n]|"")*"|`[^`\n]*`|[^'"`\\#/-]|-(?!-)/y,
  join: ', ',
  wrap: (expression) => `concat(${expression})`,
  variable: (name) => `convert(from_base64('${open}${name}${close}') using utf8mb4)`,
  before: /[(,=<>]\s*$|\b(?:select|like|regexp|and|or|then|else|when)\s+$/i,
  after: /^\s*(?:$|[),;=<>]|(?:and|or|from|where|then|else|end|when|limit|order|on)\b)/i,
  never: /\b(?:prepare|execute|source|system|delimiter|outfile|dumpfile|load|identified|names|character)\b/i,
};

/** Statements in which an expression may stand for a string. */
const statement = /^\s*(?:$|(?:select|insert|update|delete|replace|call|do|set)\b)/i;

/** Alone, behind options without values, or with the statement in the same word. */
const option = /^(-[ABbCfGHiNnqrstvwX]*e|--execute=?)(.*)$/s;

/** `mysql -e STATEMENT`: the value comes as base64, of which SQL can make nothing but data. */
export const sqlRewriting: Rewriting = (call) => {
  const index = call.literals.findIndex((word, at) => at > call.at && option.test(word ?? ''));
  const word = call.literals[index];
  if (typeof word !== 'string') return null;
  const [, prefix = '', inside = ''] = option.exec(word) ?? [];
  const program = inside === '' ? call.literals[index + 1] : inside;
  if (typeof program !== 'string' || !program.split(';').every((one) => statement.test(one))) return null;
  const rewritten = rewriteStrings(program, call.values, sql);
  if (rewritten === null) return null;
  const put = `"${withinDouble(rewritten).replaceAll(open, '$(printf %s "$').replaceAll(close, `" | base64 | tr -d '\\n')`)}"`;
  return inside === '' ? wordEdit(call, index + 1, put) : wordEdit(call, index, `${prefix}${put}`);
};
