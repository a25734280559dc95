import { setTimeout as pause } from 'node:timers/promises';

const lookEveryMs = 20;

/** Whether it comes true within this time; asked again and again, and what cannot be asked is not true yet. */
export async function comesTrue(
  isTrue: () => boolean | Promise<boolean>,
  withinMs: number,
): Promise<boolean> {
  for (const until = Date.now() + withinMs; Date.now() < until; await pause(lookEveryMs)) {
    if (await Promise.resolve(isTrue()).catch(() => false)) return true;
  }
  return false;
}
