import { describe, expect, it } from 'vitest';
import type { Order } from '../../src/engine/ports.ts';
import { mariadb } from '../../src/mysql/flavours/mariadb.ts';
import { mysqlOf } from '../../src/mysql/flavours/mysql.ts';
import { statementsFor } from '../../src/mysql/operations/orders.ts';
import type { Replication, Server } from '../../src/topology/observation.ts';
import { replica } from '../topology/instances.ts';

function aReplica(replication: Partial<Replication> = {}): Server {
  const { server } = replica('b:1', 'a:1', { replication });
  if (server === null) throw new Error('a replica of health was read');
  return server;
}

const on = (order: Order, server = aReplica(), flavour = mariadb) =>
  statementsFor(order, server, flavour, false);
const mysql8 = mysqlOf({
  version: '8.4.0',
  comment: 'MySQL Community Server',
  performanceSchema: true,
  serverUid: '',
});
const mysql57 = mysqlOf({
  version: '5.7.44-log',
  comment: 'Percona Server',
  performanceSchema: true,
  serverUid: '',
});

describe('orders in statements', () => {
  it('cut a successor loose before it takes writes (P3)', () => {
    const promote: Order = { verb: 'promote', instance: 'b:1' };
    expect(on(promote)).toEqual(['STOP SLAVE', 'RESET SLAVE ALL', 'SET GLOBAL read_only = 0']);
    expect(on(promote, aReplica(), mysql8)).toEqual([
      'STOP REPLICA',
      'RESET REPLICA ALL',
      'SET GLOBAL read_only = 0',
    ]);
  });

  it('speak the words of the server: old ones to old, new ones to new', () => {
    const follow: Order = { verb: 'follow', instance: 'b:1', source: 'c:1' };
    expect(on(follow)[1]).toBe("CHANGE MASTER TO MASTER_HOST='c', MASTER_PORT=1, MASTER_USE_GTID=slave_pos");
    expect(on(follow, aReplica(), mysql8)[1]).toContain('CHANGE REPLICATION SOURCE TO SOURCE_HOST');
    expect(on(follow, aReplica(), mysql57)[1]).toContain('MASTER_AUTO_POSITION=1');
  });

  it('never change the source of who has it already, for that would drop its relay log (P4)', () => {
    expect(on({ verb: 'follow', instance: 'b:1', source: 'a:1' })).toEqual(['START SLAVE']);
  });

  it('never let the receiving thread be the second to stop on MariaDB (P4)', () => {
    const stop: Order = { verb: 'stopReceiving', instance: 'b:1' };
    const still = aReplica({ sqlThread: 'stopped' });
    expect(on(stop, still)).toEqual(['START SLAVE SQL_THREAD', 'STOP SLAVE IO_THREAD']);
    expect(on(stop, still, mysql8)).toEqual(['STOP REPLICA IO_THREAD']);
    expect(() => on(stop, aReplica({ sqlThread: 'stopped', lastSqlError: 'Duplicate' }))).toThrow(
      'relay log',
    );
  });

  it.each<Partial<Replication>>([{ channels: 2 }, { channel: 'west' }])(
    'leave a replica alone whose other sources they would forget: %j (P4)',
    (replication) => {
      for (const verb of ['stopReceiving', 'startReceiving', 'promote'] as const) {
        expect(() => on({ verb, instance: 'b:1' }, aReplica(replication))).toThrow('does not change');
      }
      expect(
        on({ verb: 'setReadOnly', instance: 'b:1', readOnly: true }, aReplica(replication)),
      ).toHaveLength(1);
    },
  );
});
