import { compilePattern } from '../../config/pattern.ts';

/** A cluster as filters know it. */
interface Named {
  readonly name: string;
  readonly alias: string;
}

/**
 * Whether a cluster is meant by RecoverMasterClusterFilters and its like (orchestrator 3.2.6, section
 * 2.7): each entry is the name, the alias, `alias=<alias>`, `alias~=<expression>`, `*`, or an
 * expression found anywhere in the name.
 */
export function matchesClusterFilters(filters: readonly string[], cluster: Named): boolean {
  return filters.some((filter) => matches(filter, cluster));
}

function matches(filter: string, { name, alias }: Named): boolean {
  if (filter === '') return false;
  if (filter === '*' || filter === name || filter === alias) return true;
  if (filter.startsWith('alias=')) return filter.slice('alias='.length) === alias;
  if (filter.startsWith('alias~='))
    return compilePattern(filter.slice('alias~='.length))?.test(alias) ?? false;
  return compilePattern(filter)?.test(name) ?? false;
}
