import colours from 'picocolors';
import type { Terminal } from './terminal.ts';

/** Words made to stand out, on a terminal only. */
export function paintFor({ colours: wanted }: Terminal) {
  const { bold, green, red, dim } = colours.createColors(wanted);
  return { bold, good: green, bad: red, dim };
}

export type Paint = ReturnType<typeof paintFor>;
