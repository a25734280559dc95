import { describe, expect, it } from 'vitest';
import { LiveInventory } from '../../src/controller/inventory.ts';
import type { Journal } from '../../src/engine/ports.ts';
import { memoryJournal } from '../../src/journal/memory.ts';
import { SeededChance } from '../../src/simulation/chance.ts';
import type { InstanceKey } from '../../src/kernel/instance-key.ts';
import type { Observation, Server } from '../../src/topology/observation.ts';
import { primary, readAt, replica } from '../topology/instances.ts';

const seen: Observation = {
  key: 'a:1',
  at: readAt,
  tookMs: 1,
  outcome: 'read',
  echo: 'answered',
  error: null,
  server: primary('a:1').server,
};

function anInventory(journal: Journal) {
  return new LiveInventory({
    journal,
    chance: new SeededChance(1),
    aliasOf: () => null,
    onLearned: () => {},
    onNamed: () => {},
  });
}

it('gives a cluster without an alias or a domain its name for both, as orchestrator does', () => {
  const inventory = anInventory(memoryJournal());
  inventory.learn([seen]);
  expect(inventory.clusterOf('a:1')).toMatchObject({ name: 'a:1', alias: 'a:1', domain: 'a:1' });
});

it('keeps what could not be written down as soon as it can', async () => {
  const journal = memoryJournal();
  let full = true;
  const keep: Journal['keep'] = async (...fact) => {
    if (full) throw new Error('the disk is full');
    await journal.keep(...fact);
  };
  const inventory = anInventory({ ...journal, keep });
  inventory.learn([seen]);
  await expect(inventory.settled()).rejects.toThrow('the disk is full');
  full = false;
  inventory.learn([{ ...seen, at: readAt + 1 }]);
  await inventory.settled();
  expect([...(await journal.kept('instances')).keys()]).toEqual(['a:1']);
});

it('knows after a restart what it knew before: aliases and downtimes too (rule 10)', async () => {
  const journal = memoryJournal();
  const options = { journal, chance: new SeededChance(1), onLearned: () => {}, onNamed: () => {} };
  const before = new LiveInventory({ ...options, aliasOf: () => 'shop' });
  before.learn([seen]);
  const downtime = { owner: 'ann', reason: 'disks', until: readAt + 60_000 };
  before.setDowntime('a:1', downtime);
  await before.settled();

  const after = new LiveInventory({ ...options, aliasOf: () => null });
  await after.load();
  expect(after.clusterOf('a:1')).toEqual(before.clusterOf('a:1'));
  expect(after.clusterOf('a:1')?.alias).toBe('shop');
  expect(after.find('a:1')?.downtime).toEqual(downtime);
});

describe('a look that is heard late', () => {
  const failed: Observation = { ...seen, outcome: 'failed', echo: 'silent', error: 'silence', server: null };
  const checksAfter = (...looks: readonly Observation[]) => {
    const inventory = anInventory(memoryJournal());
    for (const look of looks) inventory.learn([look]);
    return inventory.find('a:1')?.checks;
  };

  it('changes nothing where another that ended later was heard before it', () => {
    const later = { ...failed, at: readAt + 2_000 };
    expect(checksAfter(seen, later, { ...seen, at: readAt + 1_000 })).toMatchObject({
      checkedAt: later.at,
      seenAt: readAt,
    });
  });

  it('says nothing against a server that has answered since it began', () => {
    const begunBefore = { ...failed, at: readAt + 900, tookMs: 1_000 };
    expect(checksAfter(seen, begunBefore)).toMatchObject({ checkedAt: readAt, error: null });
    const begunAfter = { ...failed, at: readAt + 1_001, tookMs: 1_000 };
    expect(checksAfter(seen, begunAfter)).toMatchObject({ checkedAt: readAt + 1_001, error: 'silence' });
  });
});

describe('a look at one instance', () => {
  /** Fifty clusters of a primary and two replicas; `asked` gets the name of each whose reading is looked into. */
  function aFleet(asked: string[]) {
    const looks = Array.from({ length: 50 }, (_, at): Observation[] => {
      const [one, two, three] = [1, 2, 3].map((port): InstanceKey => `c${at}:${port}`);
      if (one === undefined || two === undefined || three === undefined) throw new Error('there are three');
      return [primary(one), replica(two, one), replica(three, one)].map(({ key, server }, id) => ({
        ...seen,
        key,
        server: server && watched(key, { ...server, serverId: at * 10 + id }),
      }));
    }).flat();
    const inventory: LiveInventory = new LiveInventory({
      journal: memoryJournal(),
      chance: new SeededChance(1),
      aliasOf: () => null,
      // What the tick looks up of each instance that was just looked at.
      onLearned: (keys) => keys.map((key) => inventory.members(inventory.clusterOf(key)?.id ?? '')),
      onNamed: () => {},
    });
    inventory.learn(looks);
    asked.length = 0;
    return { inventory, look: (key: InstanceKey) => looks.find((one) => one.key === key) ?? seen };

    function watched(key: InstanceKey, server: Server): Server {
      return new Proxy(server, {
        get(target, name: keyof Server) {
          asked.push(key);
          return target[name];
        },
      });
    }
  }

  it('reads of no other cluster, however many there are', () => {
    const asked: string[] = [];
    const { inventory, look } = aFleet(asked);
    inventory.learn([{ ...look('c7:2'), at: readAt + 1 }]);
    expect(clustersIn(asked)).toEqual(['c7']);
  });

  it('that has moved reads of the cluster that it left and of the one it joined', () => {
    const asked: string[] = [];
    const { inventory, look } = aFleet(asked);
    const { server } = replica('c7:2', 'c3:1');
    inventory.learn([{ ...look('c7:2'), at: readAt + 1, server: server && { ...server, serverId: 71 } }]);
    expect(clustersIn(asked)).toEqual(['c3', 'c7']);
    expect(inventory.clusterOf('c7:2')).toEqual(inventory.clusterOf('c3:1'));
  });

  const clustersIn = (keys: readonly string[]) =>
    [...new Set(keys.map((key) => key.replace(/:.*/, '')))].toSorted();
});

describe('a replaced primary', () => {
  const replacement = { by: 'b:1', recovery: '1:f00', at: readAt } as const;
  const look = (key: InstanceKey, server: Server | null, at = readAt): Observation => ({
    ...seen,
    key,
    at,
    ...(server === null ? { outcome: 'failed', echo: 'refused', error: 'no' } : {}),
    server: server === null ? null : { ...server, serverId: key.charCodeAt(0) },
  });
  /** b has been promoted in the place of a, which c still follows. */
  async function failedOver(journal: Journal = memoryJournal()) {
    const inventory = anInventory(journal);
    const before = [
      look('a:1', primary('a:1').server),
      look('b:1', replica('b:1', 'a:1').server),
      look('c:1', replica('c:1', 'a:1').server),
    ];
    inventory.learn(before);
    const { id = '' } = inventory.clusterOf('a:1') ?? {};
    inventory.learn([look('a:1', null, readAt + 1), look('b:1', primary('b:1').server, readAt + 1)]);
    inventory.replace('a:1', replacement);
    return { inventory, id };
  }

  it('stays in its cluster, which its successor leads, when it comes back with all its replicas', async () => {
    const { inventory, id } = await failedOver();
    inventory.learn([look('a:1', primary('a:1').server, readAt + 2)]);
    expect(inventory.clusters).toMatchObject([{ id, name: 'b:1' }]);
    expect(inventory.members(id).map(({ key }) => key)).toEqual(['a:1', 'b:1', 'c:1']);
  });

  it('is one no longer when it follows somebody', async () => {
    const { inventory, id } = await failedOver();
    inventory.learn([look('a:1', replica('a:1', 'b:1').server, readAt + 2)]);
    expect(inventory.find('a:1')).toMatchObject({ replaced: null, clusterName: 'b:1', depth: 1 });
    expect(inventory.clusterOf('a:1')?.id).toBe(id);
  });

  it('is one still while it tries in vain to follow', async () => {
    const { inventory } = await failedOver();
    const stuck = replica('a:1', 'b:1', { replication: { ioThread: 'stopped' } }).server;
    inventory.learn([look('a:1', stuck, readAt + 2)]);
    expect(inventory.find('a:1')?.replaced).toEqual(replacement);
  });

  it('leads its cluster again when its successor follows it', async () => {
    const { inventory, id } = await failedOver();
    inventory.learn([
      look('a:1', primary('a:1').server, readAt + 2),
      look('b:1', replica('b:1', 'a:1').server, readAt + 2),
    ]);
    expect(inventory.find('a:1')?.replaced).toBeNull();
    expect(inventory.clusters).toMatchObject([{ id, name: 'a:1' }]);
  });

  it('leads its cluster again when its successor is forgotten', async () => {
    const { inventory } = await failedOver();
    inventory.forget('b:1');
    inventory.learn([look('a:1', primary('a:1').server, readAt + 2)]);
    expect(inventory.clusters).toMatchObject([{ name: 'a:1' }]);
  });

  it('is a cluster of its own when a person says so', async () => {
    const { inventory, id } = await failedOver();
    inventory.learn([look('a:1', primary('a:1').server, readAt + 2)]);
    inventory.split('a:1');
    expect(inventory.clusterOf('a:1')?.name).toBe('a:1');
    expect(inventory.clusterOf('a:1')?.id).not.toBe(id);
    expect(inventory.cluster(id).name).toBe('b:1');
  });

  it('is known for one after a restart', async () => {
    const journal = memoryJournal();
    await (await failedOver(journal)).inventory.settled();
    const after = anInventory(journal);
    await after.load();
    expect(after.replaced).toEqual(['a:1']);
    expect(after.clusters).toMatchObject([{ name: 'b:1' }]);
  });

  it('was replaced by whoever has replaced its successor', async () => {
    const { inventory } = await failedOver();
    inventory.replace('b:1', { ...replacement, by: 'c:1' });
    expect(inventory.successorOf('a:1')).toBe('c:1');
  });
});
