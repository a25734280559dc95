import { rules } from '../../quoting/contexts.ts';
import type { Place } from '../../quoting/place.ts';
import type { Edit } from './edit.ts';

/** A place as a reference to a variable; alone in single quotes, it is better off in double ones. */
export function referenceAt(
  text: string,
  { from, to, context }: Place,
  variable: string | null,
): readonly Edit[] | null {
  const { refer } = rules[context];
  if (refer === null || variable === null) return null;
  if (context === 'single' && text[from - 1] === "'" && text[to] === "'")
    return [{ from: from - 1, to: to + 1, text: `"\${${variable}}"` }];
  return [{ from, to, text: refer(variable) }];
}
