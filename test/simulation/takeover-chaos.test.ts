import { expect, it } from 'vitest';
import { takeOver } from './takeover-chaos.ts';

/** As many as a few seconds allow; CHAOS_LIVES asks for more. */
const lives = Number(process.env['CHAOS_LIVES'] ?? 60);
const first = Number(process.env['CHAOS_FIRST'] ?? 1);

it(`keeps its promises in ${lives} takeovers in which things go wrong (P3, P9)`, {
  timeout: lives * 1_000,
}, async () => {
  const ends = new Map<string, number>();
  for (let seed = first; seed < first + lives; seed += 1) {
    const { end, breaches, happened } = await takeOver(seed);
    expect(breaches, `seed ${seed} ended ${end}:\n${happened.join('\n')}`).toEqual([]);
    ends.set(end ?? 'never begun', (ends.get(end ?? 'never begun') ?? 0) + 1);
  }
  console.log([...ends].map(([end, count]) => `${end} ${count}`).join(', '));
});
