import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { VirtualClock } from '../../src/simulation/clock.ts';
import { Fleet } from '../../src/simulation/fleet.ts';
import { statementsOf } from '../../src/simulation/statements.ts';

function fleetOf(flavour: 'mariadb' | 'mysql' = 'mariadb') {
  const clock = new VirtualClock(() => setImmediate());
  const fleet = new Fleet(clock, flavour);
  fleet.add('a:1', null);
  fleet.add('b:1', 'a:1');
  fleet.add('c:1', 'b:1');
  const obey = (order: Parameters<typeof statementsOf>[0]) => {
    for (const statement of statementsOf(order, fleet.server(order.instance)))
      fleet.take(order.instance, statement);
  };
  return { clock, fleet, obey };
}

it('replicates a write to every tier, in the words of its flavour', () => {
  const { fleet } = fleetOf();
  expect(fleet.write('a:1')).toBeNull();
  expect(fleet.read('c:1').executedGtid).toBe('0-1-1');
  expect(fleet.missing('c:1')).toEqual([]);
  const mysql = fleetOf('mysql').fleet;
  mysql.write('a:1');
  mysql.write('a:1');
  expect(mysql.read('c:1').executedGtid).toBe('00000000-0000-0000-0000-000000000001:1-2');
});

it('refuses writes on a server that is read-only, dead or frozen, and never counts them', () => {
  const { fleet } = fleetOf();
  expect(fleet.write('b:1')).toBe('b:1 is read-only');
  fleet.change(() => {
    fleet.server('a:1').frozen = true;
  });
  expect(fleet.write('a:1')).toBe('a:1 does not answer');
  fleet.kill('a:1');
  expect(fleet.write('a:1')).toBe('a:1 refuses connections');
  expect(fleet.acknowledged).toEqual([]);
});

it('has received before it has applied, by as much as it lags', async () => {
  const { clock, fleet } = fleetOf();
  fleet.change(() => Object.assign(fleet.server('b:1').replication ?? {}, { lagMs: 500 }));
  fleet.write('a:1');
  const { executedGtid, replication } = fleet.read('b:1');
  expect([executedGtid, replication?.receivedGtid]).toEqual(['', '0-1-1']);
  await clock.advance(500);
  expect(fleet.read('b:1').executedGtid).toBe('0-1-1');
});

it('notices a dead source at once, a silent one after four seconds, and comes back by itself', async () => {
  const { clock, fleet } = fleetOf();
  const thread = () => fleet.read('b:1').replication?.ioThread;
  fleet.kill('a:1');
  expect(fleet.read('b:1').replication).toMatchObject({
    ioThread: 'connecting',
    lastIoError: expect.stringContaining('error connecting to master'),
  });
  fleet.restart('a:1');
  await clock.advance(1_000);
  expect(thread()).toBe('running');
  fleet.change(() => fleet.network.cut('a:1', 'b:1'));
  await clock.advance(3_999);
  expect(thread()).toBe('running');
  await clock.advance(1);
  expect(thread()).toBe('connecting');
});

it('throws a relay log away where the source is changed, as the real ones do', () => {
  const { fleet, obey } = fleetOf();
  fleet.add('d:1', 'a:1');
  fleet.change(() =>
    Object.assign(fleet.server('d:1').replication ?? {}, { lagMs: Number.POSITIVE_INFINITY }),
  );
  fleet.write('a:1');
  fleet.change(() => Object.assign(fleet.server('b:1').replication ?? {}, { held: true }));
  fleet.write('a:1');
  expect(fleet.missing('d:1')).toEqual([]);
  obey({ verb: 'follow', instance: 'd:1', source: 'b:1' });
  fleet.settle();
  expect(fleet.missing('d:1')).toHaveLength(1);
});

it('will not let a MariaDB replica follow a source that it is ahead of', () => {
  const { fleet, obey } = fleetOf();
  fleet.change(() => Object.assign(fleet.server('b:1').replication ?? {}, { held: true }));
  fleet.add('d:1', 'a:1');
  fleet.write('a:1');
  obey({ verb: 'follow', instance: 'd:1', source: 'b:1' });
  expect(fleet.read('d:1').replication).toMatchObject({
    ioThread: 'stopped',
    lastIoError: expect.stringContaining('1236'),
  });
});

it('says when two servers of a cluster took writes at once, and after what', () => {
  const { fleet, obey } = fleetOf();
  fleet.kill('a:1');
  obey({ verb: 'promote', instance: 'b:1' });
  expect(fleet.doubled).toEqual([]);
  fleet.restart('a:1');
  expect(fleet.doubled).toMatchObject([{ servers: ['a:1', 'b:1'], after: 'the restart of a:1' }]);
});

it('refuses connections at an address that no server has, as a network does', () => {
  expect(fleetOf().fleet.echo('baton', 'nowhere:1')).toBe('refuses');
});
