export interface Line {
  /** From 1. */
  readonly line: number;
  readonly words: readonly [string, ...string[]];
}

/** The lines that say something, as their words; what follows a # is for people. */
export function linesOf(text: string): readonly Line[] {
  return text.split('\n').flatMap((whole, at): readonly Line[] => {
    const [first, ...rest] = whole.replace(/#.*/s, '').split(/\s+/).filter(Boolean);
    return first === undefined ? [] : [{ line: at + 1, words: [first, ...rest] }];
  });
}
