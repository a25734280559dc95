import { hasSucceeded } from '../../workflows/acting.ts';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Meter } from '../engine/ports.ts';
import type { Metrics, Standing } from './metrics.ts';

/** Which of its words a workflow was called by. */
const types: Readonly<Record<string, string>> = {
  recovery: 'DeadMaster',
  takeover: 'GracefulMasterTakeover',
  relocation: 'DeadIntermediateMaster',
};

/** The six figures of ProxySQL’s fork of orchestrator (4.0), so that its dashboards go on. */
export function orchestratorFigures(registry: Registry): {
  ended: Meter['ended'];
  probed(probe: Omit<Parameters<Metrics['probed']>[0], 'tookMs'>): void;
  stand(standing: Standing): void;
} {
  const registers = [registry];
  const discoveries = new Counter({
    name: 'orchestrator_discoveries_total',
    help: 'Full readings of instances.',
    registers,
  });
  const errors = new Counter({
    name: 'orchestrator_discovery_errors_total',
    help: 'Full readings of instances that gave nothing.',
    registers,
  });
  const instances = new Gauge({
    name: 'orchestrator_instances_total',
    help: 'Instances that are known.',
    registers,
  });
  const clusters = new Gauge({
    name: 'orchestrator_clusters_total',
    help: 'Clusters that are known.',
    registers,
  });
  const recoveries = new Counter({
    name: 'orchestrator_recoveries_total',
    help: 'Recoveries that have ended.',
    labelNames: ['type', 'result'] as const,
    registers,
  });
  const took = new Histogram({
    name: 'orchestrator_recovery_duration_seconds',
    help: 'How long recoveries took.',
    buckets: [1, 5, 10, 30, 60, 120, 300],
    registers,
  });
  return {
    ended({ workflow, state, tookMs }) {
      const type = types[workflow];
      if (type === undefined) return;
      recoveries.inc({
        type,
        result: hasSucceeded(state) || state.startsWith('relocated') ? 'success' : 'failure',
      });
      took.observe(tookMs / 1_000);
    },
    probed({ kind, answered }) {
      if (kind !== 'look') return;
      discoveries.inc();
      if (!answered) errors.inc();
    },
    stand(standing) {
      instances.set(standing.instances.length);
      clusters.set(standing.clusters.length);
    },
  };
}
