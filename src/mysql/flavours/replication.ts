import { instanceKey } from '../../kernel/instance-key.ts';
import type { Replication } from '../../topology/observation.ts';
import type { Rows } from '../link.ts';
import { coordinates, hasFilters, number, numberOrNull, text, threadState } from './columns.ts';

/** What the families call differently, beyond the renaming of Master to Source and Slave to Replica. */
interface Words {
  /** The column with the name of a channel; empty in the row of the default one. */
  readonly channel: string;
  readonly receivedGtid: string;
  readonly position: (row: Rows[number]) => Replication['position'];
}

/** The default channel's replication out of SHOW REPLICA STATUS; a named one only where there is no default. */
export function replicationOf(channels: Rows, words: Words): Replication | null {
  const row = channels.find((one) => text(one, words.channel) === '') ?? channels[0];
  if (row === undefined || text(row, 'Source_Host', 'Master_Host') === '') return null;
  return {
    source: instanceKey(text(row, 'Source_Host', 'Master_Host'), number(row, 'Source_Port', 'Master_Port')),
    ioThread: threadState(text(row, 'Replica_IO_Running', 'Slave_IO_Running')),
    sqlThread: threadState(text(row, 'Replica_SQL_Running', 'Slave_SQL_Running')),
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
    execCoordinates: coordinates(
      text(row, 'Relay_Source_Log_File', 'Relay_Master_Log_File'),
      number(row, 'Exec_Source_Log_Pos', 'Exec_Master_Log_Pos'),
    ),
    relayCoordinates: coordinates(text(row, 'Relay_Log_File'), number(row, 'Relay_Log_Pos')),
    hasFilters: hasFilters(row),
    channel: text(row, words.channel),
    channels: channels.length,
    otherChannels: [],
    user: text(row, 'Source_User', 'Master_User'),
    connectRetrySeconds: numberOrNull(row, 'Connect_Retry'),
  };
}
