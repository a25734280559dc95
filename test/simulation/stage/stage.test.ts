import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { memoryJournal } from '../../../src/journal/memory.ts';
import { type Script, scriptOf } from '../../../src/simulation/stage/script.ts';
import { Stage } from '../../../src/simulation/stage/stage.ts';

const breathe = () => setImmediate();
const begins = Date.UTC(2026, 5, 1);
const failover = scriptOf(
  'failover',
  `# A primary dies.
# Another takes over.
fleet a b<a c<a

start

tick 3
----
nothing happens

kill a

tick 8
`,
);
const quiet: Script = {
  name: 'quiet',
  title: 'Nothing happens.',
  commands: ['fleet x y<x', 'start', 'tick 1'],
};

async function aStage(first = failover): Promise<Stage> {
  const ports = { breathe, now: () => begins, journal: memoryJournal, seed: 1, scripts: [failover, quiet] };
  const stage = new Stage(ports, first);
  await stage.begin();
  return stage;
}

const primary = (stage: Stage) => stage.controller.clusters()[0]?.name;
const said = (stage: Stage) => stage.report(0).lines.map(({ text }) => text);

it('reads a story for what is done in it, under its own first words', () => {
  expect(failover).toEqual({
    name: 'failover',
    title: 'A primary dies. Another takes over.',
    commands: ['fleet a b<a c<a', 'start', 'tick 3', 'kill a', 'tick 8'],
  });
});

it('plays a story as its time passes, each tick as long as it says', async () => {
  const stage = await aStage();
  await stage.pass(2_900);
  expect(stage.report(0)).toMatchObject({ given: 3, isOver: false, at: 2_901 });
  expect(primary(stage)).toBe('a:3306');
  await stage.pass(8_200);
  expect(stage.report(0)).toMatchObject({ given: 5, isOver: true, controller: 'lives' });
  expect(primary(stage)).toBe('b:3306');
  expect(await stage.controller.recoveries(10)).toMatchObject([{ kind: 'recovery', state: 'recovered' }]);
});

it('goes on living when its story is over, and does what a person says', async () => {
  const stage = await aStage(quiet);
  await stage.pass(2_000);
  expect(stage.report(0).isOver).toBe(true);
  await stage.control({ do: 'say', command: 'kill x' });
  await stage.pass(6_000);
  expect(primary(stage)).toBe('y:3306');
  expect(stage.report(0).servers).toEqual([
    { instance: 'x:3306', state: 'dead', takesWrites: false },
    { instance: 'y:3306', state: 'alive', takesWrites: true },
  ]);
});

it('waits with its story for somebody who looks', async () => {
  const stage = await aStage();
  stage.awaitVisitor();
  await stage.pass(60_000);
  expect(stage.report(0)).toMatchObject({ given: 2, at: 1 });
  await stage.pass(4_000);
  expect(stage.report(0).given).toBeGreaterThan(3);
});

it('says what a person cannot do, and goes on', async () => {
  const stage = await aStage(quiet);
  for (const command of ['explode x', 'kill nobody', 'constructor'])
    await stage.control({ do: 'say', command });
  expect(said(stage).filter((text) => text.startsWith('cannot be done'))).toEqual([
    'cannot be done: a story cannot say "explode"',
    'cannot be done: there is no server nobody:3306 in this fleet',
    'cannot be done: a story cannot say "constructor"',
  ]);
});

it('stands still while it is paused, and still answers who looks at servers', async () => {
  const stage = await aStage(quiet);
  await stage.pass(2_000);
  await stage.control({ do: 'pause' });
  const { at } = stage.report(0);
  await stage.pass(5_000);
  expect(stage.report(0).at).toBe(at);
  const asking = stage.controller.requests.previewTakeover('y:3306' as never, {
    to: null,
    auto: true,
    by: 'ann',
    why: 'to see',
  });
  for (let beats = 0; beats < 50; beats += 1) await stage.pass(20);
  expect((await asking).gates.length).toBeGreaterThan(0);
});

it('steps from one thing that happens to the next', async () => {
  const stage = await aStage();
  await stage.pass(3_000);
  await stage.control({ do: 'pause' });
  const { next } = stage.report(0);
  await stage.control({ do: 'step' });
  const { lines } = stage.report(next);
  expect(lines.map(({ by, text }) => `${by}: ${text}`)).toEqual([
    'script: kill a',
    'controller: the connection to a:3306 has ended; looking at it and at its replicas',
  ]);
  expect(stage.report(0).isPaused).toBe(true);
});

it('lets time pass as fast as it is told', async () => {
  const stage = await aStage(quiet);
  const { at } = stage.report(0);
  await stage.control({ do: 'speed', speed: 0.1 });
  for (let beats = 0; beats < 50; beats += 1) await stage.pass(7);
  await stage.control({ do: 'speed', speed: 10 });
  await stage.pass(10);
  expect(stage.report(0).at).toBe(at + 35 + 100);
});

it('plays another story in another world, whose runs are numbered on', async () => {
  const stage = await aStage();
  await stage.pass(10_000);
  const before = await stage.pages.extent();
  await stage.control({ do: 'play', story: 'quiet' });
  await stage.begin();
  expect(primary(stage)).toBe('x:3306');
  expect(await stage.controller.recoveries(10)).toEqual([]);
  expect(await stage.pages.extent()).toEqual(before);
  await stage.control({ do: 'say', command: 'kill x' });
  await stage.pass(6_000);
  const [head] = await stage.pages.heads(before.runs, 10);
  expect(head?.number).toBe(before.runs + 1);
  await expect(stage.control({ do: 'play', story: 'none' })).rejects.toMatchObject({ code: 'usage' });
});

it('says that nobody is there while the controller is dead, until another is started', async () => {
  const stage = await aStage(quiet);
  await stage.control({ do: 'say', command: 'die' });
  expect(stage.report(0).controller).toBe('dead');
  expect(() => stage.controller.clusters()).toThrow('the pretended controller is dead');
  await stage.control({ do: 'say', command: 'start' });
  expect(primary(stage)).toBe('x:3306');
});

it('lets chance strike by a seed', async () => {
  const struck = async () => {
    const stage = await aStage(quiet);
    await stage.control({ do: 'faults', on: true });
    for (let beats = 0; beats < 40; beats += 1) await stage.pass(1_000);
    return said(stage);
  };
  const [once, again] = [await struck(), await struck()];
  expect(once).toEqual(again);
  expect(once.length).toBeGreaterThan(20);
});

it('records a story beside the stage, to its end and no longer', async () => {
  const stage = await aStage(quiet);
  const recordings = await stage.recorded('failover');
  expect(recordings.map(({ opening }) => opening.workflow)).toEqual(['detection', 'recovery']);
  expect(recordings[1]?.records.at(-1)).toMatchObject({ kind: 'ended', state: 'recovered' });
  expect(await stage.pages.extent()).toEqual({ runs: 0, anchors: 0 });
});
