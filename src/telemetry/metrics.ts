import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Meter } from '../engine/ports.ts';

/** Counts for Prometheus, since this process began. */
export interface Metrics extends Meter {
  /** In Prometheus’ text format. */
  text(): Promise<string>;
}

/** From a takeover that nobody noticed to a recovery that waits for a person. */
const seconds = [0.5, 1, 2, 5, 10, 30, 60, 300, 900, 3_600];

export function createMetrics(): Metrics {
  const registers = [new Registry()];
  const [registry] = registers as [Registry];
  const ended = new Counter({
    name: 'baton_runs_ended_total',
    help: 'Runs that have ended, by what they were and how they ended.',
    labelNames: ['workflow', 'state', 'cluster'] as const,
    registers,
  });
  const took = new Histogram({
    name: 'baton_run_seconds',
    help: 'From the opening of a run to its end, controllers that died in between included.',
    labelNames: ['workflow'] as const,
    buckets: seconds,
    registers,
  });
  const verdicts = new Counter({
    name: 'baton_data_verdicts_total',
    help: 'What changes of primary have cost the data: nothing-lost, at-most, unknown.',
    labelNames: ['cluster', 'says'] as const,
    registers,
  });
  const lost = new Gauge({
    name: 'baton_transactions_lost_at_most',
    help: 'How many transactions the last change of primary has lost at most; absent where nobody can know.',
    labelNames: ['cluster'] as const,
    registers,
  });
  return {
    ended({ workflow, state, cluster, tookMs, dataVerdict }) {
      ended.inc({ workflow, state, cluster });
      took.observe({ workflow }, tookMs / 1_000);
      if (dataVerdict === null) return;
      verdicts.inc({ cluster, says: dataVerdict.says });
      const atMost = dataVerdict.says === 'nothing-lost' ? 0 : dataVerdict.count;
      if (dataVerdict.says === 'unknown' || atMost === null) lost.remove({ cluster });
      else lost.set({ cluster }, atMost);
    },
    text: () => registry.metrics(),
  };
}
