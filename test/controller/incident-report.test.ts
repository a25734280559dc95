import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Narrator } from '../../src/simulation/narrator.ts';

it('an incident has what other systems told of the host that failed, though that host is in another cluster now', async () => {
  const narrator = new Narrator(() => setImmediate());
  for (const command of [
    'fleet a b<a c<a',
    'start',
    'signal a up',
    'tick 2',
    'kill a',
    'signal a lost fencing',
  ])
    await narrator.obey(command);
  await narrator.obey('tick 4');
  await narrator.obey('signal a fenced');
  await narrator.obey('tick 60');
  const { controller } = narrator.world;
  const [recovery] = (await controller?.recoveries(1)) ?? [];
  expect(recovery).toMatchObject({ failed: 'a:3306', endedAt: expect.any(String) });
  const told = await controller?.incident(recovery?.uid ?? '');
  expect(told?.signals.map(({ because }) => because)).toEqual(
    expect.arrayContaining(['node a is lost', 'node a is up']),
  );
});
