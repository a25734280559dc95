import { expect, it } from 'vitest';
import type { Stand } from '../../src/analysis/advice/explain.ts';
import { foldGates, sinceOf } from '../../src/controller/gate-history.ts';

const stand = (gate: string, state: Stand['state']): Stand => ({ gate, state, because: 'it is so' });

it('a gate stands since it changed, and where nobody saw that, at least since it was first asked', () => {
  let history = foldGates(new Map(), 'shop', [stand('filter', 'open'), stand('recent', 'shut')], 1_000);
  history = foldGates(history, 'shop', [stand('filter', 'open'), stand('recent', 'open')], 2_000);
  history = foldGates(history, 'shop', [stand('filter', 'open'), stand('recent', 'open')], 3_000);
  expect(sinceOf(history, 'shop', 'filter')).toEqual({ state: 'open', at: 1_000, atLeast: true });
  expect(sinceOf(history, 'shop', 'recent')).toEqual({ state: 'open', at: 2_000, atLeast: false });
  expect(sinceOf(history, 'crm', 'filter')).toBeNull();
});
