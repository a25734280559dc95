import { description } from '../description.ts';
import type { OperationEvent } from '../events.ts';
import { decodeTransitionKey, decodeTransitionMagic } from '../magic.ts';
import type { Element, Message, Operation } from '../message.ts';
import { type Release, usualRelease } from '../release.ts';
import { idIn } from '../xpath.ts';

/**
 * The walk as it is documented for crm_mon's external agent: every operation of the diff, removed or added, by what is
 * written next to it: its `lrm` says which node (on corosync that is a number), its `lrm_resource` which resource, its
 * `operation` which task, its transition-magic what came of it, its transition-key what was meant to. Nothing is left
 * out but what has no magic that can be read. Format 1 writes of a removed operation only what is different now, so its
 * task may be empty.
 */
export function readAsSeed(
  { operations }: Message,
  release: Release = usualRelease,
): readonly OperationEvent[] {
  return operations.flatMap((operation) => eventOf(operation, release) ?? []);
}

function eventOf({ side, path }: Operation, release: Release): OperationEvent | null {
  const attributes = path.at(-1)?.attributes ?? {};
  const magic = decodeTransitionMagic(attributes['transition-magic'] ?? '');
  if (magic === null) return null;
  const key = decodeTransitionKey(attributes['transition-key'] ?? '') ?? magic.key;
  const outcome = { status: magic.status, rc: magic.rc, targetRc: key.targetRc };
  return {
    kind: 'operation',
    side,
    node: idOf(path, 'lrm'),
    resource: idOf(path, 'lrm_resource'),
    task: attributes['operation'] ?? '',
    ...outcome,
    description: description(outcome, release),
  };
}

/** A patchset has what is above its change in the change's path only. */
function idOf(path: readonly Element[], name: 'lrm' | 'lrm_resource'): string {
  const element = path.findLast((each) => each.name === name);
  return element?.attributes['id'] ?? idIn(path[3]?.attributes['path'] ?? '', name) ?? '';
}
