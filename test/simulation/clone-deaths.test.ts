import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { named } from '../../src/simulation/names.ts';
import { World } from '../../src/simulation/world.ts';
import { rejoin } from '../../workflows/rejoin.ts';

const [a, b, c] = [named('a'), named('b'), named('c')];

/** A replaced primary with writes of its own waits for a person. */
async function offered() {
  const world = new World(() => setImmediate(), { flavour: 'mysql' });
  world.config = {
    ...world.config,
    RebuildBy: 'clone',
    CloneRestartedBy: 'supervisor',
    DetectionConfirmMilliseconds: 0,
  };
  world.fleet.add(a, null);
  for (const name of [b, c]) world.fleet.add(name, a);
  for (let written = 0; written < 5; written += 1) world.fleet.write(a);
  await world.start();
  world.fleet.kill(a);
  await world.clock.advance(500);
  world.fleet.restart(a);
  world.fleet.stray(a);
  await world.clock.advance(500);
  return world;
}

/** It is asked for, the controller dies after so many more records, and the supervisor starts what has stopped. */
async function cloned(records: number) {
  const world = await offered();
  let copies = 0;
  world.fleet.onStatement((_, words) => (copies += words.startsWith('CLONE') ? 1 : 0));
  world.dieAfter(records);
  const asked = { by: 'ann', why: 'a test', rebuilds: true };
  await world.controller?.rejoins.begin(a, asked).catch(() => {});
  await world.clock.advance(200);
  const hasDied = world.controller === null;
  if (hasDied) await world.start();
  await world.clock.advance(2_500);
  if (!world.fleet.server(a).alive) world.fleet.restart(a);
  await world.clock.advance(1_500);
  const isLater = !hasDied && world.controller === null;
  world.dieAfter(Number.POSITIVE_INFINITY);
  if (isLater) await world.start();
  await world.clock.advance(2_000);
  return { world, copies, hasDied: hasDied || isLater };
}

it('a clone is made once and its server follows in the end, whatever record the controller dies after (P2, P4)', async () => {
  let deaths = 0;
  for (let records = 2; ; records += 1) {
    const { world, copies, hasDied } = await cloned(records);
    if (!hasDied) break;
    deaths += 1;
    const { readOnly, replication, executed } = world.fleet.server(a);
    const [last] = await world.journal.list({ workflow: rejoin.name, limit: 1 });
    expect({ records, copies, readOnly, source: replication?.source, state: last?.end?.state }).toEqual({
      records,
      copies: 1,
      readOnly: true,
      source: b,
      state: 'rejoined',
    });
    expect([...executed]).toEqual([...world.fleet.server(b).executed]);
    expect([...world.files.values()].join()).toContain('has 1 of 1');
    expect(world.fleet.writable(a)).toEqual([b]);
  }
  expect(deaths).toBeGreaterThan(15);
});
