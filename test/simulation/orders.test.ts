import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Order } from '../../src/engine/ports.ts';
import { VirtualClock } from '../../src/simulation/clock.ts';
import { Fleet } from '../../src/simulation/fleet.ts';
import { statementsOf } from '../../src/simulation/statements.ts';

function fleetOf(flavour: 'mariadb' | 'mysql' = 'mariadb') {
  const clock = new VirtualClock(() => setImmediate());
  const fleet = new Fleet(clock, flavour);
  fleet.add('a:1', null);
  fleet.add('b:1', 'a:1');
  fleet.add('c:1', 'a:1');
  const obey = (order: Order) => {
    for (const statement of statementsOf(order, fleet.server(order.instance), fleet.servers))
      fleet.take(order.instance, statement);
  };
  return { clock, fleet, obey };
}

/** a waits for one of b and c at each commit. */
function semiSyncFleet(flavour: 'mariadb' | 'mysql' = 'mariadb') {
  const set = fleetOf(flavour);
  set.obey({ verb: 'setSemiSync', instance: 'b:1', side: 'replica', enabled: true });
  set.obey({ verb: 'setSemiSync', instance: 'c:1', side: 'replica', enabled: true });
  set.obey({ verb: 'setSemiSync', instance: 'a:1', side: 'primary', enabled: true });
  return set;
}

describe('pretended semi-sync', () => {
  it('acknowledges what a replica has received, and counts those that say so', () => {
    const { fleet } = semiSyncFleet();
    expect(fleet.write('a:1')).toBeNull();
    expect(fleet.read('a:1').semiSync).toMatchObject({
      primaryEnabled: true,
      primaryStatus: true,
      clients: 2,
    });
    expect(fleet.read('b:1').semiSync).toMatchObject({ replicaEnabled: true, replicaStatus: true });
    expect(fleet.acknowledged).toHaveLength(1);
  });

  it('has a commit wait while no replica receives, and lets it through when one does again', async () => {
    const { fleet, obey, clock } = semiSyncFleet();
    for (const instance of ['b:1', 'c:1'] as const) obey({ verb: 'stopReceiving', instance });
    expect(fleet.write('a:1')).toBe('a:1 waits for a semi-sync replica');
    expect(fleet.acknowledged).toEqual([]);
    expect(() => obey({ verb: 'setReadOnly', instance: 'a:1', readOnly: true })).toThrow('Lock wait timeout');
    expect(() => obey({ verb: 'endConnections', instance: 'a:1' })).toThrow('went on committing');
    obey({ verb: 'startReceiving', instance: 'b:1' });
    await clock.advance(10);
    fleet.settle();
    expect(fleet.acknowledged).toHaveLength(1);
    obey({ verb: 'setReadOnly', instance: 'a:1', readOnly: true });
  });

  it.each([
    ['mariadb', true],
    ['mysql', false],
  ] as const)(
    'lets commits go with nobody to hear of them where a server of %s is to be read-only all the same',
    (flavour, stays) => {
      const { fleet, obey } = semiSyncFleet(flavour);
      for (const instance of ['b:1', 'c:1'] as const) obey({ verb: 'stopReceiving', instance });
      fleet.write('a:1');
      obey({ verb: 'setReadOnly', instance: 'a:1', readOnly: true, evenCommitting: true });
      expect(fleet.read('a:1')).toMatchObject({ readOnly: true, semiSync: { primaryEnabled: stays } });
      fleet.settle();
      expect(fleet.acknowledged).toEqual([]);
    },
  );

  it('falls back when it has waited too long, and waits again when replicas are back', async () => {
    const { fleet, obey, clock } = semiSyncFleet();
    for (const instance of ['b:1', 'c:1'] as const) obey({ verb: 'stopReceiving', instance });
    fleet.write('a:1');
    await clock.advance(10_000);
    expect(fleet.read('a:1').semiSync.primaryStatus).toBe(false);
    expect(fleet.acknowledged).toHaveLength(1);
    expect(fleet.write('a:1')).toBeNull();
    obey({ verb: 'startReceiving', instance: 'b:1' });
    expect(fleet.read('a:1').semiSync.primaryStatus).toBe(true);
  });

  it('never tells an application of a write whose primary died meanwhile', () => {
    const { fleet, obey } = semiSyncFleet('mysql');
    for (const instance of ['b:1', 'c:1'] as const) obey({ verb: 'stopReceiving', instance });
    fleet.write('a:1');
    // MySQL does not count it as executed before it was acknowledged.
    expect(fleet.read('a:1').executedGtid).toBe('');
    fleet.kill('a:1');
    fleet.restart('a:1');
    expect(fleet.acknowledged).toEqual([]);
    expect(fleet.read('a:1').executedGtid).not.toBe('');
  });
});

describe('pretended orders', () => {
  it('detach a replica, which then names its source and receives nothing, and let it find back', async () => {
    const { fleet, obey, clock } = fleetOf();
    obey({ verb: 'detach', instance: 'b:1' });
    fleet.write('a:1');
    expect(fleet.read('b:1')).toMatchObject({ replication: null, detachedFrom: 'a:1', executedGtid: '' });
    obey({ verb: 'reattach', instance: 'b:1' });
    await clock.advance(10);
    expect(fleet.read('b:1')).toMatchObject({ detachedFrom: null, executedGtid: '0-1-1' });
  });

  it('drop what MariaDB has received and not applied with its source, and keep it on MySQL', () => {
    for (const [flavour, kept] of [
      ['mariadb', 0],
      ['mysql', 1],
    ] as const) {
      const { fleet, obey } = fleetOf(flavour);
      fleet.change(() => Object.assign(fleet.server('b:1').replication ?? {}, { lagMs: 500 }));
      fleet.write('a:1');
      fleet.kill('a:1');
      fleet.change(() => Object.assign(fleet.server('c:1').replication ?? {}, { held: true }));
      fleet.server('c:1').log.length = 0;
      fleet.server('c:1').executed.clear();
      obey({ verb: 'follow', instance: 'b:1', source: 'c:1' });
      expect(fleet.server('b:1').replication?.relay).toHaveLength(kept);
    }
  });

  it('leave out the transaction at which applying has stopped, once', async () => {
    const { fleet, obey, clock } = fleetOf();
    fleet.change(() =>
      Object.assign(fleet.server('b:1').replication ?? {}, { applying: false, sqlError: 'Duplicate entry' }),
    );
    fleet.write('a:1');
    obey({ verb: 'startApplying', instance: 'b:1' });
    expect(fleet.read('b:1').replication?.sqlThread).toBe('stopped');
    obey({ verb: 'skipTransaction', instance: 'b:1' });
    obey({ verb: 'skipTransaction', instance: 'b:1' });
    obey({ verb: 'startApplying', instance: 'b:1' });
    await clock.advance(10);
    expect(fleet.read('b:1')).toMatchObject({ executedGtid: '0-1-1', replication: { sqlThread: 'running' } });
  });

  it('make an errant transaction known to all, or forgotten by the one', () => {
    const { fleet, obey } = fleetOf('mysql');
    fleet.write('a:1');
    const clean = fleet.read('b:1').executedGtid;
    fleet.stray('b:1');
    const errant = fleet.read('b:1').executedGtid;
    obey({ verb: 'resetBinlog', instance: 'b:1', executed: clean });
    expect(fleet.read('b:1').executedGtid).toBe(clean);
    fleet.stray('c:1');
    const strays = fleet.read('c:1').executedGtid;
    obey({ verb: 'injectEmpty', instance: 'a:1', gtids: strays });
    expect(fleet.read('a:1').executedGtid).toBe(strays);
    expect(strays).not.toBe(errant);
    const { obey: mariadb } = fleetOf();
    expect(() => mariadb({ verb: 'injectEmpty', instance: 'a:1', gtids: '0-1-1' })).toThrow('MariaDB');
  });
});
