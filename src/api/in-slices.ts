import { setImmediate as nextTurn } from 'node:timers/promises';

/** Works for so long before whatever else is due. */
const sliceMs = 4;

/** `each` of a long list, a few milliseconds at a time, so that nothing waits for the whole of it. */
export async function inSlices<Item, Result>(
  list: readonly Item[],
  each: (item: Item) => Result,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  let until = performance.now() + sliceMs;
  for (const item of list) {
    if (performance.now() > until) {
      await nextTurn();
      until = performance.now() + sliceMs;
    }
    results.push(each(item));
  }
  return results;
}
