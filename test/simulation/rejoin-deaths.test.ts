import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { named } from '../../src/simulation/names.ts';
import { World } from '../../src/simulation/world.ts';
import { rejoin } from '../../workflows/rejoin.ts';

/** A replaced primary comes back, and the controller dies after so many more records. */
async function returned({ records }: { records: number }) {
  const world = new World(() => setImmediate());
  world.config = { ...world.config, RejoinReplacedPrimary: 'automatic' };
  world.fleet.add(named('a'), null);
  for (const name of ['b', 'c']) world.fleet.add(named(name), named('a'));
  for (let written = 0; written < 5; written += 1) world.fleet.write(named('a'));
  await world.start();
  world.fleet.kill(named('a'));
  await world.clock.advance(3_000);
  world.dieAfter(records);
  world.fleet.restart(named('a'));
  await world.clock.advance(3_000);
  const hasDied = world.controller === null;
  world.dieAfter(Number.POSITIVE_INFINITY);
  if (hasDied) await world.start();
  await world.clock.advance(10_000);
  return { world, hasDied };
}

it('a replaced primary follows its successor in the end, whatever record the controller dies after (P2)', async () => {
  let deaths = 0;
  for (let records = 1; ; records += 1) {
    const { world, hasDied } = await returned({ records });
    if (!hasDied) break;
    deaths += 1;
    const { readOnly, replication } = world.fleet.server(named('a'));
    expect({ records, readOnly, source: replication?.source }).toEqual({
      records,
      readOnly: true,
      source: named('b'),
    });
    expect(world.fleet.writable(named('a'))).toEqual([named('b')]);
    const [last] = await world.journal.list({ workflow: rejoin.name, limit: 1 });
    expect({ records, state: last?.end?.state }).toEqual({ records, state: 'rejoined' });
  }
  expect(deaths).toBeGreaterThan(15);
});
