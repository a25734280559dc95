import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { BatonError } from '../../kernel/errors.ts';
import { builtTwin } from '../../process/built.ts';
import type { MemberFact, MemberPlan } from './member.ts';

/** `turning`: the main loop turns. */
export type ToMember = 'turning' | 'leave';
export type FromMember =
  | { readonly kind: 'started' }
  | { readonly kind: 'failed'; readonly because: string }
  | { readonly kind: 'fact'; readonly fact: MemberFact };

const turningEveryMs = 250;

/** Has a thread of its own speak for the node until `stop`, and then leave in good order. Throws BatonError `heartbeat-link`. */
export async function runMember(
  plan: MemberPlan,
  tell: (fact: MemberFact) => void,
  stop: AbortSignal,
): Promise<void> {
  const worker = new Worker(builtTwin(new URL('./member-worker.ts', import.meta.url).href), {
    workerData: plan,
  });
  const say = (word: ToMember) => worker.postMessage(word);
  const turning = setInterval(() => say('turning'), turningEveryMs);
  const leave = () => say('leave');
  let failed: string | null = null;
  worker.on('message', (told: FromMember) => {
    if (told.kind === 'fact') tell(told.fact);
    if (told.kind !== 'failed') return;
    failed = told.because;
    void worker.terminate();
  });
  if (stop.aborted) leave();
  stop.addEventListener('abort', leave, { once: true });
  try {
    await once(worker, 'exit');
  } finally {
    clearInterval(turning);
    stop.removeEventListener('abort', leave);
  }
  if (failed !== null) throw new BatonError('heartbeat-link', failed);
}
