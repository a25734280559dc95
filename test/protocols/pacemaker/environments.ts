/** What Pacemaker puts into an agent's environment, recorded or made after it. */

/** crm_mon's call after a fencing; the resource is that of the call before. */
export const crmMonFencing = {
  CRM_notify_recipient: 'rcpt',
  CRM_notify_node: 'node2',
  CRM_notify_rsc: 'fence',
  CRM_notify_task: 'st_notify_fence',
  CRM_notify_desc:
    'Operation reboot of node2 by node1 for pacemaker-controld.38@node1: OK (ref=54b8c9ce-4e0a-4ea8-9c4d-0a1d56a1e5f1)',
  CRM_notify_rc: '0',
  CRM_notify_target_rc: '0',
  CRM_notify_status: '0',
};

/** An alert of Pacemaker 2.1.5 about node2, which sets each variable under both names. */
export function anAlert(words: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const usual = {
    node: 'node2',
    version: '2.1.5',
    node_sequence: '7',
    timestamp_epoch: '1795300500',
    timestamp_usec: '250',
    recipient: '',
  };
  const pairs = Object.entries({ ...usual, ...words }).flatMap(([name, value]) => [
    [`CRM_alert_${name}`, value],
    [`CRM_notify_${name}`, value],
  ]);
  return Object.fromEntries(pairs);
}
