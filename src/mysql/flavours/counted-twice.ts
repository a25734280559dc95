import type { Rows } from '../link.ts';
import { text } from './columns.ts';

/**
 * The semi-sync replicas of a MySQL, each counted once. One that connects anew is counted twice until its old connection has been put an end to
 * (MySQL 9.7: 0.1 s and more, "Waiting to finalize termination", with two such at once); it registers by its server id only once. `dumping`
 * are the ends of the connections that take a binary log, asked together with the count: where they are fewer, somebody left meanwhile.
 */
export function countedOnce(
  counted: number,
  { registered, dumping }: { registered: Rows | undefined; dumping: string },
): number {
  const servers = serversIn(registered ?? []);
  const connections = dumping === '' ? 0 : dumping.split('|').length;
  return servers > 0 && connections >= counted ? Math.min(counted, servers) : counted;
}

/** Whether more are counted than have registered, so that the list of connections is worth asking for. */
export function isCountedTwice(counted: number, registered: Rows | undefined): boolean {
  const servers = serversIn(registered ?? []);
  return servers > 0 && counted > servers;
}

function serversIn(registered: Rows): number {
  return new Set(registered.map((row) => text(row, 'Server_Id', 'Server_id'))).size;
}
