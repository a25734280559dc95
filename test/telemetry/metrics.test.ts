import { expect, it } from 'vitest';
import { createMetrics } from '../../src/telemetry/metrics.ts';

const run = { workflow: 'recovery', state: 'recovered', cluster: 'shop', tookMs: 1_500 };
const verdict = (says: 'nothing-lost' | 'at-most' | 'unknown', count: number | null) => ({
  says,
  count,
  because: '',
  missing: '',
});

it('counts what changes of primary have cost the data (P8)', async () => {
  const metrics = createMetrics();
  metrics.ended({ ...run, dataVerdict: verdict('at-most', 3) });
  metrics.ended({ ...run, cluster: 'billing', dataVerdict: verdict('nothing-lost', null) });
  metrics.ended({ ...run, workflow: 'mending', state: 'mended', dataVerdict: null });
  const text = await metrics.text();
  expect(text).toContain('baton_runs_ended_total{workflow="recovery",state="recovered",cluster="shop"} 1');
  expect(text).toContain('baton_data_verdicts_total{cluster="shop",says="at-most"} 1');
  expect(text).toContain('baton_transactions_lost_at_most{cluster="shop"} 3');
  expect(text).toContain('baton_transactions_lost_at_most{cluster="billing"} 0');
  expect(text).toContain('baton_run_seconds_bucket{le="2",workflow="recovery"} 2');
});

it('has no number for a loss that nobody can know', async () => {
  const metrics = createMetrics();
  metrics.ended({ ...run, dataVerdict: verdict('at-most', 3) });
  metrics.ended({ ...run, dataVerdict: verdict('unknown', null) });
  expect(await metrics.text()).not.toContain('baton_transactions_lost_at_most{');
});
