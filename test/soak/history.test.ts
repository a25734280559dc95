import { describe, expect, it } from 'vitest';
import { broken, type Noted } from '../../bench/soak/history.ts';

const claimed = (uid: string, at: number): Noted => ({ kind: 'claimed', subject: 'shop', uid, at });
const ending = (uid: string, at: number): Noted => ({ kind: 'ending', subject: 'shop', uid, at });

describe('the judge of claims', () => {
  it('finds two runs that held one subject', () => {
    const noted = [claimed('1:a', 1), claimed('2:b', 5), ending('1:a', 6), ending('2:b', 9)];
    expect(broken(noted, [])).toEqual(['two runs held shop at once: 1:a and 2:b']);
  });

  it('takes the end from whoever asked for it first, though one that stood still asks again', () => {
    const noted = [claimed('1:a', 1), ending('1:a', 4), claimed('2:b', 5), ending('1:a', 7)];
    expect(broken(noted, [])).toEqual([]);
  });

  it('does not hold it against a run that its claim was heard of only when another had ended it', () => {
    const noted = [ending('1:a', 4), claimed('2:b', 5), claimed('1:a', 7)];
    expect(broken(noted, [])).toEqual([]);
  });
});
