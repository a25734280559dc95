import { z } from 'zod';
import { failureOf } from './step.ts';

/** What was put back, what was not, a sentence each, and all that was not in one. */
export const PutBack = z.object({
  undone: z.array(z.string()).readonly(),
  left: z.array(z.string()).readonly(),
  /** What nothing puts back: the work of a FenceCommand. */
  lasting: z.array(z.string()).readonly().default([]),
  because: z.string(),
});

/** For `onError`: the machine's action `remember` takes down why a step came to nothing. */
export function remembered() {
  return {
    type: 'remember' as const,
    params: (args: { event: { error: unknown } }) => ({ reason: failureOf(args).because }),
  };
}

/** The same of a hook that was to be heard: the action `rememberHook`. */
export function hookFailed() {
  return { ...remembered(), type: 'rememberHook' as const };
}

/** For `cancel`: who said so, and why. */
export function cancelled() {
  return { type: 'remember' as const, params: wordOf };
}

/** The same where it is not begun again by itself: the action `cancel` takes down that a person wants it so. */
export function cancelledForGood() {
  return { type: 'cancel' as const, params: wordOf };
}

function wordOf({ event }: { event: { who: string; why: string } }): { reason: string } {
  return { reason: `cancelled by ${event.who}: ${event.why}` };
}

/** The same where putting back was itself broken off: how far it came is in the journal, and nowhere else. */
export function withUndoFailed(reason: string | null, args: { event: { error: unknown } }): string {
  const broken = `what was changed may not all be as it was, for putting it back was broken off: ${failureOf(args).because}`;
  return [reason, broken].filter((one) => one !== null).join('; ');
}

/** Whoever hears why it came to nothing must hear what it leaves behind. */
export function withWhatIsLeft(
  reason: string | null,
  { left, lasting, because }: z.infer<typeof PutBack>,
): string | null {
  return left.length + lasting.length === 0
    ? reason
    : [reason, because].filter((one) => one !== null).join('; ');
}
