import { type Call, type Rewriting, wordEdit } from './call.ts';
import { quoted } from './literal.ts';
import { type Language, rewriteStrings } from './string-literals.ts';

const inParentheses = (expression: string) => `(${expression})`;

/** No comments, patterns, backticks, or quotes of a language's own: only what reads alike in all of these. */
const tokens = /"(?:[^"\\\n]|\\[^\n])*"|'(?:[^'\\\n]|\\[^\n])*'|[^"'\\/#`%?]/y;
/** Ways to run a text, or to write a string without quotes. */
const never =
  /system|exec|eval|spawn|popen|pipe|open|compile|Function|call|send|passthru|process\.(?!stdout|argv)|subprocess|child|getattr|import\s+os|\bos\.|<<|"""|'''|\b(?:q|qq|qw|qx|qr|m|s|y|tr)\b/;

function language(join: string, variable: Language['variable']): Language {
  return {
    tokens,
    join,
    wrap: inParentheses,
    variable,
    before: /(?:^|[(,=+[:;\n]|\b(?:print|echo|puts|say))\s*$/,
    after: /^\s*(?:$|[),+\]}:;\n])/,
    never,
  };
}

const interpreters: readonly {
  readonly names: RegExp;
  readonly option: RegExp;
  readonly language: Language;
}[] = [
  {
    names: /^(?:python|pypy)[\d.]*$/,
    option: /^-[BEIsSu]*c$/,
    language: language(' + ', (name) => `__import__("os").environ.get("${name}", "")`),
  },
  { names: /^perl[\d.]*$/, option: /^-[lw]*e$/, language: language(' . ', (name) => `$ENV{"${name}"}`) },
  { names: /^ruby[\d.]*$/, option: /^-[w]*e$/, language: language(' + ', (name) => `ENV["${name}"].to_s`) },
  {
    names: /^(?:node|nodejs)$/,
    option: /^(?:-[ep]|-pe|--eval|--print)$/,
    language: language(' + ', (name) => `(process.env["${name}"] || "")`),
  },
  { names: /^php[\d.]*$/, option: /^-r$/, language: language(' . ', (name) => `getenv("${name}")`) },
];

/** `python3 -c PROGRAM` and its like: the string takes its value from the environment. */
export const languageRewriting: Rewriting = (call) => {
  const name = call.literals[call.at] ?? '';
  const found = interpreters.find(({ names }) => names.test(name.slice(name.lastIndexOf('/') + 1)));
  const option = call.at + 1;
  const [first, program] = call.literals.slice(option, option + 2);
  if (found === undefined || !found.option.test(first ?? '') || typeof program !== 'string') return null;
  return programEdit(call, option + 1, program, found.language);
};

const awk: Language = {
  // A pattern only where it cannot be a division.
  tokens: /"(?:[^"\\\n]|\\[^\n])*"|(?<=(?:^|[{(,~!&|;\n])\s*)\/(?:[^/\\\n"[]|\\[^\n])+\/|[^"/#\\`]/y,
  join: ' ',
  wrap: inParentheses,
  variable: (name) => `ENVIRON["${name}"]`,
  before: /(?:^|[(,={~!&|;\n?:<>]|\b(?:print|return|in))\s*$/,
  after: /^\s*(?:$|[),;{}\]\n&|?:<>~]|[=!]=)/,
  // A single | is a pipe into or out of a command.
  never: /system|getline|(?<!\|)\|(?!\|)|@/,
};

/** Options of awk that take the next word. */
const awkValued = /^-[Fv]$/;

/** `awk PROGRAM FILE`. */
export const awkRewriting: Rewriting = (call) => {
  let index = call.at + 1;
  for (; call.literals[index]?.startsWith('-'); index += awkValued.test(call.literals[index] ?? '') ? 2 : 1) {
    if (!/^-[Fv]/.test(call.literals[index] ?? '')) return null;
  }
  const before = call.literals.slice(call.at, index);
  const program = call.literals[index];
  if (typeof program !== 'string' || before.some((word) => word === null)) return null;
  return programEdit(call, index, program, awk);
};

function programEdit(call: Call, index: number, program: string, of: Language): ReturnType<Rewriting> {
  const rewritten = call.keepsVariables ? rewriteStrings(program, call.values, of) : null;
  return rewritten === null ? null : wordEdit(call, index, quoted(rewritten));
}
