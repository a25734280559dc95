import { expect, it } from 'vitest';
import { type Config, defaultConfig } from '../../../src/config/keys.ts';
import { LiveInventory } from '../../../src/controller/inventory.ts';
import { Naming } from '../../../src/controller/names/naming.ts';
import { memoryJournal } from '../../../src/journal/memory.ts';
import type { InstanceKey } from '../../../src/kernel/instance-key.ts';
import { SeededChance } from '../../../src/simulation/chance.ts';
import type { Observation, Server } from '../../../src/topology/observation.ts';
import { primary, readAt, replica } from '../../topology/instances.ts';

function seen(key: InstanceKey, more: Partial<Server>, source: InstanceKey | null = null): Observation {
  const read = source === null ? primary(key).server : replica(key, source).server;
  const server = read === null ? null : { ...read, ...more };
  return { key, at: readAt, tookMs: 1, outcome: 'read', echo: 'answered', error: null, server };
}
const unanswered = (key: InstanceKey): Observation => ({
  ...seen(key, {}),
  outcome: 'failed',
  error: `${key} refuses connections`,
  server: null,
});

const db1 = { serverId: 1, hostname: 'db1', reportHost: 'db1.example' };
const db2 = { serverId: 2, hostname: 'db2', reportHost: 'db2.example' };

/** A controller's names, after it has looked at two servers by their addresses; `there` is what answers elsewhere. */
async function named(given: Partial<Config>, there: readonly Observation[], isBusy = false) {
  const journal = memoryJournal();
  const said: string[] = [];
  const tell = (sentence: string) => void said.push(sentence);
  const inventory: LiveInventory = new LiveInventory({
    journal,
    chance: new SeededChance(1),
    aliasOf: () => null,
    onLearned: (keys) => naming.learned(keys),
    onNamed: () => {},
  });
  const naming = new Naming({
    config: { ...defaultConfig, ...given },
    inventory,
    teller: { tell, warn: tell },
    look: async (key) => there.find((one) => one.key === key) ?? unanswered(key),
    forget: () => {},
    watch: () => {},
    isBusy: () => isBusy,
    names: { canonical: async (host) => `real-${host}`, address: async () => '192.0.2.9' },
  });
  inventory.learn([seen('10.0.0.1:1', db1), seen('10.0.0.2:1', db2, '10.0.0.1:1')]);
  await naming.settled();
  return { inventory, journal, keys: inventory.keys.toSorted(), said };
}

const both = [seen('db1:1', db1), seen('db2:1', db2, '10.0.0.1:1')];

it('a server is known by what it calls itself, in its own cluster and as the source of others', async () => {
  const { inventory, keys, journal } = await named({}, both);
  expect(keys).toEqual(['db1:1', 'db2:1']);
  expect(inventory.find('db2:1')?.server?.replication?.source).toBe('db1:1');
  expect(inventory.clusters).toMatchObject([{ name: 'db1:1' }]);
  const [again] = inventory.learn([seen('10.0.0.2:1', db2, '10.0.0.1:1')]);
  expect(again?.server?.replication?.source).toBe('db1:1');
  expect(inventory.keys.toSorted()).toEqual(keys);
  await inventory.settled();
  expect(Object.fromEntries(await journal.kept('names'))).toEqual({
    '10.0.0.1:1': 'db1:1',
    '10.0.0.2:1': 'db2:1',
  });
});

it('it keeps the name under which it was found where nobody, or another, answers at its own', async () => {
  const { keys, said } = await named({}, [seen('db1:1', { ...db1, serverId: 9 })]);
  expect(keys).toEqual(['10.0.0.1:1', '10.0.0.2:1']);
  expect(said).toEqual([
    '10.0.0.1:1 calls itself db1:1, and is still known as 10.0.0.1:1: another server answers there',
    '10.0.0.2:1 calls itself db2:1, and is still known as 10.0.0.2:1: db2:1 refuses connections',
  ]);
});

it('it is not called otherwise while something goes on under the name that it has', async () => {
  expect((await named({}, both, true)).keys).toEqual(['10.0.0.1:1', '10.0.0.2:1']);
});

const found = ['10.0.0.1:1', '10.0.0.2:1'];
const none = { MySQLHostnameResolveMethod: 'none' };
it.each<[given: Partial<Config>, there: readonly Observation[], keys: readonly string[]]>([
  [none, both, found],
  [{ MySQLHostnameResolveMethod: '' }, both, found],
  [{ MySQLHostnameResolveMethod: 'HOSTNAME' }, both, ['db1:1', 'db2:1']],
  [
    { MySQLHostnameResolveMethod: '@@report_host' },
    [seen('db1.example:1', db1)],
    ['10.0.0.2:1', 'db1.example:1'],
  ],
  [
    { ...none, HostnameResolveMethod: 'cname' },
    [seen('real-10.0.0.1:1', db1)],
    ['10.0.0.2:1', 'real-10.0.0.1:1'],
  ],
  [{ ...none, HostnameResolveMethod: 'ip' }, [seen('192.0.2.9:1', db1)], ['10.0.0.2:1', '192.0.2.9:1']],
  [{ ...none, HostnameResolveMethod: 'default' }, [seen('192.0.2.9:1', db1)], found],
  [{ RejectHostnameResolvePattern: '^db2$' }, both, ['10.0.0.2:1', 'db1:1']],
])('the methods are orchestrator’s: %j', async (given, there, keys) => {
  expect((await named(given, there)).keys).toEqual(keys);
});

it('what means another server on each machine is no name, whatever a server calls itself', async () => {
  const local = { ...db1, hostname: 'localhost' };
  const { inventory } = await named({}, [seen('localhost:1', local)]);
  inventory.learn([seen('10.0.0.1:1', local)]);
  expect(inventory.keys).toContain('10.0.0.1:1');
});
