import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chosenCells, resultOf, serversOfStage, titleOf } from '../../bench/soak/matrix.ts';
import { Stage } from '../../bench/soak/stage.ts';
import type { Flavour } from '../../src/sandbox/server-package.ts';
import { flavoursHere } from './flavours.ts';

/**
 * Baton's promises held against real servers of a flavour: each kind of recovery with each trouble, two and two. The whole is
 * `npm run soak -- matrix`. Needs dist, for controllers are processes.
 */
export async function playMatrix(flavour: Flavour): Promise<void> {
  const flavours = await flavoursHere();
  // Which cells show the others depends on all that are here.
  const cells = chosenCells(flavours).filter((cell) => cell.flavour === flavour);
  describe.runIf(flavours.includes(flavour))(`a cluster of ${flavour}`, () => {
    let stage: Stage;
    beforeAll(async () => {
      stage = await Stage.make(flavour, serversOfStage);
    });
    afterAll(() => stage.strike());

    it.each(cells.map((cell) => [titleOf(cell), cell] as const))(
      'keeps every promise (P1, P2, P3, P4, P9): %s',
      async (_, cell) => {
        const { wrong } = await resultOf(stage, cell);
        expect(wrong).toEqual([]);
      },
    );
  });
}
