import { describe, expect, it } from 'vitest';
import { Believer } from '../../src/mysql/believable.ts';
import { threadState } from '../../src/mysql/flavours/columns.ts';
import type { Flavour, Identity } from '../../src/mysql/flavours/flavour.ts';
import { mariadb } from '../../src/mysql/flavours/mariadb.ts';
import { mysqlOf } from '../../src/mysql/flavours/mysql.ts';
import type { Rows } from '../../src/mysql/link.ts';
import { askAll } from '../../src/mysql/questions.ts';
import type { Server } from '../../src/topology/observation.ts';
import { recordedServer } from './recorded-server.ts';

const lacking = new Map<string, string>();

function flavourOf(identity: Identity): Flavour {
  return identity.version.includes('MariaDB') ? mariadb : mysqlOf(identity);
}

/** What a look at a recorded server brings, and how many statements it took. */
async function lookAt(
  name: string,
  more: Partial<Identity> = {},
): Promise<{ server: Server; statements: number }> {
  const { identity: recorded, ask } = await recordedServer(name);
  const identity = { ...recorded, ...more };
  const flavour = flavourOf(identity);
  let statements = 0;
  const counted = (text: string) => {
    statements += text.split(';\n').length;
    return ask(text);
  };
  const answers = await askAll(flavour.look, { ask: counted, lacking, unasked: new Set() });
  const server = new Believer().believe(flavour.read(identity, answers, 'db2:3306'));
  return { server, statements };
}

const source = '11111111-1111-1111-1111-111111111111';

describe('a look', () => {
  it.each([
    'mariadb-10.5',
    'mysql-5.7',
    'mysql-5.7-group',
    'mysql-8.0.25',
    'percona-8.0.36',
    'mysql-8.4-group',
  ])('at %s is made of words it understands, in four statements at most', async (name) => {
    const { server, statements } = await lookAt(name);
    expect(statements).toBe(name.startsWith('mariadb') ? 3 : 4);
    expect(server).toMatchObject({ uptimeSeconds: 1000, serverId: 2, netTimeoutSeconds: 60, lacks: [] });
    expect(server.binlogFormat).not.toBe('');
    expect(server.binlogCoordinates).toEqual({ file: 'mysql-bin.000003', position: 999 });
  });

  it.each(['mysql-5.7', 'mysql-8.0.25', 'percona-8.0.36'])(
    'at the replica of %s reads its replication by the names of that version',
    async (name) => {
      const { server } = await lookAt(name);
      expect(server).toMatchObject({ readOnly: true, superReadOnly: true, executedGtid: `${source}:1-90` });
      expect(server.replication).toMatchObject({
        source: 'db1:3306',
        ioThread: 'running',
        sqlThread: 'running',
        lagSeconds: 3,
        position: 'mysql-gtid',
        receivedGtid: `${source}:80-95`,
        readCoordinates: { file: 'mysql-bin.000007', position: 4711 },
        execCoordinates: { file: 'mysql-bin.000007', position: 4500 },
        relayCoordinates: { file: 'relay.000002', position: 367 },
        user: 'repl',
        connectRetrySeconds: 60,
      });
    },
  );

  it.each([
    ['mysql-5.7', 'mysql', true],
    ['mysql-8.0.25', 'mysql', false],
    ['percona-8.0.36', 'percona', true],
  ] as const)('at %s knows whose it is, and semi-sync by either name', async (name, flavour, semiSync) => {
    const { server } = await lookAt(name);
    expect(server.flavour).toBe(flavour);
    expect(server.semiSync).toMatchObject({ replicaEnabled: semiSync, replicaStatus: semiSync });
    expect(server.semiSync.timeoutMs).toBe(semiSync ? 10_000 : 0);
  });

  it('finds replicas that registered, else those that take the binary log, IPv6 among them', async () => {
    expect((await lookAt('percona-8.0.36')).server.listedReplicas).toEqual(['db3:3306']);
    expect((await lookAt('mariadb-10.5')).server.listedReplicas).toEqual(['db3:3306']);
    expect((await lookAt('mysql-5.7')).server.listedReplicas).toEqual([
      '10.0.0.3:3306',
      '10.0.0.4:3306',
      '[::1]:3306',
    ]);
  });

  it('takes the name that MariaDB has for itself without a network device for none, for all have it there', async () => {
    const uuid = async (serverUid: string) => (await lookAt('mariadb-10.5', { serverUid })).server.serverUuid;
    expect(await uuid('unknown')).toBe('');
    expect(await uuid('fo2mUA4Tb')).toBe('fo2mUA4Tb');
  });

  it('asks for the list of connections only where it is needed to find a replica', () => {
    const registered = (...hosts: string[]) => ({ registered: hosts.map((Host) => ({ Host, Port: 3306 })) });
    for (const flavour of [
      mariadb,
      mysqlOf({ version: '8.4.6', comment: '', performanceSchema: true, serverUid: '' }),
    ]) {
      const isWanted = (rows: Record<string, Rows>) => flavour.rare['dumping']?.({ own: {}, rows, lacking });
      expect(isWanted(registered())).toBe(false);
      expect(isWanted(registered('db3', ''))).toBe(false);
      expect(isWanted(registered('', ''))).toBe(true);
      expect(isWanted({})).toBe(true);
    }
  });

  it('at a server of many sources describes the default channel and lists the others', async () => {
    const others = [{ channel: 'west', source: 'db9:3306', ioThread: 'connecting', sqlThread: 'running' }];
    for (const name of ['mysql-5.7', 'mariadb-10.5']) {
      const { replication } = (await lookAt(name)).server;
      expect(replication).toMatchObject({
        channel: '',
        source: 'db1:3306',
        channels: 2,
        otherChannels: others,
      });
    }
  });

  it.each(['//db1', '_', ''])(
    'takes the source "%s" for none, as orchestrator leaves it where it detached a replica',
    async (host) => {
      for (const [name, statement] of [
        ['percona-8.0.36', 'SHOW REPLICA STATUS'],
        ['mysql-8.0.25', 'SHOW SLAVE STATUS'],
      ] as const) {
        const { identity, ask } = await recordedServer(name);
        const flavour = flavourOf(identity);
        const detached = async (text: string) => {
          const results = await ask(text);
          const at = text.split(';\n').indexOf(statement);
          const rows = results[at]?.map((row) => ({ ...row, Source_Host: host, Master_Host: host })) ?? [];
          return results.with(at, rows);
        };
        const answers = await askAll(flavour.look, { ask: detached, lacking, unasked: new Set() });
        expect(flavour.read(identity, answers, 'db2:3306').replication).toBeNull();
      }
    },
  );

  it('at a MariaDB reads what it executed, received and ever wrote', async () => {
    const { server } = await lookAt('mariadb-10.5');
    expect(server).toMatchObject({
      flavour: 'mariadb',
      serverUuid: '',
      executedGtid: '0-1-90,1-9-7',
      binlogGtid: '0-1-90,0-2-12,1-9-7',
    });
    expect(server.replication).toMatchObject({ position: 'mariadb-gtid', receivedGtid: '0-1-95,1-9-7' });
    expect(server.semiSync).toMatchObject({ replicaEnabled: true, replicaStatus: true });
  });

  it('at a member of a group sees its members, and takes the group’s own channels for no sources', async () => {
    const { server } = await lookAt('mysql-8.4-group');
    expect(server.replication).toBeNull();
    expect(server.group).toEqual({
      name: 'aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa',
      state: 'ONLINE',
      role: 'PRIMARY',
      members: [
        { key: 'db1:3306', state: 'ONLINE', role: 'SECONDARY' },
        { key: 'db2:3306', state: 'ONLINE', role: 'PRIMARY' },
        { key: 'db3:3306', state: 'UNREACHABLE', role: 'SECONDARY' },
      ],
    });
  });

  it('at a member of a group of 5.7 finds out who is primary where that version says it', async () => {
    const { server } = await lookAt('mysql-5.7-group');
    expect(server.group?.role).toBe('SECONDARY');
    expect(server.group?.members.map(({ role }) => role)).toEqual(['PRIMARY', 'SECONDARY']);
  });

  it('keeps tagged GTIDs whole', async () => {
    const { server } = await lookAt('mysql-8.4-group');
    expect(server.executedGtid).toContain(':1-50:backup:1-3');
  });
});

describe('orders', () => {
  const words = (version: string) =>
    mysqlOf({ version, comment: '', performanceSchema: true, serverUid: '' });

  it.each([
    ['5.7.44-log', 'STOP SLAVE', 'CHANGE MASTER TO MASTER_HOST', 'RESET SLAVE ALL'],
    ['8.0.22', 'STOP SLAVE', 'CHANGE MASTER TO MASTER_HOST', 'RESET SLAVE ALL'],
    ['8.0.25-15', 'STOP SLAVE', 'CHANGE MASTER TO MASTER_HOST', 'RESET SLAVE ALL'],
    ['8.0.26', 'STOP REPLICA', 'CHANGE REPLICATION SOURCE TO SOURCE_HOST', 'RESET REPLICA ALL'],
    ['8.0.36-28', 'STOP REPLICA', 'CHANGE REPLICATION SOURCE TO SOURCE_HOST', 'RESET REPLICA ALL'],
    ['8.4.6', 'STOP REPLICA', 'CHANGE REPLICATION SOURCE TO SOURCE_HOST', 'RESET REPLICA ALL'],
    ['9.7.4', 'STOP REPLICA', 'CHANGE REPLICATION SOURCE TO SOURCE_HOST', 'RESET REPLICA ALL'],
    ['10.1.0', 'STOP REPLICA', 'CHANGE REPLICATION SOURCE TO SOURCE_HOST', 'RESET REPLICA ALL'],
  ])('to MySQL %s are in words that it has', (version, stop, change, forget) => {
    const flavour = words(version);
    expect(flavour.stopReplica).toEqual([stop]);
    expect(flavour.stopReceiving).toEqual([`${stop} IO_THREAD`]);
    expect(flavour.startReceiving).toEqual([`${stop.replace('STOP', 'START')} IO_THREAD`]);
    expect(flavour.startApplying).toEqual([`${stop.replace('STOP', 'START')} SQL_THREAD`]);
    expect(
      flavour.changeSource({ host: 'a', port: 1, finds: 'gtid', account: null }).startsWith(change),
    ).toBe(true);
    expect(flavour.forgetSource).toBe(forget);
  });

  it.each([
    ['5.7.44', 'SHOW SLAVE STATUS', 'SHOW MASTER STATUS', 'SHOW SLAVE HOSTS', 'information_schema'],
    ['8.0.25', 'SHOW SLAVE STATUS', 'SHOW MASTER STATUS', 'SHOW SLAVE HOSTS', 'information_schema'],
    ['8.0.26', 'SHOW REPLICA STATUS', 'SHOW MASTER STATUS', 'SHOW REPLICAS', 'performance_schema'],
    ['8.1.0', 'SHOW REPLICA STATUS', 'SHOW MASTER STATUS', 'SHOW REPLICAS', 'performance_schema'],
    ['8.2.0', 'SHOW REPLICA STATUS', 'SHOW BINARY LOG STATUS', 'SHOW REPLICAS', 'performance_schema'],
    ['9.7.4', 'SHOW REPLICA STATUS', 'SHOW BINARY LOG STATUS', 'SHOW REPLICAS', 'performance_schema'],
  ])('to show itself are given to MySQL %s in words that it has', (version, ...expected) => {
    const { statements, scalars } = words(version).look;
    const [channels, log, registered, processes] = expected;
    expect(Object.values(statements).map(({ sql }) => sql)).toEqual([channels, log, registered]);
    expect(scalars['dumping']?.sql).toContain(`FROM ${processes}.processlist`);
  });

  it('read the list of connections where it is, though performance_schema is off', () => {
    const off = mysqlOf({ version: '9.7.4', comment: '', performanceSchema: false, serverUid: '' });
    expect(off.look.scalars['dumping']?.sql).toContain('information_schema.processlist');
  });
});

it.each([
  ['Yes', 'running'],
  ['Preparing', 'running'],
  ['Connecting', 'connecting'],
  ['No', 'stopped'],
])('a receiving thread that is "%s" is %s, for a source that lets a replica in is there', (said, is) => {
  expect(threadState({ Slave_IO_Running: said }, 'Slave_IO_Running')).toBe(is);
});
