import { afterAll, describe, expect, it } from 'vitest';
import { chosenCells, resultOf, serversOfStage, titleOf } from '../../bench/soak/matrix.ts';
import { Stage } from '../../bench/soak/stage.ts';
import { flavoursHere } from './flavours.ts';

/**
 * Baton's promises held against real servers: each kind of recovery with each trouble, two and two. The whole is
 * `npm run soak -- matrix`. Needs dist, for controllers are processes.
 */
const flavours = await flavoursHere();
const cells = chosenCells(flavours);

describe.each(flavours)('a cluster of %s', (flavour) => {
  const stage = Stage.make(flavour, serversOfStage);
  afterAll(async () => (await stage).strike());

  it.each(cells.filter((cell) => cell.flavour === flavour).map((cell) => [titleOf(cell), cell] as const))(
    'keeps every promise (P1, P2, P3, P4, P9): %s',
    async (_, cell) => {
      const { wrong } = await resultOf(await stage, cell);
      expect(wrong).toEqual([]);
    },
  );
});
