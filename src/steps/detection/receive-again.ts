import { undoOf } from '../../engine/acts.ts';
import type { StepContext } from '../../engine/step-context.ts';

/** Where we were interrupted, a replica may not receive because of us. */
export async function receiveAgain({ acts, history }: StepContext): Promise<void> {
  const orders = undoOf(history(), 'undo').filter(({ verb }) => verb === 'startReceiving');
  await Promise.all(orders.map((order) => acts.perform(order)));
}
