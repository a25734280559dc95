import { expect, it } from 'vitest';
import { parseOperationKey } from '../../../src/protocols/pacemaker/operation-key.ts';

it.each([
  ['dbfs_monitor_0', 'dbfs', 'monitor'],
  ['my_db_1_monitor_2000', 'my_db_1', 'monitor'],
  ['mig_migrate_to_0', 'mig', 'migrate_to'],
  ['my_db_migrate_from_0', 'my_db', 'migrate_from'],
  ['st:0_pre_notify_promote_0', 'st:0', 'pre_notify_promote'],
  // Its pattern is greedy.
  ['st_post_notify_migrate_to_0', 'st_post_notify', 'migrate_to'],
  ['dbfs_last_0', 'dbfs', 'last'],
  ['dbfs_monitor_soon', 'dbfs', 'monitor'],
  ['a_migrate_to_soon', 'a_migrate', 'to'],
])('%s is of the resource %s, the task %s', (key, resource, task) => {
  expect(parseOperationKey(key)).toEqual({ resource, task });
});

it.each(['', 'dbfs', 'dbfs_monitor'])('%j is no key', (key) => {
  expect(parseOperationKey(key)).toBeNull();
});
