import { describe, expect, it } from 'vitest';
import { LiveInventory } from '../../../src/controller/inventory.ts';
import { Names } from '../../../src/controller/names/names.ts';
import type { InstanceKey } from '../../../src/kernel/instance-key.ts';
import { memoryJournal } from '../../../src/journal/memory.ts';
import { SeededChance } from '../../../src/simulation/chance.ts';
import type { Observation, Server } from '../../../src/topology/observation.ts';
import { primary, readAt, replica } from '../../topology/instances.ts';

/** Looks at the servers of one cluster, each under whatever address is given. */
function look(key: InstanceKey, server: Partial<Server>, at = readAt): Observation {
  const whole = primary(key, { server }).server;
  return { key, at, tookMs: 1, outcome: 'read', echo: 'answered', error: null, server: whole };
}
const db1 = { serverId: 1, hostname: 'db1', uptimeSeconds: 1_000 };
const follows = (source: InstanceKey, serverId: number) => ({
  ...replica('x:1', source).server,
  serverId,
  hostname: `db${serverId}`,
  uptimeSeconds: 500,
});

function anInventory(journal = memoryJournal()) {
  const renamed: string[] = [];
  const inventory = new LiveInventory({
    journal,
    chance: new SeededChance(1),
    aliasOf: () => null,
    onLearned: () => {},
    onNamed: (other, name) => renamed.push(`${other} is ${name}`),
  });
  return { inventory, journal, renamed };
}

describe('one server under two addresses', () => {
  it('is known by one of them, and its replicas are one cluster, whatever they call it (P3)', () => {
    const { inventory, renamed } = anInventory();
    inventory.learn([look('db2:1', follows('db1:1', 2)), look('db3:1', follows('10.0.0.1:1', 3))]);
    inventory.learn([look('db1:1', db1), look('10.0.0.1:1', db1)]);
    expect(renamed).toEqual(['10.0.0.1:1 is db1:1']);
    expect(inventory.clusters).toHaveLength(1);
    expect(inventory.keys.toSorted()).toEqual(['db1:1', 'db2:1', 'db3:1']);
    const [seen] = inventory.learn([look('db3:1', follows('10.0.0.1:1', 3), readAt + 1)]);
    expect(seen?.server?.replication?.source).toBe('db1:1');
  });

  it('is known by the one that other machines understand', () => {
    const { inventory } = anInventory();
    inventory.learn([look('localhost:1', db1), look('127.0.0.1:1', db1), look('db1:1', db1)]);
    expect(inventory.keys).toEqual(['db1:1']);
    inventory.add('localhost:1');
    expect(inventory.keys).toEqual(['db1:1']);
  });

  it('is known so by the next life of the controller, which may never see it alive', async () => {
    const { inventory, journal } = anInventory();
    inventory.learn([look('db1:1', db1), look('10.0.0.1:1', db1)]);
    await inventory.settled();
    const { inventory: next } = anInventory(journal);
    await next.load();
    const [seen] = next.learn([look('db3:1', follows('10.0.0.1:1', 3))]);
    expect(seen?.server?.replication?.source).toBe('db1:1');
  });

  it('is another server where it started at another time, though it says the same of itself', () => {
    const { inventory } = anInventory();
    inventory.learn([look('db1:1', db1), look('10.0.0.1:1', { ...db1, uptimeSeconds: 990 })]);
    expect(inventory.keys).toEqual(['db1:1', '10.0.0.1:1']);
  });
});

it('a name that was given up for a better one leads to that one, in whatever order they come back', () => {
  for (const order of [
    [
      ['a:1', 'b:1'],
      ['b:1', 'c:1'],
    ],
    [
      ['b:1', 'c:1'],
      ['a:1', 'b:1'],
    ],
  ] as const) {
    const names = new Names();
    for (const [other, name] of order) names.join(other, name);
    expect([names.of('a:1'), names.of('b:1'), names.of('c:1')]).toEqual(['c:1', 'c:1', 'c:1']);
    names.join('c:1', 'a:1');
    expect([names.of('a:1'), names.of('b:1'), names.of('c:1')]).toEqual(['a:1', 'a:1', 'a:1']);
  }
});

it('an address that leads to another server by now is known for itself', () => {
  const { inventory } = anInventory();
  inventory.learn([look('db1:1', db1), look('writer:1', db1)]);
  inventory.learn([look('writer:1', { ...db1, serverId: 2, hostname: 'db2' }, readAt + 1)]);
  expect(inventory.keys).toEqual(['db1:1', 'writer:1']);
});

it('what a server says of its other sources and of its group is known by the same names', () => {
  const names = new Names();
  names.join('10.0.0.1:1', 'db1:1');
  const other = { channel: 'west', source: '10.0.0.1:1', ioThread: 'running', sqlThread: 'running' } as const;
  const member = { key: '10.0.0.1:1', state: 'ONLINE', role: 'PRIMARY' } as const;
  const { server } = names.within(
    replica('db2:1', '10.0.0.1:1', {
      server: { group: { name: 'g', state: 'ONLINE', role: 'SECONDARY', members: [member] } },
      replication: { otherChannels: [other] },
    }),
  );
  expect(server?.replication).toMatchObject({ source: 'db1:1', otherChannels: [{ source: 'db1:1' }] });
  expect(server?.group?.members).toEqual([{ ...member, key: 'db1:1' }]);
});
