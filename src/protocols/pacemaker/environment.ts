import type { NodeStateEvent, OperationEvent } from './events.ts';
import type { Classification } from './membership.ts';
import type { Signal } from './signals.ts';

type Environment = Readonly<Record<string, string>>;

/*
 * What an external agent is told by its environment, and nothing of the event before it. The values come from the
 * cluster as they are: they are data, and no shell may read them as anything else.
 */

/** As crm_mon tells of an operation: the same eight variables. */
export function environmentOf(event: OperationEvent, recipient: string): Environment {
  return {
    CRM_notify_recipient: recipient,
    CRM_notify_node: event.node,
    CRM_notify_rsc: event.resource,
    CRM_notify_task: event.task,
    CRM_notify_desc: event.description,
    CRM_notify_rc: String(event.rc),
    CRM_notify_target_rc: String(event.targetRc),
    CRM_notify_status: String(event.status),
  };
}

/** Variables of our own, for what crm_mon tells nobody: what changed of a node's membership, and what that means. */
export const nodeVariables = [
  'BATON_NODE_EVENT',
  'BATON_NODE_ID',
  'BATON_NODE_CHANGED',
  'BATON_NODE_MEMBER',
  'BATON_NODE_ONLINE',
  'BATON_NODE_JOIN',
  'BATON_NODE_EXPECTED',
  'BATON_NODE_ORIGIN',
] as const;

/** `BATON_NODE_EVENT` is empty for a change that decides nothing yet; so is whatever the message does not say. */
export function nodeEnvironmentOf(
  { id, node, state, changed }: NodeStateEvent,
  classification: Classification | null,
  recipient: string,
): Environment {
  const values: Record<(typeof nodeVariables)[number], string> = {
    BATON_NODE_EVENT: classification ?? '',
    BATON_NODE_ID: id,
    BATON_NODE_CHANGED: changed.join(' '),
    BATON_NODE_MEMBER: String(state.member ?? ''),
    BATON_NODE_ONLINE: String(state.online ?? ''),
    BATON_NODE_JOIN: state.join ?? '',
    BATON_NODE_EXPECTED: state.expected ?? '',
    BATON_NODE_ORIGIN: state.origin ?? '',
  };
  return { CRM_notify_recipient: recipient, CRM_notify_node: node, ...values };
}

/** As crm_mon tells of a resource or a fencing, with the kind as alerts have it; nodes and attributes only as alerts do. */
export function signalEnvironmentOf(signal: Signal, recipient: string): Environment {
  const kind = { CRM_alert_kind: signal.kind };
  const about = { CRM_notify_recipient: recipient, CRM_notify_node: signal.node };
  const alert = { CRM_alert_recipient: recipient, CRM_alert_node: signal.node };
  switch (signal.kind) {
    case 'resource':
      return { ...kind, ...environmentOf({ ...signal, kind: 'operation', side: 'added' }, recipient) };
    case 'fencing':
      return {
        ...kind,
        ...about,
        ...fencing,
        CRM_notify_desc: signal.description,
        CRM_notify_rc: String(signal.rc),
      };
    case 'node':
      return { ...kind, ...alert, CRM_alert_desc: signal.state };
    case 'attribute':
      return {
        ...kind,
        ...alert,
        CRM_alert_attribute_name: signal.name,
        CRM_alert_attribute_value: signal.value,
      };
  }
}

/** What crm_mon says of every fencing. */
const fencing = { CRM_notify_task: 'st_notify_fence', CRM_notify_target_rc: '0', CRM_notify_status: '0' };
