import { expect, it } from 'vitest';
import { live } from './chaos.ts';

/** As many as a few seconds allow; CHAOS_LIVES asks for more. */
const lives = Number(process.env['CHAOS_LIVES'] ?? 100);
const first = Number(process.env['CHAOS_FIRST'] ?? 1);

it(`keeps its promises in ${lives} lives full of faults and deaths`, { timeout: lives * 1_000 }, async () => {
  for (let seed = first; seed < first + lives; seed += 1) {
    const { world, breaches, happened } = await live(seed);
    expect(breaches, `seed ${seed}:\n${happened.join('\n')}`).toEqual([]);
    // Nobody has written on a replica in any of them.
    const trees = world.controller?.clusters().map(({ tree }) => tree);
    expect(trees?.join('\n'), `seed ${seed}`).not.toContain('GTID:errant');
  }
});
