/** Definitions, `$NAME=value`. They are expanded where they are used, so a later definition counts from there on. */
export class Macros {
  readonly #values = new Map<string, string>();

  define(name: string, value: string): void {
    this.#values.set(name, value);
  }

  /** Undefined where nothing is called so. */
  valueOf(name: string): string | undefined {
    return this.#values.get(name);
  }
}

interface Where {
  readonly macros: Macros;
  readonly id: string;
  readonly file: string;
}

/** How deep one may use another, and how long the outcome may be. */
const deepest = 32;
const longest = 65_536;

/** The lines that a line becomes. What is not defined stays as it is written. */
export function expanded(line: string, where: Where): readonly string[] {
  let text = line;
  for (let depth = 0; depth < deepest && text.length < longest; depth += 1) {
    const next = text.replace(
      /\$(?:\{(\w+)\}|(\w+)(?=[\s,)]|$))/g,
      (whole: string, braced: string | undefined, bare: string | undefined) =>
        predefined(braced, where) ?? where.macros.valueOf(braced ?? bare ?? '') ?? whole,
    );
    if (next === text) break;
    text = next;
  }
  return text.slice(0, longest).split('\n');
}

function predefined(name: string | undefined, { id, file }: Where): string | undefined {
  switch (name) {
    case '_HASH':
      return '#';
    case '_BANG':
      return '!';
    case '_INSTANCE':
      return id;
    case '_PWD':
      return file.includes('/') ? file.slice(0, file.lastIndexOf('/')) || '/' : '.';
    default:
      return undefined;
  }
}

const mostOfAList = 10_000;

/** The lines of `~SEQ(var, start, step, end) text` and `~LST(var, a, b) text`; another line alone. */
export function expandedList(line: string): readonly string[] {
  const [, kind, inside = '', text = ''] = /^~(SEQ|LST)\(([^)]*)\)\s*(.*)$/.exec(line) ?? [];
  if (kind === undefined) return [line];
  const [name = '', ...values] = inside.split(',').map((word) => word.trim());
  const all = kind === 'LST' ? values : sequence(values.map(Number));
  return all.map((value) =>
    text.replaceAll(`\${${name}}`, value).replace(new RegExp(`\\$${name}(?=[\\s,)]|$)`, 'g'), value),
  );
}

/** start, end; or start, step, end. */
function sequence(numbers: readonly number[]): readonly string[] {
  const [start = 0, step = 1, end = 0] =
    numbers.length === 2 ? [numbers[0], 1, numbers[1]] : [numbers[0], numbers[1], numbers[2]];
  const found: string[] = [];
  if (step === 0 || numbers.some(Number.isNaN)) return found;
  for (let at = start; (step > 0 ? at <= end : at >= end) && found.length < mostOfAList; at += step)
    found.push(String(at));
  return found;
}
