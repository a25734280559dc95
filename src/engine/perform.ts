import type { z } from 'zod';
import type { Step } from '../../workflows/step.ts';
import { BatonError, messageOf } from '../kernel/errors.ts';
import type { Answer } from './record.ts';
import { Refused, type StepContext } from './step-context.ts';

/** A step's function once its own types are forgotten: its schemas stand in for them. */
export type AnyStep = (input: unknown, context: StepContext) => Promise<unknown>;

/**
 * Does one step and makes an answer of what comes back. Rejects when nothing may be told any more:
 * the run is being stopped, the right to act is lost, or the journal cannot be written.
 */
export async function performed(
  perform: AnyStep,
  asked: { shape: Step; input: unknown; context: StepContext; stopping: AbortSignal },
): Promise<Answer> {
  const { shape, input, context, stopping } = asked;
  try {
    const value = await perform(parsed(shape.input, input, 'was asked'), context);
    if (value instanceof Refused) return { kind: 'refused', code: value.code, because: value.because };
    return { kind: 'ok', value: parsed(shape.output, value, 'answered') };
  } catch (error) {
    if (stopping.aborted) throw stopping.reason;
    if (endsRun(error)) throw error;
    const code = error instanceof BatonError ? error.code : 'act-failed';
    return { kind: 'error', code, because: messageOf(error) };
  }
}

/** The right to act is lost, or the journal cannot be written: nothing may be done any more, nor told. */
export function endsRun(error: unknown): boolean {
  return error instanceof BatonError && (error.code === 'lease-lost' || error.code === 'journal-broken');
}

/** The first thing that a schema has against a value, with its place. */
export function firstIssue({ issues: [issue] }: z.ZodError): string {
  return `${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim();
}

function parsed(schema: z.ZodType, value: unknown, what: string): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new BatonError(
    'step-broke-its-word',
    `it ${what} with a value that its schema does not allow: ${firstIssue(result.error)}`,
  );
}
