import type { NodeStateEvent, OperationEvent } from '../protocols/pacemaker/events.ts';
import type { Classification } from '../protocols/pacemaker/membership.ts';

/** Events of Pacemaker in the words of its own interfaces. */

/** A call of an external agent. */
interface OperationReport {
  readonly file: string;
  readonly event: 'operation';
  readonly side: 'added' | 'removed';
  readonly node: string;
  readonly rsc: string;
  readonly task: string;
  readonly status: number;
  readonly rc: number;
  readonly target_rc: number;
  readonly desc: string;
}

/** A change of a node's membership, of which crm_mon tells nobody. */
interface NodeReport extends Pick<NodeStateEvent, 'id' | 'changed'> {
  readonly file: string;
  readonly event: 'node_state';
  readonly node: string;
  readonly in_ccm: boolean | null;
  readonly crmd: boolean | null;
  readonly join: string | null;
  readonly expected: string | null;
  readonly origin: string | null;
  /** Null where the change is part of what was told before. */
  readonly classification: Classification | null;
}

export type PacemakerReport = OperationReport | NodeReport;

export function operationReport(file: string, event: OperationEvent): OperationReport {
  const { side, node, resource, task, status, rc, targetRc, description } = event;
  return {
    file,
    event: 'operation',
    side,
    node,
    rsc: resource,
    task,
    status,
    rc,
    target_rc: targetRc,
    desc: description,
  };
}

export function nodeReport(
  file: string,
  { id, node, state, changed }: NodeStateEvent,
  classification: Classification | null,
): NodeReport {
  const { member, online, join, expected, origin } = state;
  const words = { in_ccm: member, crmd: online, join, expected, origin };
  return { file, event: 'node_state', id, node, ...words, changed, classification };
}

/** Tab-separated; null of what crm_mon has no row for. */
export function rowOf(report: PacemakerReport): string | null {
  if (report.event === 'node_state') return null;
  const { file, node, rsc, task, status, rc, target_rc: targetRc, desc } = report;
  return [file, node, rsc, task, status, rc, targetRc, desc].map(cell).join('\t');
}

const escapes: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** What comes from a cluster must not end its row. */
function cell(value: string | number): string {
  return String(value).replaceAll(/[\t\n\r]/g, (character) => escapes[character] ?? '');
}
