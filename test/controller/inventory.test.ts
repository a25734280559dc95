import { expect, it } from 'vitest';
import { LiveInventory } from '../../src/controller/inventory.ts';
import type { Journal } from '../../src/engine/ports.ts';
import { memoryJournal } from '../../src/journal/memory.ts';
import { SeededChance } from '../../src/simulation/chance.ts';
import type { Observation } from '../../src/topology/observation.ts';
import { primary, readAt } from '../topology/instances.ts';

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
