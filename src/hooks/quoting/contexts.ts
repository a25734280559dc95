import type { Context } from './place.ts';

/** Means the same to a shell in every context. */
export const plain = /^[A-Za-z0-9_@%+=:,./-]+$/;
/** Means the same within quotes, and is at worst cut into words elsewhere. */
export const quiet = /^[A-Za-z0-9_@%+=:,./ -]*$/;
export const wholeNumber = /^-?[0-9]+$/;

interface Rule {
  /** Values that go in as they are, as in orchestrator. */
  readonly verbatim: RegExp;
  /** How any other value is put: by a reference to its variable. Null where it cannot be. */
  readonly refer: ((variable: string) => string) | null;
  /** Why not, behind "and". */
  readonly why: string;
}

/** A reserved word begins a loop or ends one where data should stand. */
const plainAndNotReserved =
  /^(?!(?:if|then|else|elif|fi|do|done|case|esac|while|until|for|in|function|time|select|coproc)$)[A-Za-z0-9_@%+=:,./-]+$/;
/** `name=…` in front of a command would be an assignment. */
const plainAndNoAssignment = /^[A-Za-z0-9_@%+:,./-]+$/;

/**
 * How a value is put where a placeholder stood. What is not harmless is put as a reference to the
 * hook's variable, never as text: an expansion's result is not read again as shell, so that even an
 * error of ours about the context could not make code of it.
 */
export const rules: Readonly<Record<Context, Rule>> = {
  bare: { verbatim: plainAndNotReserved, refer: (name) => `"\${${name}}"`, why: '' },
  single: { verbatim: quiet, refer: (name) => `'"\${${name}}"'`, why: '' },
  double: { verbatim: quiet, refer: (name) => `\${${name}}`, why: '' },
  'ansi-c': { verbatim: quiet, refer: (name) => `'"\${${name}}"$'`, why: '' },
  'here-document': { verbatim: quiet, refer: (name) => `\${${name}}`, why: '' },
  comment: { verbatim: quiet, refer: (name) => `\${${name}}`, why: '' },
  'quoted-here-document': {
    verbatim: /^[^\n]*$/,
    refer: null,
    why: 'it stands in a here-document without expansions, where a line break could end it',
  },
  'command-name': {
    verbatim: plainAndNoAssignment,
    refer: null,
    why: 'it would be the name of a command',
  },
  parameter: {
    verbatim: plain,
    refer: null,
    why: 'it stands in the pattern of a ${…}',
  },
  arithmetic: {
    verbatim: wholeNumber,
    refer: null,
    why: 'it stands where the shell evaluates arithmetic, which may only be given whole numbers',
  },
  'after-backslash': {
    verbatim: plain,
    refer: null,
    why: 'it stands behind a backslash, which takes its first character for itself',
  },
  'after-dollar': {
    verbatim: plain,
    refer: null,
    why: 'it stands behind a dollar sign, which makes a variable of it',
  },
};
