import * as fc from 'fast-check';

/** A command with placeholders, and what it must print for a value, whatever the value is. */
export interface Template {
  readonly text: string;
  readonly prints: (value: string) => string;
}

const placeholder: Template = { text: '{alias}', prints: (value) => value };
const literal = fc.stringMatching(/^[A-Za-z0-9_.-]{1,4}$/).map((text) => fixed(text, text));
const quotedLiteral = fc.constantFrom('a b', 'a;b', '(x', '# y', '*', '').map((text) => fixed(text, text));

/** Pieces of one word. The trailing point keeps a substitution from dropping line breaks. */
const { piece, inQuotes } = fc.letrec<{ piece: Template; inQuotes: Template }>((tie) => ({
  piece: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'piece' },
    literal,
    fc.constant(placeholder),
    fc.oneof(quotedLiteral, fc.constant(placeholder)).map((inner) => around("'", inner, "'")),
    fc.oneof(quotedLiteral, fc.constant(placeholder)).map((inner) => around("$'", inner, "'")),
    fc.array(tie('inQuotes'), { maxLength: 3 }).map((inner) => around('"', joined(inner), '"')),
    fc.constantFrom('{alias}', '"- {alias}"', "'- {alias}'").map((inner) => ({
      text: `\${UNSET:-${inner}}`,
      prints: (value: string) => (inner.startsWith('{') ? value : `- ${value}`),
    })),
  ),
  inQuotes: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'piece' },
    quotedLiteral,
    fc.constant(placeholder),
    tie('piece').map((inner) => pointed(`$(printf '%s.' `, inner, ')')),
    tie('piece')
      .filter(({ text }) => !/[\\`]/.test(text))
      .map((inner) => pointed("`printf '%s.' ", inner, '`')),
    fc.constant(around('${UNSET-', placeholder, '}')),
  ),
}));
void inQuotes;

const word = fc.array(piece, { minLength: 1, maxLength: 3 }).map(joined);

const simple = fc.oneof(
  fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => ({
    text: `printf '<%s>' ${words.map(({ text }) => text).join(' ')}`,
    prints: (value: string) => words.map((each) => `<${each.prints(value)}>`).join(''),
  })),
  word.map(({ text, prints }) => ({ text: `X=${text}; printf '%s' "$X"`, prints })),
  word.map(({ text }) => fixed(`set -- ${text}; printf '%s' "$#"`, '1')),
  word.map(({ text }) => fixed(`printf x > /dev/null ${text}`, '')),
  fc.constant(fixed('case {alias} in {alias}) printf yes ;; *) printf no ;; esac', 'yes')),
);

const statement = fc.letrec<{ statement: Template }>((tie) => ({
  statement: fc.oneof(
    { maxDepth: 4 },
    simple,
    simple,
    fc
      .constantFrom('EOF', "'EOF'", '"E-1"', '\\EOF')
      .map((end) =>
        around(`cat <<${end}\n`, hereDocument(end), `\n${end.replace(/['"\\]/g, '')}\n`, ['', '\n']),
      ),
    tie('statement').map((inner) => around('# {alias}\n', inner, '')),
    tie('statement').map((inner) => around('if true; then # {alias}\n', inner, '\nfi')),
    tie('statement').map((inner) => around('{ ', inner, '\n}')),
    tie('statement').map((inner) => around('( ', inner, '\n) | cat')),
    tie('statement').map((inner) => around('for i in {alias}; do\n', inner, '\ndone')),
    tie('statement').map((inner) => around('case x in (y|x)\n', inner, '\n;; esac')),
    tie('statement').map((inner) => around('f() {\n', inner, '\n}; f')),
    tie('statement').map((inner) => around('test {alias} = "{alias}x" ||\n', inner, '')),
    fc.tuple(tie('statement'), tie('statement')).map(([a, b]) => joined([a, fixed('\n', ''), b])),
  ),
})).statement;

export const template: fc.Arbitrary<Template> = statement;

const characters = Array.from('\'"\\\n\r\t$`!#~*?[]{}()<>&;|= é🐬');
const attempts = [
  '$(touch pwned)',
  '`touch pwned`',
  '; touch pwned;',
  '\ntouch pwned\n',
  '| touch pwned',
  '&& touch pwned',
  "'; touch pwned; '",
  '"; touch pwned; "',
  "\\'; touch pwned #",
  'EOF\ntouch pwned\n',
  '\nE-1\ntouch pwned\n',
  'a[$(touch pwned)]',
  '$((touch))',
  '<(touch pwned)',
];
const tricks = [
  ';;',
  'esac',
  'fi',
  'done',
  '${ORC_FAILURE_CLUSTER_ALIAS}',
  '{alias}',
  '-n',
  '--',
  '%s',
  "$'",
  'EOF',
];
const fragments = [...characters, ...attempts, ...tricks];

export const hostile: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...fragments),
  fc.array(fc.constantFrom(...fragments), { maxLength: 5 }).map((parts) => parts.join('')),
  fc.string({ unit: 'grapheme', maxLength: 12 }).filter((text) => !text.includes('\0')),
);

function fixed(text: string, printed: string): Template {
  return { text, prints: () => printed };
}

function around(
  before: string,
  inner: Template,
  after: string,
  printed: readonly [string, string] = ['', ''],
): Template {
  return {
    text: `${before}${inner.text}${after}`,
    prints: (value) => `${printed[0]}${inner.prints(value)}${printed[1]}`,
  };
}

function pointed(before: string, inner: Template, after: string): Template {
  return around(before, inner, after, ['', '.']);
}

function hereDocument(end: string): Template {
  const quoted = /['"\\]/.test(end);
  return quoted
    ? { text: `'$x' {alias}`, prints: (value) => `'$x' ${value}` }
    : { text: `'"\${UNSET:-{alias}}" {alias}`, prints: (value) => `'"${value}" ${value}` };
}

function joined(parts: readonly Template[]): Template {
  return {
    text: parts.map(({ text }) => text).join(''),
    prints: (value) => parts.map(({ prints }) => prints(value)).join(''),
  };
}
