import { expect, it } from 'vitest';
import { liveBenignly } from './benign.ts';

/** As many as a few seconds allow; CHAOS_LIVES asks for more. */
const lives = Number(process.env['CHAOS_LIVES'] ?? 200);
const first = Number(process.env['CHAOS_FIRST'] ?? 1);

it(`promotes nobody in ${lives} lives in which the primary lives`, { timeout: lives * 1_000 }, async () => {
  for (let seed = first; seed < first + lives; seed += 1) {
    const { breaches, happened } = await liveBenignly(seed);
    expect(breaches, `seed ${seed}:\n${happened.join('\n')}`).toEqual([]);
  }
});
