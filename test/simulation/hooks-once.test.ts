import { expect, it } from 'vitest';
import { configuredHook } from '../hooks/facts.ts';
import { World } from '../../src/simulation/world.ts';

const breathe = () => new Promise<void>((resume) => setImmediate(resume));
const hooks = ['drain', 'move-the-name', 'page'];

type Stage = 'PreFailoverProcesses' | 'PostFailoverProcesses';

/**
 * A dead primary, whose controller dies as it is told; how often each hook was started when another
 * controller has brought the recovery to its end. Null where none died.
 */
async function startsOf(
  stage: Stage,
  { takesMs = 10, forgets = false }: { takesMs?: number; forgets?: boolean },
  die: (world: World) => Promise<void>,
): Promise<number[] | null> {
  const world = new World(breathe);
  world.fleet.add('a:1', null);
  world.fleet.add('b:1', 'a:1');
  world.config = { ...world.config, [stage]: hooks.map((command) => configuredHook(command)) };
  world.hooks.behave(stage, { takesMs });
  await world.start();
  world.fleet.write('a:1');
  await world.clock.advance(1_000);
  world.fleet.kill('a:1');
  await die(world);
  if (world.controller !== null) return null;
  if (forgets) world.hooks.forget();
  await world.start();
  await world.clock.advance(20_000);
  return hooks.map((hook) => world.hooks.started.filter(({ script }) => script === hook).length);
}

it.each(['PreFailoverProcesses', 'PostFailoverProcesses'] as const)(
  'whatever record the controller dies after, each hook of %s is run exactly once (P1, P2)',
  async (stage) => {
    for (let records = 1; ; records += 1) {
      const starts = await startsOf(stage, {}, async (world) => {
        world.dieAfter(records);
        await world.clock.advance(5_000);
      });
      if (starts === null) return expect(records).toBeGreaterThan(30);
      expect({ records, starts }).toEqual({ records, starts: [1, 1, 1] });
    }
  },
);

it.each([
  [false, ['1,1,1']],
  [true, ['1,1,1', '1,1,2', '1,2,1', '2,1,1']],
] as const)(
  'whenever the controller dies while hooks run, only one whose end nobody can know any more is run again (spawner gone: %s)',
  async (forgets, expected) => {
    const seen = new Set<string>();
    for (let atMs = 900; atMs < 2_400; atMs += 100) {
      const starts = await startsOf('PreFailoverProcesses', { takesMs: 300, forgets }, async (world) => {
        await world.clock.advance(atMs);
        world.die();
      });
      seen.add(String(starts));
    }
    expect([...seen].sort()).toEqual(expected);
  },
);
