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

/** Longer than a controller needs to start and to look at its servers, on a machine that has much else to do. */
const quietMs = 120_000;

/** Whether it comes true before nothing has happened for two minutes; `lastAt` is when something last did, milliseconds since 1970. */
export async function comesTrueWhileBusy(isTrue: () => boolean, lastAt: () => number): Promise<boolean> {
  const since = Date.now();
  while (!isTrue()) {
    if (Date.now() - Math.max(since, lastAt()) > quietMs) return false;
    await pause(lookEveryMs);
  }
  return true;
}
