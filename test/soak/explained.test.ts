import { describe, expect, it } from 'vitest';
import type { Happened } from '../../bench/soak/controller.ts';
import { type HeldRun, toldOf, unexplainedHold } from '../../bench/soak/explained.ts';

const held =
  '1 replica (c:1) acknowledged what a:1 committed and cannot be read; the only copy of a transaction may be there';
const run: Omit<HeldRun, 'reason'> = {
  workflow: 'recovery',
  state: 'failed',
  dead: 'c:1',
  happened: [],
};

describe('A cell in which a server died', () => {
  it('is held for the sentence of P8 that names the dead one, and for nothing else', () => {
    expect(unexplainedHold({ ...run, reason: held })).toBeNull();
    expect(unexplainedHold({ ...run, reason: 'c:1 refuses connections' })).toContain('something else');
    expect(unexplainedHold({ ...run, reason: held, dead: 'b:1' })).toContain('something else');
  });

  it('is held where the dead one was chosen to be promoted, whatever it said last', () => {
    const happened = [answered('recovery', { successor: 'c:1' })];
    expect(unexplainedHold({ ...run, happened, reason: 'c:1 no longer answers' })).toBeNull();
  });

  it('is held where nobody but the dead one may take over', () => {
    const reason = 'c:1 is the other co-primary, and is none of the replicas that could be reached';
    expect(unexplainedHold({ ...run, reason })).toBeNull();
    expect(unexplainedHold({ ...run, reason, dead: 'b:1' })).toContain('something else');
  });

  it('may end otherwise, and a takeover be held for whoever does not follow', () => {
    expect(unexplainedHold({ ...run, state: 'recovered', reason: '' })).toBeNull();
    expect(unexplainedHold({ ...run, workflow: 'takeover', reason: 'c:1 does not follow' })).toBeNull();
    expect(unexplainedHold({ ...run, workflow: 'relocation', reason: 'nobody needs one' })).toBeNull();
  });
});

describe('What a replaced primary alone has', () => {
  const because = 'a:1 has 3 transactions that b:1 lacks';

  it('is told by the run that deals with it, and the most that was told counts', () => {
    const told = [1, 3].map((count) => answered('returning', { errant: '0-1-5', count, because }));
    expect(toldOf(told, 'a:1')).toBe(3);
    expect(toldOf(told, 'z:1')).toBeNull();
  });

  it('is not told by another run, nor where nobody could count it', () => {
    expect(toldOf([answered('rejoin', { errant: '0-1-5', count: 3, because })], 'a:1')).toBeNull();
    expect(toldOf([answered('returning', { errant: '', count: null, because })], 'a:1')).toBeNull();
  });
});

function answered(workflow: string, value: unknown): Happened {
  const record = {
    kind: 'answered',
    step: 'any',
    to: 1,
    seq: 2,
    at: 0,
    token: 0,
    answer: { kind: 'ok', value },
  };
  return { uid: workflow, workflow, record: record as Happened['record'] };
}
