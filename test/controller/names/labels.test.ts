import { expect, it } from 'vitest';
import { type Config, defaultConfig } from '../../../src/config/keys.ts';
import { LiveInventory } from '../../../src/controller/inventory.ts';
import { Labels } from '../../../src/controller/names/labels.ts';
import type { InstanceKey } from '../../../src/kernel/instance-key.ts';
import { memoryJournal } from '../../../src/journal/memory.ts';
import { SeededChance } from '../../../src/simulation/chance.ts';
import { VirtualClock } from '../../../src/simulation/clock.ts';
import type { Observation } from '../../../src/topology/observation.ts';
import { primary, readAt, replica } from '../../topology/instances.ts';

/** An inventory and its labels; what servers answer is theirs to change, and who was asked is written down. */
async function aLife(given: Partial<Config>, journal = memoryJournal()) {
  const answers = new Map<string, string | Error>();
  const asked: string[] = [];
  const said: string[] = [];
  const clock = new VirtualClock(async () => {});
  const inventory: LiveInventory = new LiveInventory({
    journal,
    chance: new SeededChance(1),
    aliasOf: (name) => labels.clusterAlias(name),
    onLearned: (keys) => labels.learned(keys),
    onNamed: () => {},
  });
  const labels = new Labels({
    config: { ...defaultConfig, ...given },
    inventory,
    journal,
    clock,
    teller: { tell: () => {}, warn: (sentence) => void said.push(sentence) },
    value: async (key, query) => {
      asked.push(`${key} ${query}`);
      const answer = answers.get(`${key} ${query}`) ?? null;
      if (answer instanceof Error) throw answer;
      return answer;
    },
    signal: new AbortController().signal,
    registered: () => null,
  });
  await inventory.load();
  await labels.load();
  const look = async (...seen: readonly Observation[]) => {
    inventory.learn(seen);
    await labels.settled();
    return asked.splice(0);
  };
  return { answers, said, clock, inventory, look };
}

let moment = readAt;
function seen(
  key: InstanceKey,
  source: InstanceKey | null,
  outcome: 'read' | 'failed' = 'read',
): Observation {
  moment += 1;
  const read = source === null ? primary(key).server : replica(key, source).server;
  const server = read === null ? null : { ...read, hostname: key };
  const known = { key, at: moment, tookMs: 1, echo: 'answered', error: null } as const;
  return { ...known, outcome, server: outcome === 'read' ? server : null };
}

it('an instance is asked when it was first read, once a minute, and when it is back', async () => {
  const { clock, look } = await aLife({ DetectRegionQuery: 'region' });
  expect(await look(seen('a:1', null))).toEqual(['a:1 region']);
  expect(await look(seen('a:1', null))).toEqual([]);
  await clock.advance(60_000);
  expect(await look(seen('a:1', null))).toEqual(['a:1 region']);
  expect(await look(seen('a:1', null, 'failed'))).toEqual([]);
  expect(await look(seen('a:1', null))).toEqual(['a:1 region']);
});

it('a cluster is called by what its primary says, and is still so when another leads it', async () => {
  const queries = { DetectClusterAliasQuery: 'alias', DetectClusterDomainQuery: 'domain' };
  const { answers, inventory, look } = await aLife(queries);
  answers.set('a:1 alias', 'shop').set('a:1 domain', 'shop.example');
  await look(seen('a:1', null), seen('b:1', 'a:1'), seen('c:1', 'a:1'));
  const cluster = inventory.clusterOf('b:1');
  expect(cluster).toMatchObject({ alias: 'shop', domain: 'shop.example' });
  await look(seen('a:1', null, 'failed'), seen('b:1', 'a:1'));
  const asked = await look(seen('b:1', null), seen('c:1', 'b:1'));
  expect(asked).toEqual(['b:1 alias', 'b:1 domain']);
  expect(inventory.clusterOf('b:1')).toEqual({ ...cluster, name: 'b:1' });
});

it('what a dead instance said is known to the next life of the controller', async () => {
  const journal = memoryJournal();
  const queries = { DetectPromotionRuleQuery: 'rule', DetectClusterAliasQuery: 'alias' };
  const before = await aLife(queries, journal);
  before.answers.set('b:1 rule', 'must_not').set('a:1 alias', 'shop');
  await before.look(seen('a:1', null), seen('b:1', 'a:1'));
  await before.inventory.settled();
  const { inventory } = await aLife(queries, journal);
  expect(inventory.find('b:1')?.promotionRule).toBe('must_not');
  expect(inventory.clusterOf('b:1')?.alias).toBe('shop');
  const unasked = await aLife({ DetectRegionQuery: 'region' }, journal);
  expect(unasked.inventory.find('b:1')?.promotionRule).toBe('neutral');
});

it('a query that fails is said once, and once more when it fails after it did not', async () => {
  const { answers, said, clock, inventory, look } = await aLife({ DetectRegionQuery: 'region' });
  const again = async (answer: string | Error) => {
    answers.set('a:1 region', answer);
    await clock.advance(60_000);
    await look(seen('a:1', null));
    return inventory.find('a:1')?.region;
  };
  expect(await again('north')).toBe('north');
  expect(await again(new Error('no such table'))).toBe('north');
  expect(await again(new Error('no such table'))).toBe('north');
  const sentence = 'DetectRegionQuery at a:1 was not answered: no such table; what was known before holds';
  expect(said).toEqual([sentence]);
  expect(await again('')).toBe('');
  await again(new Error('no such table'));
  expect(said).toEqual([sentence, sentence]);
});

it('a query that fails for another reason than before is said again', async () => {
  const { answers, said, clock, look } = await aLife({ DetectPromotionRuleQuery: 'rule' });
  for (const answer of [new Error('denied'), 'prefer_nott', 'prefer_nott']) {
    answers.set('a:1 rule', answer);
    await clock.advance(60_000);
    await look(seen('a:1', null));
  }
  expect(said).toEqual([
    'DetectPromotionRuleQuery at a:1 was not answered: denied; what was known before holds',
    expect.stringContaining('DetectPromotionRuleQuery at a:1 gave "prefer_nott", which is none of'),
  ]);
});
