import { description } from '../description.ts';
import type { OperationEvent } from '../events.ts';
import { execStatus } from '../exec-status.ts';
import { decodeTransitionMagic } from '../magic.ts';
import type { Element, Message, Operation } from '../message.ts';
import { ocfNotRunning } from '../ocf.ts';
import { parseOperationKey } from '../operation-key.ts';
import { type Release, usualRelease } from '../release.ts';
import { idIn } from '../xpath.ts';

/**
 * Of which operations crm_mon would tell its external agent, and what (Pacemaker 2.1.5; 3.0 differs in its texts):
 * what a change adds, by names from the operation's key and numbers from its magic. A failure that is in the CIB
 * twice, as the last operation and as the last failure, is told twice. Left out are operations that cannot be read and
 * probes that found the expected nothing. A diff of no format is none to it.
 */
export function readAsCrmMon(
  { format, operations }: Message,
  release: Release = usualRelease,
): readonly OperationEvent[] {
  if (format === null) return [];
  const isSeen = format === 1 ? isOnAddedSide : isInResult;
  return operations.filter(isSeen).flatMap((operation) => notificationOf(operation, release) ?? []);
}

function notificationOf({ side, path }: Operation, release: Release): OperationEvent | null {
  const attributes = path.at(-1)?.attributes ?? {};
  const magic = decodeTransitionMagic(attributes['transition-magic'] ?? '');
  const named = parseOperationKey(attributes['operation_key'] ?? attributes['id'] ?? '');
  const node = nodeOf(path);
  if (magic === null || named === null || node === undefined) return null;
  const outcome = { status: magic.status, rc: magic.rc, targetRc: magic.key.targetRc };
  const { status, rc, targetRc } = outcome;
  if (status === execStatus.done && rc === targetRc && rc === ocfNotRunning) return null;
  return { kind: 'operation', side, node, ...named, ...outcome, description: description(outcome, release) };
}

function nodeOf(path: readonly Element[]): string | undefined {
  const state = path.findLast(({ name }) => name === 'node_state')?.attributes;
  return path.at(-1)?.attributes['on_node'] ?? state?.['uname'] ?? state?.['id'] ?? nodeOfChange(path);
}

/** Where a patchset names the node that its change does not show. */
function nodeOfChange(path: readonly Element[]): string | undefined {
  const change = path[3];
  if (change?.name !== 'change') return undefined;
  const result = resultOf(path);
  return result?.name === 'lrm' ? result.attributes['id'] : idIn(change.attributes['path'] ?? '', 'lrm');
}

function isOnAddedSide({ path }: Operation): boolean {
  return path[3]?.name === 'diff-added';
}

const results = ['cib', 'status', 'node_state', 'lrm', 'lrm_resources', 'lrm_resource', 'lrm_rsc_op'];

/** Of each change crm_mon looks at the first element that it created, or that came of it, and not at unknown ones. */
function isInResult({ path }: Operation): boolean {
  const result = resultOf(path);
  if (result === undefined || result.place !== 0 || !results.includes(result.name)) return false;
  return result.name !== 'cib' || path[path.indexOf(result) + 1]?.name === 'status';
}

function resultOf([, , , change, ...inside]: readonly Element[]): Element | undefined {
  const operation = change?.name === 'change' ? change.attributes['operation'] : undefined;
  if (operation === 'create') return inside[0];
  return operation === 'modify' && inside[0]?.name === 'change-result' ? inside[1] : undefined;
}
