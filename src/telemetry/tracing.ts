import { createHash } from 'node:crypto';
import {
  context,
  type Span as OpenSpan,
  SpanStatusCode,
  type Tracer,
  trace,
  TraceFlags,
} from '@opentelemetry/api';
import type { Opening } from '../engine/ports.ts';
import type { JournalRecord } from '../engine/record.ts';
import type { Hearer } from './heard-journal.ts';
import { type Span, Spans } from './spans.ts';

/** Runs that go on here have a root span each; those that another controller began are not traced. */
export class Tracing implements Hearer {
  readonly #tracer: Tracer;
  readonly #spans = new Spans();
  readonly #roots = new Map<string, OpenSpan>();

  constructor(tracer: Tracer = trace.getTracer('baton')) {
    this.#tracer = tracer;
  }

  opened({ uid, workflow, subject, at }: Opening): void {
    const parent = trace.setSpanContext(context.active(), traceOf(uid));
    const attributes = { 'baton.uid': uid, 'baton.cluster': subject };
    this.#roots.set(uid, this.#tracer.startSpan(workflow, { startTime: at, attributes }, parent));
  }

  appended(uid: string, record: JournalRecord): void {
    const root = this.#roots.get(uid);
    const span = this.#spans.take(uid, record);
    if (root === undefined) return;
    if (span !== null) this.#add(span, root);
    if (record.kind !== 'ended') return;
    root.setAttribute('baton.state', record.state);
    root.end(record.at);
    this.#roots.delete(uid);
  }

  #add({ kind, name, from, to, outcome, because }: Span, root: OpenSpan): void {
    const parent = trace.setSpan(context.active(), root);
    const attributes = { 'baton.kind': kind, 'baton.outcome': outcome };
    const child = this.#tracer.startSpan(name, { startTime: from, attributes }, parent);
    if (because !== null) child.setStatus({ code: SpanStatusCode.ERROR, message: because });
    child.end(to);
  }
}

/** The trace that everything of one recovery belongs to: the one that its hooks are given in TRACEPARENT. */
function traceOf(uid: string) {
  const common = uid.slice(uid.lastIndexOf('/') + 1);
  const spanId = hex(uid, 16);
  return { traceId: hex(common, 32), spanId, traceFlags: TraceFlags.SAMPLED, isRemote: true };
}

function hex(text: string, length: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length);
}
