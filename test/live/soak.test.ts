import { expect, it, onTestFinished } from 'vitest';
import { playKills } from '../../bench/soak/kills.ts';
import { Stage } from '../../bench/soak/stage.ts';
import { flavoursHere } from './flavours.ts';

/** The short form of `npm run soak -- kills`. Needs dist, for controllers are processes. */
it.runIf((await flavoursHere()).includes('mariadb'))(
  'ten failovers in a row of one cluster of five all end as they should, whatever else dies meanwhile (P2, P3, P4)',
  async () => {
    const stage = await Stage.make('mariadb', 5);
    onTestFinished(() => stage.strike());
    const rounds = await playKills(stage, { rounds: 10, seed: 20_261_122, tell: () => {} });
    expect(rounds.flatMap(({ wrong }) => wrong)).toEqual([]);
    expect(rounds).toHaveLength(10);
  },
  400_000,
);
