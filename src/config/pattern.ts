/**
 * A pattern of the configuration as a regular expression; null where it is none. orchestrator's are Go's
 * (RE2): what Go writes differently is written as here first. Not anchored.
 */
export function compilePattern(written: string): RegExp | null {
  const [, letters = '', pattern = ''] = /^(?:\(\?([ims]+)\))?(.*)$/s.exec(written) ?? [];
  try {
    return new RegExp(asHere(pattern), [...new Set(letters)].join(''));
  } catch {
    return null;
  }
}

function asHere(pattern: string): string {
  return pattern
    .replaceAll('(?P<', '(?<')
    .replace(/\\([AzQE])/g, (found, letter: string) => ({ A: '^', z: '$' })[letter] ?? found)
    .replace(/\[:(\w+):\]/g, (found, name: string) => posixClasses[name] ?? found);
}

/** What stands inside a bracket expression for each of the classes that names of hosts and clusters need. */
const posixClasses: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  digit: '0-9',
  lower: 'a-z',
  space: '\\s',
  upper: 'A-Z',
  word: '\\w',
  xdigit: '0-9A-Fa-f',
};
