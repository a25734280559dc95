import type { Reader } from './place.ts';

/**
 * Commands that read a word, or their standard input, as a program. No quoting of ours protects a value
 * that goes through a second reading. First row that fits.
 */
interface Row {
  readonly names: RegExp;
  /** The option whose value is a program; null where there is none. */
  readonly option: RegExp | null;
  /** What it reads without that option: nothing, its input when no file is named, or always something. */
  readonly otherwise: 'nothing' | 'input' | 'always';
  readonly accepts: Reader['accepts'];
}

const rows: readonly Row[] = [
  row(/^(?:eval|source|\.|trap|alias)$/, 'always'),
  row(/^let$/, 'always', null, 'integer'),
  row(/^\[\[$/, 'nothing', /^-(?:eq|ne|lt|le|gt|ge|v|R)$/, 'integer'),
  row(/^(?:\[|test)$/, 'nothing', /^-[vR]$/, 'integer'),
  row(/^(?:read|readarray|mapfile|getopts|unset|wait|compgen|complete|bind|fc|enable)$/, 'always'),
  row(/^printf$/, 'nothing', /^-v/),
  row(/^(?:(?:ba|da|a|k|mk|z|c|tc|fi)?sh|busybox)$/, 'input', /^[-+][A-Za-z]*[cs]/),
  row(/^(?:python|pypy)[\d.]*$/, 'input', /^-[A-Za-z]*c/),
  row(/^(?:perl|ruby|lua)[\d.]*$/, 'input', /^-[A-Za-z0-9]*[eE]/),
  row(/^(?:node|nodejs|deno|bun)$/, 'input', /^(?:-[a-z]*[ep]|--eval|--print|eval)/),
  row(/^php[\d.]*$/, 'input', /^-[rBRE]/),
  row(/^(?:tclsh|wish|expect)[\d.]*$/, 'input', /^-c/),
  row(/^(?:ssh|rsh|pdsh|clush|mosh|sshpass|xargs|parallel|watch|make|at|batch)$/, 'always'),
  row(/^(?:tmux|screen|crontab)$/, 'always'),
  row(/^[gmn]?awk$|^g?sed$|^(?:m4|ed|ex|vi|vim|dc|bc|gdb|sqlite3)$/, 'always'),
  row(/^(?:mysql|mariadb|mysqlsh|psql|clickhouse-client|redis-cli|mongosh?)$/, 'always', /^(?:-e|--execute)/),
  row(/^(?:su|runuser|sg|script|flock)$/, 'nothing', /^(?:-[a-z]*c|--command)/),
  row(/^env$/, 'nothing', /^(?:-[a-z0]*S|--split-string)/),
];

/** Commands that start the command that is named by their later words. */
const wrappers =
  /^(?:sudo|doas|nohup|timeout|nice|ionice|env|exec|command|builtin|time|setsid|stdbuf|chroot|nsenter|unshare|ip|docker|podman|kubectl|lxc|systemd-run|flock|find|runuser|su|su-exec|gosu|setpriv|chpst|strace|chrt|taskset)$/;
/** Behind these stands the name of a person or group, which may well be `mysql`. */
const naming = /^(?:-[ug]|--user|--group)$/;
/** Of the wrappers, those whose first word that is no option names what they start. */
const prefixes = /^(?:sudo|doas|nohup|env|exec|command|builtin|time|setsid)$/;
/** A file that is the input, or what another command writes. */
const isInput = /^\/(?:dev\/(?:stdin$|fd\/)|proc\/[^/]+\/fd\/)/;

/** The readers among the words of one command. */
export function readersIn(words: readonly string[]): readonly Reader[] {
  const [first = ''] = words;
  if (first === '') return [];
  const name = baseName(first);
  if (name.includes('\0') || (prefixes.test(name) && baseName(startedBy(words)).includes('\0')))
    return [{ who: 'a command whose name is only known when it runs', accepts: 'plain' }];
  if (declares.test(name) && words.slice(1).some(declaresUnknown)) return [{ who: name, accepts: 'plain' }];
  const wrapped = wrappers.test(name);
  return words.flatMap((_, index) => {
    const found = readerAt(words, index, wrapped || index === 0);
    return found === null ? [] : [found];
  });
}

function startedBy(words: readonly string[]): string {
  const isNone = (word: string, before: string) => /^-|^\w+=/.test(word) || naming.test(before);
  return words.slice(1).find((word, index) => !isNone(word, words[index] ?? '')) ?? '';
}

/** A word that is not where a command stands counts only with the option that says it is one. */
function readerAt(words: readonly string[], index: number, isCommand: boolean): Reader | null {
  const name = baseName(words[index] ?? '');
  const found = rows.find(({ names }) => names.test(name));
  if (found === undefined || naming.test(words[index - 1] ?? '')) return null;
  const rest = words.slice(index + 1);
  const { option, otherwise, accepts } = found;
  const told = option !== null && rest.some((word) => option.test(word));
  const reads = otherwise === 'always' || (otherwise === 'input' && readsInput(name, rest));
  return told || (isCommand && reads) ? { who: name, accepts } : null;
}

/** No file is named, or one that is the input. Of a shell, a word behind `-o` is no file. */
function readsInput(name: string, words: readonly string[]): boolean {
  const isOption = (word: string, before: string) =>
    /^[-+]/.test(word) || (name.endsWith('sh') && /^[-+][A-Za-z]*[oO]$/.test(before));
  const files = words.filter((word, index) => !isOption(word, words[index - 1] ?? ''));
  return files.length === 0 || files.some((word) => isInput.test(word));
}

export const declares = /^(?:declare|typeset|local|readonly|export)$/;

/** Bash evaluates the subscript in a name that it is given, and the whole value of an array. */
function declaresUnknown(word: string): boolean {
  return /^(?!-)[^=]*\0|^-[A-Za-z]*[aA]/.test(word);
}

/** Shells evaluate the values of these by themselves. */
export function isEvaluated(variable: string): boolean {
  return /^(?:PS[0-4]|BASH_ENV|ENV|PROMPT_COMMAND)$/.test(variable);
}

/** Bash evaluates whatever such a variable is given afterwards, anywhere in the script. */
export function declaresEvaluation([first = '', ...rest]: readonly string[]): boolean {
  return declares.test(first) && rest.some((word) => /^-[A-Za-z]*[in]/.test(word));
}

function baseName(word: string): string {
  return word.slice(word.lastIndexOf('/') + 1);
}

function row(
  names: RegExp,
  otherwise: Row['otherwise'],
  option: RegExp | null = null,
  accepts: Reader['accepts'] = 'plain',
): Row {
  return { names, option, otherwise, accepts };
}
