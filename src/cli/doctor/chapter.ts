/** Something that is wrong, or doubtful, and what a person can do about it. */
export interface Trouble {
  readonly severity: 'error' | 'warning';
  readonly text: string;
  /** A statement, a command or a key of the configuration; null where the text says it. */
  readonly fix: string | null;
}

/** One thing that was looked at. */
export interface Chapter {
  readonly title: string;
  /** What was found, where nothing is wrong with it: `5 servers answer`. */
  readonly found: string;
  readonly troubles: readonly Trouble[];
}

export function wrong(text: string, fix: string | null = null): Trouble {
  return { severity: 'error', text, fix };
}

export function doubtful(text: string, fix: string | null = null): Trouble {
  return { severity: 'warning', text, fix };
}

/** `1 server`, `5 servers`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
