import type { View } from '../../../controller/view.ts';
import type { InstanceKey } from '../../../kernel/instance-key.ts';
import type { Instance } from '../../../topology/snapshot.ts';
import { descriptionOf, isHealthy } from './description.ts';
import { type Placed, treeOf } from './tree.ts';

/** A cluster as text, a line for each instance, with every `[` below the other (orchestrator 3.2.6, section 6.1). */
export function topologyText(members: readonly Instance[], view: View): string {
  return linesOf(members, view).join('\n');
}

/** The same with the tags of each instance behind it: ` [t1,t2=v]`. */
export function topologyWithTags(
  members: readonly Instance[],
  view: View,
  tagsOf: (key: InstanceKey) => readonly string[],
): string {
  const tags = treeOf(members).map(({ instance }) => ` [${tagsOf(instance.key).join(',')}]`);
  return linesOf(members, view)
    .map((line, at) => `${line}${tags[at]}`)
    .join('\n');
}

/** The same in columns, the second of which, the lag, is aligned to the right. */
export function topologyTable(members: readonly Instance[], view: View): string {
  const rows = treeOf(members).map((placed) => [
    headOf(placed, view),
    ...descriptionOf(placed.instance, view),
  ]);
  const width = (column: number) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === 1 ? cell.padStart(width(column)) : cell.padEnd(width(column))))
        .join('|'),
    )
    .join('\n');
}

function linesOf(members: readonly Instance[], view: View): readonly string[] {
  const tree = treeOf(members);
  const width = Math.max(0, ...tree.map((placed) => headOf(placed, view).length));
  return tree.map((placed) => {
    const words = descriptionOf(placed.instance, view).filter((word) => word !== '');
    return `${headOf(placed, view).padEnd(width)} [${words.join(',')}]`;
  });
}

function headOf({ instance, depth }: Placed, view: View): string {
  const name = instance.alias === '' ? instance.key : `${instance.key} (${instance.alias})`;
  return depth === 0 ? name : `${'  '.repeat(depth - 1)}${markOf(instance, view)} ${name}`;
}

function markOf(instance: Instance, view: View): string {
  if (instance.group?.role === 'SECONDARY') return '‡';
  return isHealthy(instance, view) ? '+' : '-';
}
