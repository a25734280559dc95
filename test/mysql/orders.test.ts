import { describe, expect, it } from 'vitest';
import type { Order } from '../../src/engine/ports.ts';
import { type Account, withoutPassword } from '../../src/mysql/account.ts';
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

const plain = { useSuperReadOnly: false, semiSyncVariable: null, stoppedAt: null };
const on = (order: Order, server = aReplica(), flavour = mariadb, account?: Account) =>
  statementsFor(order, server, flavour, { ...plain, account: account ?? null });
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
  it('have MySQL copy another that is named as the only donor, never while it is super_read_only', () => {
    const clone: Order = { verb: 'clone', instance: 'b:1', donor: 'c:1' };
    const account: Account = {
      user: 'repl',
      password: "it's",
      tls: { enabled: true, ca: '', cert: '', key: '', verifiesName: false },
      connectRetrySeconds: null,
      retryCount: null,
    };
    const server: Server = { ...aReplica(), flavour: 'mysql', superReadOnly: true };
    const statements = on(clone, server, mysql8, account);
    expect(statements).toEqual([
      'SET GLOBAL super_read_only = 0',
      "SET GLOBAL clone_valid_donor_list = 'c:1'",
      "CLONE INSTANCE FROM 'repl'@'c':1 IDENTIFIED BY 'it\\'s' REQUIRE SSL",
    ]);
    expect(withoutPassword(statements[2] ?? '', account.password)).toContain("IDENTIFIED BY '(hidden)'");
    expect(() => on(clone)).toThrow('MariaDB, which has no CLONE');
  });

  it('stop a successor receiving before it takes writes (P3), and let writes not wait until it has forgotten its source', () => {
    const promote: Order = { verb: 'promote', instance: 'b:1' };
    expect(on(promote)).toEqual(['STOP SLAVE', 'SET GLOBAL read_only = 0', 'RESET SLAVE ALL']);
    expect(on(promote, aReplica(), mysql8)).toEqual([
      'STOP REPLICA',
      'SET GLOBAL read_only = 0',
      'RESET REPLICA ALL',
    ]);
  });

  it('speak the words of the server: old ones to old, new ones to new', () => {
    const follow: Order = { verb: 'follow', instance: 'b:1', source: 'c:1' };
    expect(on(follow)[1]).toBe("CHANGE MASTER TO MASTER_HOST='c', MASTER_PORT=1, MASTER_USE_GTID=slave_pos");
    expect(on(follow, aReplica(), mysql8)[1]).toContain('CHANGE REPLICATION SOURCE TO SOURCE_HOST');
    expect(on(follow, aReplica({ sqlThread: 'stopped' }), mysql57)[1]).toContain('MASTER_AUTO_POSITION=1');
  });

  it('never change the source of who has it already, for that would drop its relay log (P4)', () => {
    expect(on({ verb: 'follow', instance: 'b:1', source: 'a:1' })).toEqual(['START SLAVE']);
  });

  it('let MySQL apply on while its source changes, which keeps what it has received (P4)', () => {
    const follow: Order = { verb: 'follow', instance: 'b:1', source: 'c:1' };
    const byGtid = aReplica({ position: 'mysql-gtid' });
    expect(on(follow, byGtid, mysql8)).toEqual([
      'STOP REPLICA IO_THREAD',
      "CHANGE REPLICATION SOURCE TO SOURCE_HOST='c', SOURCE_PORT=1",
      'START REPLICA IO_THREAD',
    ]);
    expect(on(follow, aReplica({ position: 'coordinates' }), mysql8)[0]).toBe('STOP REPLICA');
  });

  it('have a former primary of MariaDB ask for what comes after its own writes, with the account it is given', () => {
    const follow: Order = { verb: 'follow', instance: 'b:1', source: 'c:1' };
    const former = { ...aReplica(), replication: null, executedGtid: '0-1-7' };
    const tls = { enabled: true, ca: '/ca.pem', cert: '', key: '', verifiesName: false };
    const account = { user: 'repl', password: "it's", tls, connectRetrySeconds: 1, retryCount: null };
    expect(on(follow, former, mariadb, account)).toEqual([
      'STOP SLAVE',
      "SET GLOBAL gtid_slave_pos = '0-1-7'",
      "CHANGE MASTER TO MASTER_HOST='c', MASTER_PORT=1, MASTER_USE_GTID=slave_pos, MASTER_USER='repl', MASTER_PASSWORD='it\\'s', MASTER_SSL=1, MASTER_SSL_CA='/ca.pem', MASTER_SSL_VERIFY_SERVER_CERT=0, MASTER_CONNECT_RETRY=1",
      'START SLAVE',
    ]);
    expect(on(follow, former, mysql8, { ...account, tls: null })[1]).toContain('GET_SOURCE_PUBLIC_KEY=1');
    expect(on(follow, former, mysql57, { ...account, tls: null })[1]).not.toContain('PUBLIC_KEY');
  });

  it('detach and reattach by the place that was applied, where GTID is not used', () => {
    const at = { file: 'bin.000003', position: 9 };
    const byPlace = aReplica({ position: 'coordinates', execCoordinates: at });
    const place = "MASTER_LOG_FILE='bin.000003', MASTER_LOG_POS=9, MASTER_USE_GTID=no";
    expect(on({ verb: 'detach', instance: 'b:1' }, byPlace)).toEqual([
      'STOP SLAVE',
      `CHANGE MASTER TO MASTER_HOST='//a', MASTER_PORT=1, ${place}`,
    ]);
    const detached = { ...aReplica(), replication: null, detachedFrom: 'a:1', detachedAt: at } as const;
    expect(on({ verb: 'reattach', instance: 'b:1' }, detached)[1]).toBe(
      `CHANGE MASTER TO MASTER_HOST='a', MASTER_PORT=1, ${place}`,
    );
    expect(on({ verb: 'promote', instance: 'b:1' }, detached)).toContain('RESET SLAVE ALL');
  });

  it('change how late a replica applies, and let its threads go on as they were', () => {
    const delay: Order = { verb: 'setDelay', instance: 'b:1', seconds: 7 };
    expect(on(delay)).toEqual([
      'STOP SLAVE;\nCHANGE MASTER TO MASTER_DELAY=7;\nSTART SLAVE SQL_THREAD;\nSTART SLAVE IO_THREAD',
    ]);
    expect(on(delay, aReplica({ ioThread: 'stopped' }))).toEqual([
      'STOP SLAVE;\nCHANGE MASTER TO MASTER_DELAY=7;\nSTART SLAVE SQL_THREAD',
    ]);
    expect(on(delay, aReplica(), mysql8)).toEqual([
      'STOP REPLICA SQL_THREAD;\nCHANGE REPLICATION SOURCE TO SOURCE_DELAY=7;\nSTART REPLICA SQL_THREAD',
    ]);
  });

  it('change how a replica finds its place, at the place where it stands', () => {
    const use = (way: boolean): Order => ({ verb: 'useGtid', instance: 'b:1', on: way });
    const at = { execCoordinates: { file: 'bin.000003', position: 9 }, ioThread: 'stopped' } as const;
    expect(on(use(false), aReplica(at))).toEqual([
      "STOP SLAVE;\nCHANGE MASTER TO MASTER_HOST='a', MASTER_PORT=1, MASTER_LOG_FILE='bin.000003', MASTER_LOG_POS=9, MASTER_USE_GTID=no;\nSTART SLAVE SQL_THREAD",
    ]);
    expect(on(use(true), aReplica(at), mysql8)[0]).toContain('SOURCE_AUTO_POSITION=1');
    expect(() => on(use(false), aReplica({ execCoordinates: null }))).toThrow('does not say where');
  });

  it('throw no word of a file’s name into a statement unquoted (P5)', () => {
    const purge: Order = { verb: 'purgeBinlog', instance: 'b:1', before: "x'; DROP" };
    expect(on(purge)).toEqual(["PURGE BINARY LOGS TO 'x\\'; DROP'"]);
  });

  it('write an empty transaction under each GTID that is missing, and no more of them than make sense', () => {
    const uuid = '00000000-0000-0000-0000-000000000001';
    const inject = (gtids: string): Order => ({ verb: 'injectEmpty', instance: 'b:1', gtids });
    const server = { ...aReplica(), executedGtid: `${uuid}:1-4` };
    const statements = on(inject(`${uuid}:3-5,${uuid}:shop:7`), server, mysql8);
    expect(statements.map((one) => /GTID_NEXT = '(.+?)'/.exec(one)?.[1])).toEqual([
      `${uuid}:5`,
      `${uuid}:shop:7`,
    ]);
    expect(() => on(inject(`${uuid}:1-20000`), server, mysql8)).toThrow('reset its binary log');
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
