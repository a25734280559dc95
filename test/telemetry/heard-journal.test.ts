import {
  InMemorySpanExporter,
  BasicTracerProvider,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { expect, it } from 'vitest';
import { memoryJournal } from '../../src/journal/memory.ts';
import { heardJournal } from '../../src/telemetry/heard-journal.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { Tracing } from '../../src/telemetry/tracing.ts';
import { runVariables } from '../../src/hooks/run-variables.ts';

const uid = `100:${'ab'.repeat(32)}`;

/** A run of a step that ran a hook, as a journal takes it down. */
async function written(hearers: Parameters<typeof heardJournal>[1]): Promise<void> {
  const journal = heardJournal(memoryJournal(), hearers);
  const add = (entry: Parameters<typeof journal.append>[1], at: number) => journal.append(uid, entry, at, 1);
  await journal.open({
    uid,
    workflow: 'recovery',
    digest: '',
    subject: 'shop',
    exclusive: true,
    input: null,
    at: 1_000,
    token: 1,
  });
  await add(
    { kind: 'asked', step: 'runPreFailoverHooks', state: 'preparing', sentence: '', input: null },
    2_000,
  );
  await add(
    {
      kind: 'hook',
      stage: 'PreFailoverProcesses',
      index: 0,
      of: 1,
      attempt: 1,
      command: 'true',
      detached: false,
      deadline: null,
      digest: '',
    },
    2_500,
  );
  await add(
    {
      kind: 'hooked',
      run: 2,
      class: 'failure',
      outcome: { ended: 'exited', exitCode: 1, signal: null, tookMs: 700, output: '', because: 'it said no' },
    },
    3_200,
  );
  await add(
    {
      kind: 'answered',
      step: 'runPreFailoverHooks',
      to: 1,
      answer: { kind: 'refused', code: 'veto', because: 'a hook said no' },
    },
    4_000,
  );
  await add({ kind: 'ended', state: 'vetoed', sentence: '', output: null }, 5_000);
}

it('measures each step and each hook by how it ended', async () => {
  const metrics = createMetrics(() => 5_000);
  await written([metrics]);
  const text = await metrics.text();
  expect(text).toContain('baton_step_seconds_sum{name="runPreFailoverHooks",outcome="refused"} 2');
  expect(text).toContain('baton_hook_seconds_sum{name="PreFailoverProcesses",outcome="failure"} 0.7');
  expect(text).toContain('baton_runs_opened_total{workflow="recovery"} 1');
  expect(text).toContain('baton_journal_lag_seconds_count 5');
});

it('gives a recovery a span, and each step and hook one below it, in the trace that hooks are told', async () => {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  await written([new Tracing(provider.getTracer('test'))]);
  const spans = exporter.getFinishedSpans();
  const root = spans.find(({ name }) => name === 'recovery');
  expect(spans.map(({ name, status }) => [name, status.message ?? null])).toEqual([
    ['PreFailoverProcesses', 'it said no'],
    ['runPreFailoverHooks', 'a hook said no'],
    ['recovery', null],
  ]);
  expect(spans.slice(0, 2).map(({ parentSpanContext }) => parentSpanContext?.spanId)).toEqual([
    root?.spanContext().spanId,
    root?.spanContext().spanId,
  ]);
  const { TRACEPARENT = '' } = runVariables({
    stage: 'PreFailoverProcesses',
    index: 0,
    key: `${uid}/2`,
    attempt: 1,
    resumed: false,
    deadline: null,
  });
  expect(TRACEPARENT.split('-')[1]).toBe(root?.spanContext().traceId);
});
