/** A command that starts the one that its later words name. */
interface Wrapper {
  readonly name: RegExp;
  /** Options that take the next word. */
  readonly valued: RegExp;
  /** How many words stand between its options and the command. */
  readonly operands: number;
  readonly keepsVariables: boolean;
}

const none = /^$/;
const wrappers: readonly Wrapper[] = [
  { name: /^(?:nohup|command|setsid|stdbuf)$/, valued: none, operands: 0, keepsVariables: true },
  { name: /^(?:nice|ionice)$/, valued: /^-[nc]$/, operands: 0, keepsVariables: true },
  { name: /^timeout$/, valued: /^-[ks]$/, operands: 1, keepsVariables: true },
  { name: /^flock$/, valued: /^-[wE]$/, operands: 1, keepsVariables: true },
  { name: /^(?:sudo|doas)$/, valued: /^-[ugC]$/, operands: 0, keepsVariables: false },
];

/** Where the command begins that is really meant; null where that is not certain. */
export function startOf(
  literals: readonly (string | null)[],
): { readonly at: number; readonly keepsVariables: boolean } | null {
  let keepsVariables = true;
  for (let at = 0; at < literals.length; ) {
    const name = literals[at];
    if (name === null || name === undefined) return null;
    const wrapper = wrappers.find((one) => one.name.test(baseName(name)));
    if (wrapper === undefined) return { at, keepsVariables };
    const next = behind(literals, at + 1, wrapper);
    if (next === null) return null;
    at = next;
    keepsVariables &&= wrapper.keepsVariables;
  }
  return null;
}

function behind(
  literals: readonly (string | null)[],
  from: number,
  { valued, operands }: Wrapper,
): number | null {
  let at = from;
  for (; literals[at]?.startsWith('-'); at += valued.test(literals[at] ?? '') ? 2 : 1) {
    // `sudo -i` and `sudo -s` read the command once more, by a shell.
    if (/^-[A-Za-z]*[is]$/.test(literals[at] ?? '') && operands === 0) return null;
  }
  const known = literals.slice(from, at + operands).every((word) => word !== null);
  return known ? at + operands : null;
}

export function baseName(word: string): string {
  return word.slice(word.lastIndexOf('/') + 1);
}
