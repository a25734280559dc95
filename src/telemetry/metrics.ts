import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Meter, Opening } from '../engine/ports.ts';
import type { JournalRecord } from '../engine/record.ts';
import type { Hearer } from './heard-journal.ts';
import { orchestratorFigures } from './orchestrator-figures.ts';
import { Spans } from './spans.ts';

/** How things stand at the moment in which somebody asks. */
export interface Standing {
  readonly isLeader: boolean;
  readonly clusters: readonly { readonly cluster: string; readonly readiness: number }[];
  readonly instances: readonly { readonly cluster: string; readonly answering: boolean }[];
  readonly findings: readonly {
    readonly code: string;
    readonly cluster: string;
    /** `dead`, `alive`, …; empty where nobody was asked. */
    readonly verdict: string;
  }[];
}

/** Counts for Prometheus, since this process began. */
export interface Metrics extends Meter, Hearer {
  /** A sign of life, or a full reading, of an instance. */
  readonly probed: (probe: {
    readonly kind: 'pulse' | 'look';
    readonly tookMs: number;
    readonly answered: boolean;
  }) => void;
  /** In Prometheus’ text format; without a standing, the counts only. */
  text(standing?: Standing): Promise<string>;
}

/** From a takeover that nobody noticed to a recovery that waits for a person. */
const seconds = [0.5, 1, 2, 5, 10, 30, 60, 300, 900, 3_600];
const probeSeconds = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];
const stepSeconds = [0.005, 0.025, 0.1, 0.5, 1, 2, 5, 10, 30, 60, 300];

/** `now` is milliseconds since 1970, by the clock that the journal is written by. */
export function createMetrics(now: () => number = Date.now): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const spans = new Spans();
  const orchestrators = orchestratorFigures(registry);
  const opened = new Counter({
    name: 'baton_runs_opened_total',
    help: 'Runs that have been opened, by what they are.',
    labelNames: ['workflow'] as const,
    registers,
  });
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
  const parts = {
    step: new Histogram({
      name: 'baton_step_seconds',
      help: 'How long steps of runs took, by their outcome: ok, refused, error, abandoned.',
      labelNames: ['name', 'outcome'] as const,
      buckets: stepSeconds,
      registers,
    }),
    hook: new Histogram({
      name: 'baton_hook_seconds',
      help: 'How long hooks took, by their stage and outcome: ok, warning, retry, failure, unknown.',
      labelNames: ['name', 'outcome'] as const,
      buckets: stepSeconds,
      registers,
    }),
    command: new Histogram({
      name: 'baton_command_seconds',
      help: 'How long FenceCommand, RescueCommand and RescueApplyCommand took, by their outcome: ok, failure.',
      labelNames: ['name', 'outcome'] as const,
      buckets: stepSeconds,
      registers,
    }),
  };
  const written = new Histogram({
    name: 'baton_journal_lag_seconds',
    help: 'From the moment of a record to the moment in which it was on disk.',
    buckets: probeSeconds,
    registers,
  });
  const probes = new Histogram({
    name: 'baton_probe_seconds',
    help: 'How long signs of life (pulse) and full readings (look) of instances took.',
    labelNames: ['kind', 'answered'] as const,
    buckets: probeSeconds,
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
  const stand = standingFigures(registry);
  return {
    ended(run) {
      const { workflow, state, cluster, tookMs, dataVerdict } = run;
      ended.inc({ workflow, state, cluster });
      took.observe({ workflow }, tookMs / 1_000);
      orchestrators.ended(run);
      if (dataVerdict === null) return;
      verdicts.inc({ cluster, says: dataVerdict.says });
      const atMost = dataVerdict.says === 'nothing-lost' ? 0 : dataVerdict.count;
      if (dataVerdict.says === 'unknown' || atMost === null) lost.remove({ cluster });
      else lost.set({ cluster }, atMost);
    },
    opened({ workflow }: Opening) {
      opened.inc({ workflow });
    },
    appended(uid: string, record: JournalRecord) {
      written.observe(Math.max(0, now() - record.at) / 1_000);
      const span = spans.take(uid, record);
      if (span === null) return;
      const { kind, name, outcome, from, to } = span;
      parts[kind].observe({ name, outcome }, Math.max(0, to - from) / 1_000);
    },
    probed({ kind, tookMs, answered }) {
      probes.observe({ kind, answered: String(answered) }, tookMs / 1_000);
      orchestrators.probed({ kind, answered });
    },
    async text(standing) {
      if (standing !== undefined) {
        stand(standing);
        orchestrators.stand(standing);
      }
      return registry.metrics();
    },
  };
}

/** What is, rather than what has happened: set anew each time that somebody asks. */
function standingFigures(registry: Registry): (standing: Standing) => void {
  const registers = [registry];
  const leader = new Gauge({
    name: 'baton_leader',
    help: 'Whether this controller leads: 1, or 0.',
    registers,
  });
  const readiness = new Gauge({
    name: 'baton_readiness',
    help: 'How well a failover of a cluster would go now, from 0 to 100.',
    labelNames: ['cluster'] as const,
    registers,
  });
  const instances = new Gauge({
    name: 'baton_instances',
    help: 'Instances that are watched, by whether they answer.',
    labelNames: ['cluster', 'answering'] as const,
    registers,
  });
  const findings = new Gauge({
    name: 'baton_findings',
    help: 'What is wrong now, by its code, and what those who were asked say of the instance.',
    labelNames: ['code', 'cluster', 'verdict'] as const,
    registers,
  });
  return (standing) => {
    leader.set(standing.isLeader ? 1 : 0);
    for (const gauge of [readiness, instances, findings]) gauge.reset();
    for (const { cluster, readiness: score } of standing.clusters) readiness.set({ cluster }, score);
    for (const { cluster, answering } of standing.instances)
      instances.inc({ cluster, answering: String(answering) });
    for (const finding of standing.findings) findings.inc({ ...finding });
  };
}
