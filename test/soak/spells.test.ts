import { describe, expect, it } from 'vitest';
import { isByBaton, overlapsOf, type Sample, spellsOf } from '../../bench/soak/spells.ts';

const [one, two] = ['a:1', 'b:2'] as const;
const said = (server: Sample['server'], asked: number, writable: boolean | null): Sample => ({
  server,
  asked,
  answered: asked + 1,
  writable,
});

describe('the checker of writable servers', () => {
  it('counts a spell from the first answer to the last question that was answered so', () => {
    const samples = [said(one, 0, false), said(one, 20, true), said(one, 40, true), said(one, 60, null)];
    expect(spellsOf(samples)).toEqual([{ server: one, from: 21, to: 40 }]);
  });

  it('sees no overlap where one began when the other had ended', () => {
    const samples = [said(one, 0, true), said(one, 20, true), said(one, 40, false), said(two, 41, true)];
    expect(overlapsOf(spellsOf([...samples, said(two, 61, true)]))).toEqual([]);
  });

  const both = [said(one, 0, true), said(two, 30, true), said(one, 50, true), said(two, 60, true)];

  it('sees two at once', () => {
    const [overlap] = overlapsOf(spellsOf(both));
    expect(overlap).toMatchObject({ from: 31, to: 50, first: { server: one }, second: { server: two } });
  });

  it('blames Baton where it ordered the second when the first had said that it takes writes', () => {
    const [overlap] = overlapsOf(spellsOf(both));
    expect(overlap !== undefined && isByBaton(overlap, [{ server: two, at: 25 }])).toBe(true);
  });

  it.each([
    ['it ordered so before the first one came back', { server: two, at: 0 }],
    ['its order was about another', { server: one, at: 25 }],
    ['its order came later', { server: two, at: 40 }],
  ])('does not blame Baton where %s', (_, opened) => {
    const [overlap] = overlapsOf(spellsOf(both));
    expect(overlap !== undefined && isByBaton(overlap, [opened])).toBe(false);
  });
});
