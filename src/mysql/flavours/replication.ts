import { instanceKey } from '../../kernel/instance-key.ts';
import type { Replication, Server } from '../../topology/observation.ts';
import { attachedHost, isSourceAddress } from '../../topology/source-address.ts';
import type { Rows } from '../link.ts';
import { coordinates, hasFilters, number, numberOrNull, text, threadState } from './columns.ts';

type Row = Rows[number];

/** What the families call differently, beyond the renaming of Master to Source and Slave to Replica. */
interface Words {
  /** The column with the name of a channel; empty in the row of the default one. */
  readonly channel: string;
  readonly receivedGtid: string;
  readonly position: (row: Row) => Replication['position'];
}

/**
 * One channel out of SHOW REPLICA STATUS, the others beside it. The default channel is the one, else the
 * first by name: a choice by what runs would move a server from one cluster to another whenever a thread stops.
 */
export function replicationOf(rows: Rows, words: Words): Replication | null {
  const channels = rows
    .filter((row) => isSource(row, text(row, words.channel)))
    .toSorted((a, b) => (text(a, words.channel) < text(b, words.channel) ? -1 : 1));
  const [row, ...others] = channels;
  if (row === undefined) return null;
  return {
    source: sourceOf(row),
    ...threadsOf(row),
    lastIoError: text(row, 'Last_IO_Error'),
    lastSqlError: text(row, 'Last_SQL_Error'),
    lagSeconds: numberOrNull(row, 'Seconds_Behind_Source', 'Seconds_Behind_Master'),
    sqlDelaySeconds: number(row, 'SQL_Delay'),
    position: words.position(row),
    receivedGtid: text(row, words.receivedGtid),
    readCoordinates: coordinates(
      text(row, 'Source_Log_File', 'Master_Log_File'),
      number(row, 'Read_Source_Log_Pos', 'Read_Master_Log_Pos'),
    ),
    execCoordinates: executedTo(row),
    relayCoordinates: coordinates(text(row, 'Relay_Log_File'), number(row, 'Relay_Log_Pos')),
    hasFilters: hasFilters(row),
    channel: text(row, words.channel),
    channels: channels.length,
    otherChannels: others.map((other) => ({
      channel: text(other, words.channel),
      source: sourceOf(other),
      ...threadsOf(other),
    })),
    user: text(row, 'Source_User', 'Master_User'),
    connectRetrySeconds: numberOrNull(row, 'Connect_Retry'),
  };
}

/**
 * Where a detached replica finds back to, and from which place in that source's log where it does not go
 * by GTID (orchestrator 3.2.6, section 3.11).
 */
export function detachedOf(rows: Rows, words: Words): Pick<Server, 'detachedFrom' | 'detachedAt'> {
  const row = rows.find((one) => attachedHost(addressOf(one)[0]) !== null);
  const host = row === undefined ? null : attachedHost(addressOf(row)[0]);
  if (row === undefined || host === null) return { detachedFrom: null, detachedAt: null };
  return {
    detachedFrom: instanceKey(host, addressOf(row)[1]),
    detachedAt: words.position(row) === 'coordinates' ? executedTo(row) : null,
  };
}

/** Group replication has two channels of its own, whose source is the group; a channel may be without any. */
function isSource(row: Row, channel: string): boolean {
  return !channel.startsWith('group_replication_') && isSourceAddress(...addressOf(row));
}

function executedTo(row: Row): Replication['execCoordinates'] {
  return coordinates(
    text(row, 'Relay_Source_Log_File', 'Relay_Master_Log_File'),
    number(row, 'Exec_Source_Log_Pos', 'Exec_Master_Log_Pos'),
  );
}

function sourceOf(row: Row): Replication['source'] {
  return instanceKey(...addressOf(row));
}

function addressOf(row: Row): [host: string, port: number] {
  return [text(row, 'Source_Host', 'Master_Host'), number(row, 'Source_Port', 'Master_Port')];
}

function threadsOf(row: Row): Pick<Replication, 'ioThread' | 'sqlThread'> {
  return {
    ioThread: threadState(row, 'Replica_IO_Running', 'Slave_IO_Running'),
    sqlThread: threadState(row, 'Replica_SQL_Running', 'Slave_SQL_Running'),
  };
}
