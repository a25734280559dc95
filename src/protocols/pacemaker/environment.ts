import type { OperationEvent } from './events.ts';

/**
 * What crm_mon puts into its external agent's environment for an operation, and nothing of the event before it. The
 * values come from the cluster as they are: they are data, and no shell may read them as anything else.
 */
export function environmentOf(event: OperationEvent, recipient: string): Readonly<Record<string, string>> {
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
