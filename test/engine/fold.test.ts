import { describe, expect, it } from 'vitest';
import { absorbEntry, begin, Divergence, sentenceOf, stateOf } from '../../src/engine/fold.ts';
import type { Entry } from '../../src/engine/record.ts';
import { toy } from './toy.ts';

const asked = (step: string): Entry => ({ kind: 'asked', step, state: '', sentence: '', input: {} });
const answered = (step: string, to: number, value: unknown): Entry => ({
  kind: 'answered',
  step,
  to,
  answer: { kind: 'ok', value },
});

function foldOf(...entries: readonly Entry[]) {
  return entries.reduce(
    (folding, entry, at) => absorbEntry(folding, { ...entry, seq: at + 1 }),
    begin(toy, { litres: 1 }),
  );
}

const toStanding = [
  asked('fill'),
  answered('fill', 1, { litres: 2 }),
  asked('heat'),
  answered('heat', 3, { degrees: 100 }),
];

describe('a fold of records (rule 1)', () => {
  it('begins with what the machine wants first', () => {
    const folding = foldOf();
    expect(stateOf(folding)).toBe('filling');
    expect([...folding.wants.values()]).toMatchObject([{ step: 'fill', asked: null, input: { litres: 1 } }]);
  });

  it('gives the state, its sentence and what it wants after any of them', () => {
    const folding = foldOf(...toStanding.slice(0, 3));
    expect(stateOf(folding)).toBe('heating');
    expect(sentenceOf(folding)).toBe('Heat the water.');
    expect([...folding.wants.values()]).toMatchObject([{ step: 'heat', asked: 3, input: { litres: 2 } }]);
  });

  it('is the same however often it is made', () => {
    expect(foldOf(...toStanding).snapshot.value).toEqual(foldOf(...toStanding).snapshot.value);
  });

  it('leaves the folding it began from as it was', () => {
    const before = foldOf(asked('fill'));
    absorbEntry(before, { ...answered('fill', 1, { litres: 2 }), seq: 2 });
    expect(stateOf(before)).toBe('filling');
    expect(before.wants.size).toBe(1);
  });

  it('has a timer without a date until the journal has one', () => {
    expect([...foldOf(...toStanding).timers.values()]).toMatchObject([{ delayMs: 10_000, due: null }]);
    const [id = ''] = foldOf(...toStanding).timers.keys();
    const timed = foldOf(...toStanding, { kind: 'timer', id, due: 12_345 });
    expect([...timed.timers.values()]).toMatchObject([{ due: 12_345 }]);
    expect(stateOf(foldOf(...toStanding, { kind: 'timer', id, due: 12_345 }, { kind: 'fired', id }))).toBe(
      'pouring',
    );
  });

  it('asks anew after a resumption what had been asked before', () => {
    const folding = foldOf(asked('fill'), { kind: 'resumed', because: '' });
    expect([...folding.wants.values()]).toMatchObject([{ step: 'fill', asked: null }]);
  });

  it('does not hear the answer to an asking that was left (rule 9)', () => {
    const left = [...toStanding.slice(0, 3), { kind: 'said', event: 'stop', who: 'maria', why: '' } as const];
    expect(stateOf(foldOf(...left))).toBe('emptying');
    expect(stateOf(foldOf(...left, answered('heat', 3, { degrees: 100 })))).toBe('emptying');
  });

  it('does not hear the answer of a life before to what was asked anew', () => {
    const entries = [asked('fill'), { kind: 'resumed', because: '' } as const, asked('fill')];
    expect(stateOf(foldOf(...entries, answered('fill', 1, { litres: 9 })))).toBe('filling');
    expect(stateOf(foldOf(...entries, answered('fill', 3, { litres: 9 })))).toBe('heating');
  });
});

describe('records that the machine did not ask for (rule 5)', () => {
  it.each<[string, Entry[]]>([
    ['a step asked out of turn', [asked('pour')]],
    ['an answer to nothing', [answered('fill', 1, { litres: 2 })]],
    ['a timer that there is not', [{ kind: 'timer', id: 'x', due: 1 }]],
    ['a firing of it', [{ kind: 'fired', id: 'x' }]],
  ])('part ways with it: %s', (_, entries) => {
    expect(() => foldOf(...entries)).toThrow(Divergence);
  });
});
