/** An operation of a resource by name: `my_db_1_monitor_2000` is the monitor of my_db_1 every 2000 ms. */
export interface OperationKey {
  readonly resource: string;
  readonly task: string;
}

/** Tasks that have underscores of their own. */
const longTask = /^(.*)_(migrate_(?:from|to)|(?:pre|post)_notify_(?:[a-z]+|migrate_(?:from|to)))_[0-9]+$/s;
/** The last two underscores part them. */
const anyTask = /^(.*)_([^_]*)_[^_]*$/s;

/** Reads `RESOURCE_TASK_INTERVAL` as Pacemaker's parse_op_key does, which never looks at the interval. Null where it fails. */
export function parseOperationKey(text: string): OperationKey | null {
  const [, resource, task] = longTask.exec(text) ?? anyTask.exec(text) ?? [];
  return resource === undefined || task === undefined ? null : { resource, task };
}
