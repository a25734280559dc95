import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { CommandRan } from '../engine/ports.ts';

/**
 * How each transaction begins in what mysqlbinlog writes, `SET @@SESSION.GTID_NEXT= 'uuid:7'`, and mariadb-binlog,
 * `#261122 10:00:00 server id 1  end_log_pos 512 CRC32 0x1a2b GTID 0-1-7 trans`.
 */
const gtids = [
  /^SET @@SESSION\.GTID_NEXT=\s*'([0-9a-f-]{36}(?::[a-z_]\w*)?:\d+)'/i,
  /^#.*\bGTID (\d+-\d+-\d+)\b/,
];

/** More than these are not named one by one. */
const most = 100_000;

/** What a file of such text has in it; null where there is none. */
export async function savedIn(file: string): Promise<CommandRan['saved']> {
  const { size: bytes } = await stat(file).catch(() => ({ size: null }));
  if (bytes === null) return null;
  const found: string[] = [];
  let isWhole = false;
  // Rows may hold any bytes, and a line of them may be long; only its beginning is looked at.
  const input = createReadStream(file, { encoding: 'latin1' });
  for await (const line of createInterface({ input })) {
    if (line.startsWith('# End of log file')) isWhole = true;
    const gtid = gtids.map((pattern) => pattern.exec(line)?.[1]).find((one) => one !== undefined);
    if (gtid !== undefined && found.push(gtid) > most) return { bytes, isWhole: false, gtids: null };
  }
  return { bytes, isWhole, gtids: found };
}
