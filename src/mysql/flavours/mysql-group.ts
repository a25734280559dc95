import { instanceKey, parseInstanceKey } from '../../kernel/instance-key.ts';
import type { Group } from '../../topology/observation.ts';

/** `uuid,host,port,state,role|…`; the role is left out where the server has no such column. */
export function membersSql(hasRole: boolean): string {
  const role = hasRole ? 'MEMBER_ROLE' : "''";
  return `(SELECT GROUP_CONCAT(CONCAT_WS(',', MEMBER_ID, MEMBER_HOST, IFNULL(MEMBER_PORT, 0), MEMBER_STATE, ${role}) SEPARATOR '|')
    FROM performance_schema.replication_group_members)`;
}

interface Said {
  /** group_replication_group_name; empty where the plugin is not there. */
  readonly name: string;
  /** What `membersSql` brought; null where it may not be read. */
  readonly members: string | null;
  readonly ownUuid: string;
  /** 5.7's group_replication_primary_member, the one place where it says who is primary; empty elsewhere. */
  readonly primaryUuid: string;
}

/**
 * The group that a server is in, or is set up for; null where there is none. Its state is empty where its
 * members may not be read: then it may well be in the group, and is no primary of its own.
 */
export function groupOf({ name, members, ownUuid, primaryUuid }: Said): Group | null {
  if (name === '') return null;
  if (members === null) return { name, state: '', role: '', members: [] };
  const read = members.split('|').flatMap((one) => {
    const [uuid = '', host = '', port = '', state = '', role = ''] = one.split(',');
    if (uuid === '') return [];
    return { uuid, host, port, state, role: role === '' ? roleBy(uuid, primaryUuid) : role };
  });
  const own = read.find(({ uuid }) => uuid === ownUuid);
  return {
    name,
    state: own?.state ?? 'OFFLINE',
    role: own?.role ?? '',
    // A member that is offline has no address.
    members: read.flatMap(({ host, port, state, role }) => {
      const key = parseInstanceKey(instanceKey(host, Number(port)));
      return key === null ? [] : { key, state, role };
    }),
  };
}

function roleBy(uuid: string, primaryUuid: string): string {
  if (primaryUuid === '') return '';
  return uuid === primaryUuid ? 'PRIMARY' : 'SECONDARY';
}
