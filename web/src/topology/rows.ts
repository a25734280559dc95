import type { Instance } from '../api/types.ts';

/** Every instance below its source, with how deep it stands; once each, whatever ring they may follow each other in. */
export function rowsOf(instances: readonly Instance[]): readonly { instance: Instance; depth: number }[] {
  const keys = new Set(instances.map(({ instance }) => instance));
  const met = new Set<string>();
  const below = (source: string | null, depth: number): { instance: Instance; depth: number }[] =>
    instances.filter((each) => isBelow(each, source, keys)).flatMap((each) => rowAnd(each, depth));
  const rowAnd = (instance: Instance, depth: number) => {
    if (met.has(instance.instance)) return [];
    met.add(instance.instance);
    return [{ instance, depth }, ...below(instance.instance, depth + 1)];
  };
  const rows = below(null, 0);
  return [...rows, ...instances.flatMap((each) => rowAnd(each, 0))];
}

function isBelow(
  { source, detachedFrom }: Instance,
  wanted: string | null,
  keys: ReadonlySet<string>,
): boolean {
  const above = source ?? detachedFrom;
  return (above !== null && keys.has(above) ? above : null) === wanted;
}
