/**
 * How the shape of what is answered differs from what was recorded: names of fields that are missing or too many, and
 * values of another type, each with its place; and where the whole answer was something, and now is nothing.
 */
export function differences(recorded: unknown, ours: unknown, place = ''): readonly string[] {
  if (recorded === null) return [];
  if (ours === null) return isWhole(place) ? [`${place || '.'} is null`] : [];
  const [was, is] = [typeOf(recorded), typeOf(ours)];
  if (was !== is) return [`${place || '.'} was ${was} and is ${is}`];
  if (Array.isArray(recorded) && Array.isArray(ours)) return listDifferences(recorded, ours, place);
  if (was !== 'object') return [];
  const [before, after] = [recorded as Record<string, unknown>, ours as Record<string, unknown>];
  const names = unique([...Object.keys(before), ...Object.keys(after)]);
  return names.flatMap((name) => {
    const at = `${place}.${name}`;
    if (!Object.hasOwn(after, name)) return [`${at} is missing`];
    if (!Object.hasOwn(before, name)) return [`${at} is too many`];
    return differences(before[name], after[name], at);
  });
}

function listDifferences(recorded: readonly unknown[], ours: readonly unknown[], place: string): string[] {
  if (recorded.length === 0) return [];
  if (ours.length === 0) return isWhole(place) ? [`${place || '.'} is empty`] : [];
  return unique(ours.flatMap((one) => differences(recorded[0], one, `${place}[]`)));
}

function isWhole(place: string): boolean {
  return place === '' || place === '.Details';
}

function typeOf(value: unknown): string {
  return Array.isArray(value) ? 'list' : typeof value;
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
